"""A case that another municipality handed over, as it is written here: what was told, and its plan.

What the handbook here does not know is not lost: it stands in words on the timeline.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.beginning import Begun, begin
from sluitend.journeys.cases.actions.notes import write_observation, write_subject
from sluitend.journeys.cases.actions.reaching import keep_reach
from sluitend.journeys.cases.actions.tracks import ensure_track
from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.journey import CASE_WORK, TRANSFER_DECIDE, WORK_TRACK
from sluitend.journeys.cases.models import (
    Minor,
    Observation,
    ResidentsQuestion,
    Subject,
    TimelineEvent,
    TrackKind,
)
from sluitend.journeys.cases.queries.along import KINDS, PLAN, PLAN_REASONS
from sluitend.journeys.cases.queries.casefile import residents_words
from sluitend.journeys.cases.queries.kept import Before
from sluitend.journeys.cases.queries.kept_plan import DATED, DONE, Kept, as_kept_plan
from sluitend.journeys.cases.queries.plan_facts import WISH, choices_of
from sluitend.journeys.cases.queries.planning import LATER, REFUSALS
from sluitend.journeys.cases.reach import Reach, as_heard
from sluitend.journeys.cases.roles import PLACE_WORDS, role_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.guidance import CONTACT, Wish
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.telltale import FREE_PARTS

KVK = re.compile(r"\b[0-9]{8}\b", re.ASCII)
FOUND_BY = {
    Subject.Kind.PLACE: "address",
    Subject.Kind.COMPANY: "company",
    Subject.Kind.VEHICLE: "plate",
    Subject.Kind.PHONE: "phone",
    Subject.Kind.ACCOUNT: "account",
}
"""By what a subject is found again where only its line came along."""
SUBJECTS = {part: kind for kind, part in KINDS.items()}

type Line = tuple[str, ...]
"""A part of the handbook, and a line of it: where somebody or something stands."""


@dataclass(frozen=True)
class TakenPart:
    """A part as the sender had it, with what the program of the sender knew of it."""

    id: str
    title: str
    text: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenOver:
    """What a municipality takes over: the words of the parts, as the sender had them."""

    sender: str
    transfer_code: str
    explanation: str
    parts: tuple[TakenPart, ...]
    acute: bool
    minor: str
    forms: tuple[str, ...]
    tracks: tuple[str, ...]


@in_dutch()
def take_over(*, actor: Actor, taken: TakenOver) -> tuple[UUID, str]:
    """Make a case of what another municipality handed over, with weighing as its first step.

    Returns:
        Id and code of the case.
    """
    require_role(actor, TRANSFER_DECIDE)
    begun = Begun(
        acute=taken.acute,
        minor=taken.minor if taken.minor in Minor.values else Minor.UNKNOWN,
        forms=[each for each in taken.forms if each in current_release().pack.forms],
    )
    with begin(begun, actor, CASE_WORK, purpose="take_over") as it:
        origin = _("%(sender)s droeg deze zaak over (%(code)s).") % {
            "sender": taken.sender,
            "code": taken.transfer_code,
        }
        told = " ".join(filter(None, [origin, taken.explanation]))
        _write_parts(it, taken, told)
        it.event(TimelineEvent.What.TRANSFER, told, _in_words(list(_write_plan(it, taken.parts))))
        for kind in taken.tracks:
            if kind in TrackKind.values:
                ensure_track(it, kind, WORK_TRACK)
    return it.row.id, it.row.code


def _write_parts(it: OnCase, taken: TakenOver, told: str) -> None:
    source = _("overgedragen door %(sender)s") % {"sender": taken.sender}
    write_observation(it, NewObservation(Observation.Kind.FACT, told, source=source))
    written = dict[Line, UUID]()
    for part in (each for each in taken.parts if each.id in SUBJECTS):
        written |= _write_subjects(it, part, source)
    for part in taken.parts:
        if part.id == WISH and part.more.get("wish") in set(Wish):
            it.seal("wish", {name: part.more[name] for name in _WISH})
            it.event(TimelineEvent.What.WISH, part.text, track=TrackKind.PERSON)
        elif part.id not in (*SUBJECTS, PLAN, PLAN_REASONS, CONTACT):
            write_observation(it, _observed(part, source, written))
    people = {line: of for (part, line), of in written.items() if part == KINDS[Subject.Kind.PERSON]}
    for part in (each for each in taken.parts if each.id == CONTACT):
        for name, reach in as_heard(part.text):
            of = list(people)[part.more["of"]] if not name and "of" in part.more else name
            _write_reach(it, of, reach, people, source)


def _write_reach(it: OnCase, name: str, reach: Reach, people: dict[str, UUID], source: str) -> None:
    """Keep how somebody can be reached with the person it is about; whom nobody described comes with it."""
    only = next(iter(people.values())) if not name and len(people) == 1 else None
    person = people.get(name, only)
    if person is None:
        called = name or _("Iemand, naam niet bekend")
        write_subject(it, NewSubject(Subject.Kind.PERSON, called, remark=source, reach=reach))
    else:
        keep_reach(it, person, reach)


_WISH = ("wish", "wants", "wants_not", "asked_by", "asked_on")


def _observed(part: TakenPart, source: str, written: Mapping[Line, UUID]) -> NewObservation:
    if "told" not in part.more:
        text = f"{part.title}: {part.text}"
        return NewObservation(Observation.Kind.FACT, text, source=source, sums_up=part.id not in FREE_PARTS)
    return NewObservation(
        Observation.Kind.FACT,
        part.text,
        when=part.more["when"],
        source=source,
        indicators=tuple(part.more["indicators"]),
        about=tuple(
            dict.fromkeys(of for each in part.more.get("about", ()) if (of := written.get(tuple(each))))
        ),
        told=part.more["told"],
        sums_up=part.more["sums_up"],
    )


def _write_subjects(it: OnCase, part: TakenPart, source: str) -> dict[Line, UUID]:
    """Write who and what a part names, one a line. Returns who that is, by part and line."""
    lines = [line for line in (each.strip() for each in part.text.split("\n")) if line]
    written, kind = dict[Line, UUID](), SUBJECTS[part.id]
    for line, one in zip(lines, part.more.get("subjects") or [{}] * len(lines), strict=True):
        subject = write_subject(it, _known(kind, line, one, source) if one else _told(kind, line, source))
        written[part.id, line] = subject.id
    return written


def _known(kind: str, line: str, one: Mapping[str, Any], source: str) -> NewSubject:
    """Return a subject as the program of the sender knew it: its line also names what it is found by."""
    roles, identifiers = tuple(one["roles"]), [(each, value) for each, value in one["identifiers"]]
    name = line
    if kind != Subject.Kind.PERSON:
        for words in reversed([*(value for _kind, value in identifiers), *map(role_words, roles)]):
            name = name.removesuffix(f", {words}")
    found = tuple(identifiers) or _told(kind, line, source).identifiers
    return NewSubject(kind, name, roles, found, source, one["language"])


def _told(kind: str, line: str, source: str) -> NewSubject:
    """Return a subject of which only the line came along."""
    identifier = FOUND_BY.get(Subject.Kind(kind), "")
    roles = tuple(role for role in PLACE_WORDS if kind == Subject.Kind.PLACE and role_words(role) in line)
    identifiers = {identifier: line} if identifier else {}
    if kind == Subject.Kind.COMPANY and (number := KVK.search(line)):
        identifiers["kvk"] = number.group()
    return NewSubject(kind, line, roles, tuple(identifiers.items()), remark=source)


def _write_plan(it: OnCase, parts: tuple[TakenPart, ...]) -> Iterator[str]:
    """Keep where the plan stood; yield what the handbook here does not know, in words."""
    kept = as_kept_plan(None)
    for item in (each for part in parts if part.id == PLAN for each in part.more.get("items", ())):
        known = [_fact(it, kept, item), _action(it.row.pack, kept, item), _measure(kept, item)]
        if not any([*known, _residents(it, item)]):
            yield item["words"]
    for part in (each for each in parts if each.id == PLAN_REASONS):
        became = kept["actions"].get(part.more.get("action", ""))
        if became:
            became["sentence"] = part.text
        else:
            yield f"{part.title}: {part.text}"
    if kept["facts"] or kept["actions"] or kept["before"]:
        it.seal("plan", kept)


def _fact(it: OnCase, kept: Kept, item: Mapping[str, Any]) -> bool:
    fact = it.row.pack.plan_facts.get(item.get("fact", ""))
    allowed = {each.id for each in choices_of(fact, it.row.pack)} if fact else set()
    if not set(item.get("values", ())) <= allowed or not allowed:
        return False
    kept["facts"][item["fact"]] = {
        "values": list(item["values"]),
        "at": item["at"],
        "by": "",
        "who": item["who"],
    }
    return True


def _measure(kept: Kept, item: Mapping[str, Any]) -> bool:
    """Keep what somebody was given elsewhere as told: nobody here was given it, and nothing rests on it."""
    if measure := item.get("measure"):
        kept["before"].append({**_NOTHING_TRIED, **measure})
    return bool(measure)


_NOTHING_TRIED: Before = {"says": "", "to": "", "until": "", "result": "", "on": "", "who": ""}


def _action(pack: Pack, kept: Kept, item: Mapping[str, Any]) -> bool:
    action = pack.plan_actions.get(item.get("action", ""))
    if action is None or (action.rests_on_power and item["state"] == DONE):
        # What another municipality decided on a power of its own is open here: this one decides itself.
        return False
    listed = pack.reasons.get(LATER if item["state"] == DATED else REFUSALS)
    reason = listed.reason(item["reason"]) if listed else None
    kept["actions"][item["action"]] = {
        "state": item["state"],
        "at": item["at"],
        "by": "",
        "reason": reason.id if reason else "",
        "sentence": "" if reason and not reason.asks_sentence else item["why"],
        "code": "",
        "until": item["until"],
        "who": item["who"],
    }
    return True


def _residents(it: OnCase, item: Mapping[str, Any]) -> bool:
    residents = it.row.pack.residents
    answer = next((each for each in residents.answers if each.id == item.get("residents")), None)
    steps = {"", *(each.id for each in residents.first_steps)}
    if answer is None or item["first_step"] not in steps:
        return False
    row = ResidentsQuestion(
        answer=answer.id, lets_place_go=answer.lets_place_go, first_step=item["first_step"]
    )
    it.write(row)
    # The words that came along begin with what was asked, as the timeline does itself.
    it.event(TimelineEvent.What.RESIDENTS, residents_words(row, it.row.pack), track=TrackKind.PLACE)
    return True


def _in_words(lines: list[str]) -> str:
    if not lines:
        return ""
    return _("Dit kent onze handreiking niet, of het loopt nog bij de ander: %(lines)s") % {
        "lines": "; ".join(lines)
    }
