"""Who looked in a care file, as functions: for the person, who is told no name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sluitend.journeys.care_files.copy_words import CopyWord
from sluitend.journeys.care_files.journey import CARE_FILE_COPY, CARE_FILE_EXPORT, CARE_FILE_READ
from sluitend.journeys.care_files.models import CareFile
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.ledger.queries import Look, looks

DID = {CARE_FILE_READ: CopyWord.READ, CARE_FILE_EXPORT: CopyWord.FILED, CARE_FILE_COPY: CopyWord.COPIED}


@dataclass(frozen=True)
class Looked:
    """People with one function: how many, and what they did how often, until when."""

    function: CopyWord
    people: int
    did: tuple[tuple[CopyWord, int, datetime], ...]


def who_looked(row: CareFile, actor: Actor) -> Iterator[Looked]:
    """Yield who looked in a file, by function. Whoever asks this may make a copy of it."""
    by_function = defaultdict[CopyWord, list[Look]](list)
    for each in looks((CareFile.KIND, row.id), actor, actions=DID, since=row.opened):
        by_function[CopyWord.STAND_IN if each.stands_in else CopyWord.WORKER].append(each)
    for function, found in by_function.items():
        yield Looked(
            function,
            len({each.account_id for each in found}),
            tuple(_did(word, action, found) for action, word in DID.items() if _of(action, found)),
        )


def _did(word: CopyWord, action: str, found: list[Look]) -> tuple[CopyWord, int, datetime]:
    own = _of(action, found)
    return word, sum(each.times for each in own), max(each.last for each in own)


def _of(action: str, found: list[Look]) -> list[Look]:
    return [each for each in found if each.action == action]
