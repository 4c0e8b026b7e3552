"""A copy for the person: noted in the file when it is made, and again when it is printed.

It can be made of a closed file too, for as long as that is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

from django.utils import timezone

from sluitend.journeys.care_files.actions.working import OnFile
from sluitend.journeys.care_files.copy_words import LANGUAGES
from sluitend.journeys.care_files.course import Given
from sluitend.journeys.care_files.journey import CARE_FILE_COPY
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.words import Safe
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.verbs import doing

SCREEN, PAPER = "screen", "paper"
"""For what a copy is made, as the ledger says it."""


def give_copy(*, code: str, actor: Actor, language: str, safe: str) -> str:
    """Note that the person is given a copy, and return its id. It can be read on this day alone.

    Args:
        safe: whether paper is safe for the person; asked anew for each copy.

    Raises:
        Absent: there is no such file here.
        Conflict: no copy can be made in this language.
    """
    if language not in LANGUAGES or safe not in Safe.values:
        raise Conflict
    given = Given(uuid4().hex, timezone.localdate().isoformat(), language, safe)
    with _on_any(code, actor, SCREEN) as it:
        it.course = replace(it.course, copies=(*it.course.copies, given))
    return given.id


def print_copy(*, code: str, actor: Actor, copy: str) -> None:
    """Note that a copy goes along on paper.

    Raises:
        Absent: there is no such copy of today, or nobody said that paper is safe.
    """
    today = timezone.localdate().isoformat()
    with _on_any(code, actor, PAPER) as it:
        course = it.course
        found = next((each for each in course.copies if each.id == copy and each.on == today), None)
        if found is None or found.safe != Safe.YES:
            raise Absent
        copies = (replace(each, printed=today) if each is found else each for each in course.copies)
        it.course = replace(course, copies=tuple(copies))


@contextmanager
def _on_any(code: str, actor: Actor, purpose: str) -> Iterator[OnFile]:
    """Do something with a file that may be closed: nobody works on it, and it gets no step."""
    with doing(OnFile(find(CareFile, code, actor, CARE_FILE_COPY), actor, CARE_FILE_COPY, purpose)) as it:
        yield it
