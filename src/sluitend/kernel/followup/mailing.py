"""Sending the same neutral mail to several people."""

from collections.abc import Callable, Iterable
from smtplib import SMTPRecipientsRefused

import structlog

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
