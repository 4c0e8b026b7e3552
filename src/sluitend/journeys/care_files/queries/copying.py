"""A copy for the person: what is kept and agreed, in their language. No worker is named, nor anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import day_of
from sluitend.journeys.care_files.copy_words import CHOICES, LANGUAGES, CopyWord, spoken
from sluitend.journeys.care_files.course import Course
from sluitend.journeys.care_files.journey import CARE_FILE_COPY
from sluitend.journeys.care_files.queries.copied import Section, sections
from sluitend.journeys.care_files.queries.reading import Opened, opened
from sluitend.journeys.care_files.words import Safe
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.downloads import FileContent
from sluitend.kernel.sheet import CopySheet, as_pdf, shows

OURS = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
FILE_NAME = "afschrift.pdf"


@dataclass(frozen=True)
class CopyLine:
    """A copy that the person was given."""

    on: date | None
    language: str
    printed: bool


@dataclass(frozen=True)
class CopiesPage:
    """The page on which a copy is made."""

    code: str
    languages: tuple[tuple[str, str], ...]
    language: str
    """The one that the file says, where a copy exists in it."""
    given: tuple[CopyLine, ...]


@dataclass(frozen=True)
class CopyPage:
    """A copy. What stands in `sections` is in `language`, but for what says that it is in another."""

    code: str
    id: str
    language: str
    direction: str
    heading: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    may_print: bool
    why_not: str


def copies_page(code: str, actor: Actor) -> CopiesPage:
    """Return the page on which a copy is made.

    Raises:
        Absent: there is no such file here.
    """
    found, pack = opened(code, actor, purpose="copy"), current_release().pack
    names = dict(_languages(pack))
    spoken = found.person.language.casefold().strip()
    own = (
        each.id for each in pack.languages if spoken in (each.label.nl.casefold(), each.own_name.casefold())
    )
    return CopiesPage(
        code=code,
        languages=tuple(names.items()),
        language=next((each for each in own if each in names), ""),
        given=tuple(copy_lines(found.course, names)),
    )


def copy_lines(course: Course, names: dict[str, str]) -> Iterator[CopyLine]:
    """Yield the copies that the person was given, the last first."""
    for each in reversed(course.copies):
        yield CopyLine(day_of(each.on), names.get(each.language, each.language), bool(each.printed))


def copy_page(code: str, copy: str, actor: Actor) -> CopyPage:
    """Return a copy of today, to be read on the screen.

    Raises:
        Absent: there is none. Tomorrow it is made anew, and asked anew whether paper is safe.
    """
    found, pack = opened(code, actor, CARE_FILE_COPY, purpose="screen"), current_release().pack
    return _page(found, copy, pack, actor)


def printed_copy(code: str, copy: str, actor: Actor) -> FileContent:
    """Return a copy of today as a PDF, under a name that says nothing.

    Raises:
        Absent: there is none, or nobody said that paper is safe.
    """
    found, pack = opened(code, actor, CARE_FILE_COPY, purpose="paper"), current_release().pack
    page = _page(found, copy, pack, actor)
    if not page.may_print:
        raise Absent
    sheet = CopySheet(
        language=page.language,
        heading=page.heading,
        notices=page.notices,
        sections=tuple(each.for_paper() for each in page.sections),
        made=timezone.now(),
    )
    return FileContent(FILE_NAME, "application/pdf", as_pdf(sheet))


def _page(found: Opened, copy: str, pack: Pack, actor: Actor) -> CopyPage:
    today = timezone.localdate()
    kept = (each for each in found.course.copies if each.id == copy and day_of(each.on) == today)
    given = next(kept, None)
    if given is None:
        raise Absent
    language = given.language
    safe, has_shape = given.safe == Safe.YES, prints(language)
    why_not = "" if safe else _("Alleen op het scherm: papier is niet veilig, of dat is niet zeker.")
    if safe and not has_shape:
        why_not = _("Alleen op het scherm: deze taal kan nog niet op papier.")
    with translation.override(language):
        notices = [
            CopyWord.ON.label % {"day": spoken(today)},
            CopyWord.MAY.label,
            CopyWord.TYPED.label,
            *([] if language in OURS else [CopyWord.UNREAD.label]),
        ]
        return CopyPage(
            code=found.row.code,
            id=copy,
            language=language,
            direction=_direction(language, pack),
            heading=str(CopyWord.TITLE.label),
            notices=tuple(map(str, notices)),
            sections=tuple(sections(found, pack, language, actor)),
            may_print=safe and has_shape,
            why_not=why_not,
        )


@lru_cache(maxsize=len(LANGUAGES))
def prints(language: str) -> bool:
    """Tell whether every sign that a copy can say in a language has a shape on paper."""
    with translation.override(language):
        return all(shows(str(each.label)) for choices in CHOICES for each in choices)


def _languages(pack: Pack) -> Iterator[tuple[str, str]]:
    yield SOURCE_LANGUAGE, _("Nederlands")
    yield FALLBACK_LANGUAGE, _("Engels")
    for each in pack.languages:
        if each.id in LANGUAGES and each.id not in OURS:
            yield each.id, f"{shown(each.label)} ({each.own_name})"


def _direction(language: str, pack: Pack) -> str:
    found = pack.languages.get(language)
    return str(found.direction) if found else "ltr"
