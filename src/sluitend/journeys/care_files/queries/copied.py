"""What stands on a copy for the person, a section each. Made while the language of the person is set."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone, translation

from sluitend.journeys.care_files.content import HELP, THREE, Agreed, Rule, Share, day_of
from sluitend.journeys.care_files.copy_words import CopyWord, Means, SaysTo, spoken
from sluitend.journeys.care_files.course import Age, Meeting
from sluitend.journeys.care_files.models import Appointment
from sluitend.journeys.care_files.queries.looking import who_looked
from sluitend.journeys.care_files.queries.reading import Opened
from sluitend.journeys.care_files.queries.whole import in_words
from sluitend.journeys.care_files.whole import Written
from sluitend.journeys.care_files.words import (
    AgeGroup,
    Channel,
    Days,
    Interpreter,
    May,
    PlaceKind,
    Said,
    Standing,
    Told,
    With,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.care import CareConsent
from sluitend.kernel.handbook.care_file import Ask, FileField, FileSection
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Text
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sheet import CopiedLine, CopiedSection, CopiedWords

GAP = "…………"
AS_TYPED = (Ask.LINE, Ask.TEXT, Ask.OWN_WORDS)
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    """A sentence, and in which language it is where that is not the one of the copy: "" is as typed."""

    text: str
    language: str | None = None
    direction: str = "auto"


@dataclass(frozen=True)
class Line:
    """Something that is kept, with all that is said of it."""

    label: Words
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Section:
    """A heading with its lines, or with why there are none."""

    heading: Words
    lines: tuple[Line, ...]
    note: str = ""

    def for_paper(self) -> CopiedSection:
        """Return it as it is printed."""
        lines = (CopiedLine(_printed(each.label), tuple(map(_printed, each.words))) for each in self.lines)
        return CopiedSection(_printed(self.heading), self.note, tuple(lines))


def sections(found: Opened, pack: Pack, language: str, actor: Actor) -> Iterator[Section]:
    """Yield what stands on a copy, in the language that is set now."""
    yield _person(found)
    yield _contact(found)
    yield _answers(found, pack, language)
    yield _shares(found)
    yield _meetings(found)
    yield from _whole(found, pack, language)
    yield from _papers(found)
    yield Section(_said(CopyWord.KEPT), (), _kept(found, pack))
    yield _looked(found, actor)


def _person(found: Opened) -> Section:
    person = found.person
    age = str(AgeGroup(person.age_group).label) if person.age_group else ""
    rows = (
        (CopyWord.CALL_NAME, _typed(person.call_name)),
        (CopyWord.AGE, Words(age)),
        (CopyWord.LANGUAGE, _typed(person.language)),
        (CopyWord.AREA, _typed(person.subregion)),
        (CopyWord.GUARDIAN, _typed(person.guardian)),
        (CopyWord.NUMBER, _typed(person.own_number)),
    )
    more = {CopyWord.AGE: tuple(_age(found.course.age))}
    lines = (Line(_said(label), (words, *more.get(label, ()))) for label, words in rows if words.text)
    return Section(_said(CopyWord.PERSON), tuple(lines))


def _age(age: Age | None) -> Iterator[Words]:
    """Yield when somebody was born, or between which ages they are as was guessed: in figures."""
    if age and age.born:
        yield Words(_day(age.born))
    elif age:
        yield Words(f"{age.low}–{age.high}", "", "ltr")


def _contact(found: Opened) -> Section:
    contact, today = found.contact, timezone.localdate()
    stop = day_of(contact.stop_until)
    lines = [_rule(each) for each in contact.running]
    if stop and stop > today:
        lines.insert(0, Line(_said(CopyWord.STOP, day=_day(contact.stop_until)), ()))
    return Section(_said(CopyWord.CONTACT), tuple(lines), "" if lines else _say(CopyWord.NO_RULE))


def _rule(rule: Rule) -> Line:
    said = [_typed(each) for each in (rule.value, rule.through_whom) if each]
    if rule.days and rule.days != Days.ANY:
        said.append(Words(str(Days(rule.days).label)))
    if rule.start or rule.end:
        said.append(Words(f"{rule.start or '00:00'}–{rule.end or '24:00'}", "", "ltr"))
    if rule.channel == Channel.CALL and rule.effect != May.NEVER:
        said.append(_said(CopyWord.VOICEMAIL if rule.voicemail == "yes" else CopyWord.NO_VOICEMAIL))
    if rule.say_what:
        said.append(Words(str(SaysTo(rule.say_what).label)))
    if rule.check_on:
        said.append(_said(CopyWord.CHECK, day=_day(rule.check_on)))
    return Line(Words(f"{May(rule.effect).label}: {Channel(rule.channel).label}"), tuple(said))


def _answers(found: Opened, pack: Pack, language: str) -> Section:
    asked = {each.id: each for each in pack.care_consents}
    lines = tuple(
        Line(_of_pack(asked[kind].label, language), tuple(_answer(found, kind, pack, language)))
        for kind in (HELP, *THREE)
        if kind in asked
    )
    return Section(_said(CopyWord.ANSWERS), lines)


def _answer(found: Opened, kind: str, pack: Pack, language: str) -> Iterator[Words]:
    """Yield what was answered to one text, the last answer first, and then the text itself."""
    given = [each for each in found.consents.answers if each.kind == kind]
    if not given:
        yield Words(str(Means.NOT_DISCUSSED.label))
        return
    for each in reversed(given):
        yield from _stands(each, each.standing)
    text = _text(given[-1], (pack, found.row.pack))
    if text is None:
        return
    own = text.readable_in(language)
    if not own:
        yield _said(CopyWord.IN_DUTCH)
    chosen = language if own else SOURCE_LANGUAGE
    for part in (text.title, text.text):
        for paragraph in part.in_language(chosen).strip().split("\n"):
            yield Words(_filled(paragraph), chosen, _direction_of(paragraph))


def _stands(answer: Agreed | Share, standing: Standing) -> Iterator[Words]:
    # What a parent or guardian said is over, for who is 18 and reads this.
    means = Standing.ENDED if standing is Standing.AS_CHILD else standing
    yield Words(str(Means(means).label))
    if answer.on:
        yield _said(CopyWord.ANSWERED_ON, day=_day(answer.on))
    if answer.withdrawn:
        yield _said(CopyWord.BACK_ON, day=_day(answer.withdrawn))


def _text(answer: Agreed, packs: tuple[Pack, Pack]) -> CareConsent | None:
    """Return the text that was answered, in its version, where that is known and not held back."""
    texts = (each.care_consents.get(answer.kind) for each in packs)
    found = next((each for each in texts if each and str(each.version) == answer.version), None)
    return found if found and packs[0].held_back(found) is None else None


def _shares(found: Opened) -> Section:
    shares, today = found.consents.shares, timezone.localdate()
    lines = tuple(
        Line(_typed(each.recipient), tuple(_share(each, each.standing(today))))
        for each in reversed(shares)
        if _is_told(each, today)
    )
    # Where something is left out it is not said that there is nothing.
    return Section(_said(CopyWord.SHARES), lines, "" if shares else _say(CopyWord.NO_SHARES))


def _is_told(share: Share, today: date) -> bool:
    """Whether the person may read of it: what went without a yes only once they were told."""
    return not share.ground or (share.told == Told.TOLD and share.standing(today) is not Standing.WAITS)


def _share(share: Share, standing: Standing) -> Iterator[Words]:
    if standing is not Standing.AGAINST:  # nobody answered it
        yield from _stands(share, standing)
    for word, typed in (
        (CopyWord.WHAT, share.parts),
        (CopyWord.WHY, share.purpose),
        (CopyWord.NOT_TO, share.not_to),
    ):
        if typed:
            yield _said(word, what=typed)
    if share.until and share.answer == Said.YES:
        yield _said(CopyWord.UNTIL, day=_day(share.until))


def _meetings(found: Opened) -> Section:
    """Say what comes: when and with what kind of other. No place as it was typed, and no worker."""
    rows = Appointment.objects.filter(
        file_id=found.row.id, state=Appointment.State.PLANNED, at__gte=timezone.now()
    )
    lines = tuple(_meeting(each, found) for each in rows.order_by("at", "id"))
    return Section(_said(CopyWord.MEETINGS), lines, "" if lines else _say(CopyWord.NO_MEETINGS))


def _meeting(row: Appointment, found: Opened) -> Line:
    meeting, at = Meeting.from_json(found.envelope.read(row, "content")), timezone.localtime(row.at)
    said = [
        str(With(meeting.kind).label) if meeting.kind else "",
        str(PlaceKind(meeting.place_kind).label) if meeting.place_kind else "",
        _say(CopyWord.INTERPRETER) if meeting.interpreter not in ("", Interpreter.NONE) else "",
    ]
    when = f"{spoken(at)}, {at:%H:%M}"
    return Line(Words(when), tuple(Words(each) for each in said if each))


def _whole(found: Opened, pack: Pack, language: str) -> Iterator[Section]:
    """Yield the sections of the whole file of which the handbook says that the person takes them along."""
    for section in pack.file_sections:
        rows = found.whole.of(section.id) if section.told else ()
        if rows:
            yield Section(
                _of_pack(section.label, language), tuple(_row(each, section, pack, language) for each in rows)
            )


def _row(row: Written, section: FileSection, pack: Pack, language: str) -> Line:
    said = [_field(row, each, pack, language) for each in section.told if row.values.get(each.id)]
    return Line(said[0] if said else Words(_day(row.on)), tuple(said[1:]))


def _field(row: Written, field: FileField, pack: Pack, language: str) -> Words:
    """Return an answer: as it was typed, or in words of the handbook in the language that these have."""
    if field.kind in AS_TYPED:
        return _typed(row.text(field.id))
    label = _of_pack(field.label, language)
    with translation.override(label.language or language):
        return replace(label, text=f"{label.text}: {in_words(row.values[field.id], field, pack)}")


def _papers(found: Opened) -> Iterator[Section]:
    """Yield which papers there are, newest first: what stands on them is on the papers alone."""
    lines = tuple(
        Line(_typed(each.title), (_said(CopyWord.CAME, day=_day(each.on)),))
        for each in reversed(found.whole.documents)
    )
    if lines:
        yield Section(_said(CopyWord.PAPERS), lines)


def _kept(found: Opened, pack: Pack) -> str:
    row, form = found.row, pack.request
    if row.retention_until:
        return _say(CopyWord.KEPT_UNTIL, day=spoken(row.retention_until))
    # The checks of a handbook ask for both.
    term = pack.retention[(form.keeps_whole_file if found.whole.rows else form.keeps_file) or ""]
    word, number = (CopyWord.KEPT_MONTHS, term.months) if term.months else (CopyWord.KEPT_DAYS, term.days)
    return _say(word, number=str(number))


def _looked(found: Opened, actor: Actor) -> Section:
    lines = tuple(
        Line(
            _said(each.function),
            (
                _said(CopyWord.PEOPLE, number=str(each.people)),
                *(
                    _said(word, number=str(times), day=spoken(timezone.localtime(last)))
                    for word, times, last in each.did
                ),
            ),
        )
        for each in who_looked(found.row, actor)
    )
    return Section(_said(CopyWord.LOOKED), lines, _say(CopyWord.NO_NAMES))


def _say(word: CopyWord, **slots: str) -> str:
    # Words wait until they are read: now is when the language of the person is set.
    return str(word.label) % slots if slots else str(word.label)


def _said(word: CopyWord, **slots: str) -> Words:
    return Words(_say(word, **slots))


def _typed(text: str) -> Words:
    return Words(text, "", _direction_of(text))


def _of_pack(text: Text, language: str) -> Words:
    """Return a text of the handbook, and in which language it became."""
    known = next(each for each in (language, FALLBACK_LANGUAGE, SOURCE_LANGUAGE) if text.has(each))
    return Words(
        text.in_language(known), None if known == language else known, _direction_of(text.root[known])
    )


def _filled(words: str) -> str:
    """Return a text with room where somebody wrote, and without the name of the organisation: it may tell."""
    ours = _say(CopyWord.OURS)
    return _SLOT.sub(lambda slot: ours if slot[1] == "organisatie" else GAP, words)


def _direction_of(text: str) -> str:
    """Return how a text is written: its first sign that has a direction says so."""
    strong = (kind for each in text if (kind := unicodedata.bidirectional(each)) in ("L", "R", "AL"))
    return "rtl" if next(strong, "L") != "L" else "ltr"


def _printed(words: Words) -> CopiedWords:
    return CopiedWords(words.text, words.language or "", words.direction)


def _day(text: str) -> str:
    day = day_of(text)
    return spoken(day) if day else ""
