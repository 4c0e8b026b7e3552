"""Sending neutral mail: it says from which organisation it comes, and not what it is about."""

from collections.abc import Callable, Iterable
from email.headerregistry import Address
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.core.mail import send_mail

from sluitend.kernel.organisations.mail_names import reader_name

log = structlog.get_logger("sluitend.mail")


def to_each(addresses: Iterable[str], send: Callable[[str], object]) -> None:
    """Send to each of these. A mailbox that is refused keeps nobody else from theirs.

    Args:
        addresses: of people or mailboxes.
        send: sends one mail. What it raises when no server answers goes on: the job is tried again later.
    """
    for address in addresses:
        try:
            send(address)
        except SMTPRecipientsRefused:
            log.warning("mail_refused")


def send_signed(subject: str, text: str, address: str, *, name: str | None = None) -> None:
    """Send one mail under the name of an organisation, which stands before our address and below the text.

    Args:
        subject: neutral.
        text: neutral, without a line end.
        address: of who works somewhere, or of an organisation.
        name: of the organisation; that of the reader when left out, and empty for none.
    """
    known = _line(reader_name(address) if name is None else name)
    signed = f"{text}\n\n{known}\n" if known else f"{text}\n"
    send_mail(subject, signed, _from(known) if known else None, [address])


def _from(name: str) -> str:
    """Return our own address under a name. What could end it or begin another header stands in quotes."""
    _ours, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(display_name=name, addr_spec=address))


def _line(name: str) -> str:
    """Return a name on one line, without signs that are not seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())
