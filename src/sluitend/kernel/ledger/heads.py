"""Where the chains stand, at a second party: who has this whole machine cannot compute them anew unseen.

A mail with signed checkpoints goes to an address of somebody else. `sluitend ledger verify --against`
compares with what stands in that mailbox.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from sluitend.kernel.ledger.checkpoints import Checkpoint, read_checkpoints, read_lines

SENT = "sent"
"""In the folder of checkpoints: up to which moment they were sent."""
SUBJECT = "Sluitend: stand van het logboek"
WORDS = """Bewaar deze mail. Hieronder staat hoe ver het logboek van elke organisatie is, ondertekend.
Wie nakijkt of er niets uit is gehaald, vraagt u om deze mails (sluitend ledger verify --against).
Stond hier langer dan een uur niets nieuws? Bel dan de beheerder.

"""


def sent_until() -> datetime | None:
    """Return up to which moment a second party has the checkpoints."""
    mark = Path(settings.SLUITEND_CHECKPOINTS) / SENT
    return datetime.fromisoformat(mark.read_text().strip()) if mark.exists() else None


def send_heads() -> int:
    """Send the last checkpoint of each chain of which there is one that was not sent, and return how many.

    What no mail server takes is sent with the next.
    """
    newest = _newest_since(sent_until()) if settings.SLUITEND_HEADS_TO else []
    if not newest:
        return 0
    text = WORDS + "".join(f"{each.line()}\n" for each in newest)
    EmailMessage(SUBJECT, text, None, [settings.SLUITEND_HEADS_TO]).send()
    mark = Path(settings.SLUITEND_CHECKPOINTS) / SENT
    mark.write_text(max(_moment(each) for each in newest).isoformat(), encoding="ascii")
    return len(newest)


def _newest_since(moment: datetime | None) -> list[Checkpoint]:
    # The first minutes of a month still have to send the last ones of the month before.
    points = read_checkpoints(Path(settings.SLUITEND_CHECKPOINTS), months=2)
    heads = {each.organisation_id: each for each in points if not each.begins and each.at}
    return [each for each in heads.values() if moment is None or _moment(each) > moment]


def _moment(point: Checkpoint) -> datetime:
    moment = datetime.fromisoformat(point.at)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def held_elsewhere(place: Path) -> list[Checkpoint]:
    """Return every checkpoint in a file or folder of a second party: a mailbox, mails, or lines.

    What is no checkpoint, such as the words around it, is left out.
    """
    files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
    return [point for file in files for point in _points(file)]


def _points(file: Path) -> Iterator[Checkpoint]:
    lines = (line.strip("> \t") for text in _texts(file) for line in text.splitlines())
    return read_lines(line for line in lines if line.startswith('{"organisation"'))


def _texts(file: Path) -> Iterator[str]:
    # A mailbox is mails behind a line each; what nobody sent is no mail.
    for raw in re.split(rb"(?m)^From .*\n", file.read_bytes()):
        mail = message_from_bytes(raw)
        parts = [part.get_payload(decode=True) for part in mail.walk()] if mail["From"] else [raw]
        yield from (part.decode(errors="replace") for part in parts if isinstance(part, bytes))
