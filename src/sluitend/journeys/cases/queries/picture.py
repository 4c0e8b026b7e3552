"""What hangs together in a case: who and what, and each line between them with its source and its day.

Nothing is computed of a person and nothing is merged: a line is what somebody noted, looked up or confirmed,
or a value that stands in two places. Of other cases there is what this reader may open; the rest does not
exist.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import CASE_READ
from sluitend.journeys.cases.models import Case, CaseReport, LookUp, Observation, Subject, SubjectToken
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.casefile import log_read
from sluitend.journeys.cases.queries.earlier import KIND_WORDS, Found, earlier
from sluitend.journeys.cases.queries.linked import Lane, Moment, Whole, whole
from sluitend.journeys.cases.queries.rows import find_case, open_case, rows_of
from sluitend.journeys.cases.queries.shapes import Head, SubjectView
from sluitend.journeys.cases.queries.steps import source_name
from sluitend.journeys.cases.roles import POSSIBLE_EXPLOITER, POSSIBLE_VICTIM
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.same_address import surest
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR

GAINS = frozenset({POSSIBLE_EXPLOITER, "suspect"})
THINGS: Mapping[str, str] = {
    "phone": "phone",
    "plate": "vehicle",
    "account": "account",
    ADDRESS: "place",
    DOOR: "place",
}
"""What is drawn by itself where it stands with a person or a company: by the kind of value, what it is."""

ASKED_AT_ONCE = 5
"""So many questions at once, the newest first: who answers one gets the next."""


class Column(StrEnum):
    """Where something stands in the picture; in the order in which it is read."""

    PEOPLE = "people"
    PLACE = "place"
    GAIN = "gain"
    THING = "thing"
    OTHER = "other"


@dataclass(frozen=True)
class Node:
    """Somebody or something in the picture."""

    key: str
    column: Column
    kind: str
    """Of a subject, else `case`, `report` or `source`."""
    kind_words: str
    name: str
    under: str = ""
    code: str = ""
    """Of another case or of a report."""
    subject: UUID | None = None
    """With what it stands on the page of the case."""
    tokens: frozenset[UUID] = field(default=frozenset(), repr=False)
    """By which it is found elsewhere."""


@dataclass(frozen=True)
class Bond:
    """A line between two of them: what it says, how that is known and since when."""

    start: Node
    words: str
    end: Node
    known: str
    since: date
    sure: bool
    """Seen, heard, looked up or confirmed; else somebody supposes it, or nobody confirmed it yet."""
    number: int = 0


@dataclass(frozen=True)
class CasePicture:
    """A case as a whole."""

    head: Head
    nodes: Sequence[Node]
    bonds: Sequence[Bond]
    questions: Sequence[Found]
    """What was found elsewhere, and of which nobody said yet whether it belongs here."""
    lanes: Sequence[Lane]
    moments: Sequence[Moment]

    @property
    def alone(self) -> Sequence[Node]:
        """Who or what has no line yet."""
        tied = {each.key for bond in self.bonds for each in (bond.start, bond.end)}
        return [each for each in self.nodes if each.key not in tied]

    @property
    def several(self) -> bool:
        """Whether the timeline is of more than this case."""
        return len(self.lanes) > 1


def picture(code: str, actor: Actor) -> CasePicture:
    """Return a case as a whole; opened and logged, with every person in it and every case linked with it.

    Raises:
        Absent: there is none for this organisation.
    """
    row = find_case(code, actor, CASE_READ)
    envelope = open_case(row, actor, CASE_READ)
    rows = rows_of(row, Subject, "added", "id")
    since = {each.id: timezone.localtime(each.added).date() for each in rows}
    views = [reading.subject_view(each, envelope) for each in rows]
    log_read(row, actor, views)
    found = earlier(
        actor,
        [pair for each in views for pair in each.found_by],
        about_id=row.id,
        without_reports=[each.report_id for each in rows_of(row, CaseReport, "received", "at")],
    )
    questions = [each for each in found if each.undecided][:ASKED_AT_ONCE]
    found = [each for each in found if each.verdict == "linked" or each in questions]
    made = whole(row, envelope, found, actor)
    tokens = _tokens_of(row)
    subjects = {each.id: _subject(each, tokens) for each in views}
    things, belong = _belongings(views, subjects, tokens, since)
    nodes = [*subjects.values(), *things]
    bonds = [
        *_observed(row, envelope, subjects, made.names),
        *belong,
        *_alike(views, subjects, tokens, since),
    ]
    elsewhere = [*_looked_up(row, envelope, nodes, made.names), *_elsewhere(found, made, nodes, tokens)]
    nodes += dict.fromkeys(each.end for each in elsewhere)
    nodes.sort(key=lambda each: list(Column).index(each.column))
    return CasePicture(
        head=reading.head_of(row, envelope, row.pack, ""),
        nodes=nodes,
        bonds=_numbered([*bonds, *elsewhere], nodes),
        questions=questions,
        lanes=made.lanes,
        moments=made.moments,
    )


type Tokens = Mapping[tuple[UUID, str], frozenset[UUID]]
"""By subject and kind of value."""


def _tokens_of(row: Case) -> Tokens:
    found: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for each in rows_of(row, SubjectToken):
        found[each.subject_id, each.kind].add(each.token)
    return {key: frozenset(tokens) for key, tokens in found.items()}


def _subject(view: SubjectView, tokens: Tokens) -> Node:
    kinds = {kind for kind, _value in view.found_by if not _stands_alone(view, kind)}
    return Node(
        key=str(view.id),
        column=_column(view),
        kind=view.kind,
        kind_words=_kind_words(view.kind),
        name=view.name,
        under=_under(view),
        subject=view.id,
        tokens=frozenset().union(*(tokens.get((view.id, kind), ()) for kind in kinds)),
    )


def _column(view: SubjectView) -> Column:
    if view.is_person:
        # Who may be a victim too stands with the people, whatever else is said of them.
        gains = bool(GAINS & set(view.roles)) and POSSIBLE_VICTIM not in view.roles
        return Column.GAIN if gains else Column.PEOPLE
    if view.kind == Subject.Kind.COMPANY:
        return Column.GAIN
    return Column.PLACE if view.kind == Subject.Kind.PLACE else Column.THING


def _kind_words(kind: str) -> str:
    return str(dict(Subject.Kind.choices).get(kind, kind))


def _under(view: SubjectView) -> str:
    if view.role_words:
        return ", ".join(view.role_words)
    if view.is_person:
        return _("rol nog niet bekend")
    kvk = next((value for kind, value in view.identifiers if kind == "kvk"), "")
    return f"KvK {kvk}" if kvk else _kind_words(view.kind)


def _stands_alone(view: SubjectView, kind: str) -> bool:
    """Whether a value of this kind is something beside the subject, as the telephone of a person is."""
    return kind in THINGS and view.kind in (Subject.Kind.PERSON, Subject.Kind.COMPANY)


def _belongings(
    views: Iterable[SubjectView], subjects: Mapping[UUID, Node], tokens: Tokens, since: Mapping[UUID, date]
) -> tuple[list[Node], list[Bond]]:
    """Return what stands with a person or a company and is something by itself, with the line to it.

    A telephone that is in the case already, or stands with two people, is one and the same.
    """
    made, bonds = dict[str, Node](), list[Bond]()
    for view in views:
        for kind, value in view.identifiers:
            if not _stands_alone(view, kind):
                continue
            numbers = tokens.get((view.id, DOOR), frozenset()) if kind == ADDRESS else frozenset()
            mine = tokens.get((view.id, kind), frozenset()) | numbers
            known = (each for each in [*subjects.values(), *made.values()] if each.kind == THINGS[kind])
            thing = next((each for each in known if each.tokens & mine), None)
            if thing is None:
                thing = _thing(view, kind, value, mine)
                made[thing.key] = thing
            noted = _("genoteerd bij %(name)s") % {"name": view.name}
            # Its own, or the same by its number; written alike it may be another.
            sure = kind != ADDRESS or thing.subject == view.id or bool(thing.tokens & numbers)
            noted = noted if sure else f"{noted}, {KIND_WORDS[ADDRESS]}"
            bonds.append(Bond(subjects[view.id], _("hoort bij"), thing, noted, since[view.id], sure=sure))
    return list(made.values()), bonds


def _thing(view: SubjectView, kind: str, value: str, tokens: frozenset[UUID]) -> Node:
    return Node(
        key=f"{view.id}-{kind}-{value}",
        column=Column.PLACE if THINGS[kind] == Subject.Kind.PLACE else Column.THING,
        kind=THINGS[kind],
        kind_words=_kind_words(THINGS[kind]),
        name=value,
        under=_kind_words(THINGS[kind]),
        subject=view.id,
        tokens=tokens,
    )


def _alike(
    views: Iterable[SubjectView], subjects: Mapping[UUID, Node], tokens: Tokens, since: Mapping[UUID, date]
) -> Iterator[Bond]:
    """Give the lines between subjects of one kind that have the same value, however it was written."""
    first: dict[tuple[str, UUID], Node] = {}
    drawn: set[tuple[str, str, str]] = set()
    for view in views:
        # One number goes before one way of writing: then it is no "perhaps".
        known = dict.fromkeys(kind for kind, _value in view.found_by)
        for kind in sorted(known, key=lambda each: each != DOOR):
            what = ADDRESS if kind == DOOR else kind
            for token in tokens.get((view.id, kind), ()) if kind in KIND_WORDS else ():
                here, there = subjects[view.id], first.setdefault((view.kind, token), subjects[view.id])
                if here == there or _stands_alone(view, kind) or (here.key, there.key, what) in drawn:
                    continue
                drawn.add((here.key, there.key, what))
                both = _("staat bij allebei")
                yield Bond(here, str(KIND_WORDS[kind]), there, both, since[view.id], sure=kind != ADDRESS)


def _observed(
    row: Case, envelope: OpenEnvelope, subjects: Mapping[UUID, Node], names: Mapping[UUID, str]
) -> Iterator[Bond]:
    """Give the lines of each observation that says about whom or what it is, without what was corrected."""
    seen = rows_of(row, Observation, "at", "id")
    replaced = {each.corrects_id for each in seen if each.corrects_id}
    for each in seen:
        content = envelope.read(each, "content")
        about = [subjects[one] for name in content.get("about", ()) if (one := UUID(name)) in subjects]
        if len(about) < 2 or each.id in replaced:
            continue
        day = reading.day_in(content["when"]) or timezone.localtime(each.at).date()
        words = content["text"] if len(about) == 2 else _("samen genoemd")
        sure, source = each.kind == Observation.Kind.FACT, content["source"] or _who(each.by_id, names)
        known = source if sure else _("vermoeden van %(who)s") % {"who": source}
        middle = _middle(about)
        yield from (Bond(one, words, middle, known, day, sure) for one in about if one != middle)


def _looked_up(
    row: Case, envelope: OpenEnvelope, nodes: Sequence[Node], names: Mapping[UUID, str]
) -> Iterator[Bond]:
    """Give the lines of what was asked of a source: answered with a hit, or not answered yet.

    What was not found hangs together with nothing. A question names nobody: its line is drawn to the middle.
    """
    if not nodes:
        return
    for each in rows_of(row, LookUp, "at"):
        if each.result == LookUp.Result.NO_HIT:
            continue
        words = {"who": _who(each.by_id, names), "answer": str(each.get_result_display()).lower()}
        source = Node(
            key=f"source-{each.source}",
            column=Column.OTHER,
            kind="source",
            kind_words=_("Bron"),
            name=source_name(each.source, row.pack),
            under=_("Bron"),
        )
        yield Bond(
            _middle(nodes),
            envelope.read(each, "content")["question"],
            source,
            _("opgezocht door %(who)s: %(answer)s") % words,
            timezone.localtime(each.at).date(),
            sure=each.result == LookUp.Result.HIT,
        )


def _middle(nodes: Sequence[Node]) -> Node:
    """Return to what the others are drawn: a place, else who gains, else the first."""
    order = {Column.PLACE: 0, Column.GAIN: 1}
    return min(nodes, key=lambda each: order.get(each.column, 2))


def _elsewhere(found: Iterable[Found], made: Whole, nodes: Sequence[Node], tokens: Tokens) -> Iterator[Bond]:
    """Give the lines to other cases and reports: confirmed, or found and not decided about yet."""
    if not nodes:
        return
    kind_of = {token: kind for (_subject, kind), all_of in tokens.items() for token in all_of}
    drawn = set[UUID]()
    for each in found:
        drawn.add(each.id)
        known, since = _("gevonden in eigen signalen, nog niet bevestigd"), each.day
        if each.said_at is not None:
            known, since = _confirmed(each.said_by, made), timezone.localtime(each.said_at).date()
        shared = [(node, node.tokens & each.tokens) for node in nodes]
        hits = [(node, surest(sorted({kind_of[one] for one in same}))) for node, same in shared if same]
        for node, kinds in hits or [(_middle(nodes), each.shares)]:
            words = ", ".join(str(KIND_WORDS[kind]) for kind in kinds if kind in KIND_WORDS)
            yield Bond(
                node, words or _("zelfde gegeven"), _other(each), known, since, sure=not each.undecided
            )
    for lane in made.linked:
        link = made.said.get(lane.id) if lane.id else None
        if link and lane.id not in drawn and lane.begun:
            node = Node(str(lane.id), Column.OTHER, "case", _("Casus"), lane.name, lane.code, code=lane.code)
            known, since = _confirmed(link.by_id, made), timezone.localtime(link.at).date()
            yield Bond(_middle(nodes), _("verbonden"), node, known, since, sure=True)


def _confirmed(who: UUID | None, made: Whole) -> str:
    return _("bevestigd door %(name)s") % {"name": _who(who, made.names)}


def _who(account: UUID | None, names: Mapping[UUID, str]) -> str:
    return (names.get(account) if account else None) or _("een collega")


def _other(found: Found) -> Node:
    if found.kind == "case":
        name, words = found.name, _("Casus")
    else:
        name, words = _("Melding van %(day)s") % {"day": date_format(found.day, "j F")}, _("Melding")
    return Node(str(found.id), Column.OTHER, found.kind, words, name, found.code, code=found.code)


def _numbered(bonds: Sequence[Bond], nodes: Sequence[Node]) -> list[Bond]:
    """Return the lines in the order of the picture, each with its number."""
    place = {node.key: number for number, node in enumerate(nodes)}
    ordered = sorted(bonds, key=lambda each: (place[each.start.key], place[each.end.key], each.since))
    return [replace(each, number=number) for number, each in enumerate(ordered, start=1)]
