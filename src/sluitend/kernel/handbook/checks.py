"""The rules that a pack must keep, beside the shape of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from .entries import Entries, Entry, Refers
from .guidance import Answer, Conditions, Route, Track, Verb
from .handling import OTHER_REASON, ReasonList
from .pack import MELDCODE_SENTENCE, NAME_PROMISE, Pack
from .problems import PackProblem

# What the program itself asks a pack for, by id: another region's pack must have these too.
REQUIRED: Mapping[str, frozenset[str]] = {
    "public_texts": frozenset({NAME_PROMISE, MELDCODE_SENTENCE}),
    "help_lines": frozenset({"112"}),
    "parts": frozenset({"question", "reporter_identity"}),
    "deadlines": frozenset(
        {
            "read_report",
            "answer_advice",
            "finish_mark",
            "first_answer",
            "second_eyes",
            "weigh",
            "choose_route",
            "review_hold",
            "refer",
            "look_at_referral",
            "partner_answers",
            "remind_partner",
            "answer_partner",
            "read_answer",
            "await_reporter",
            "tell_reporter",
            "work_track",
            "accept_transfer",
            "consult_asker",
            "read_hold",
            "release_contact",
            "not_released",
            "hold_request_default",
            "hold_request_longest",
            "close_case",
        }
    ),
    "reasons": frozenset(
        {
            "intake_close",
            "pass_on",
            "weigh_continue",
            "weigh_hold",
            "weigh_close",
            "lookup_need",
            "route_differs",
            "route_later",
            "share_more",
            "against_wish",
            "return_referral",
            "recall_referral",
            "partner_unanswered",
            "hold_request",
            "lift_hold",
            "withdraw_contact",
            "track_close",
            "case_close",
            "reopen",
            "reporter_identity",
        }
    ),
}

# Origin, religion and appearance are never an indicator (domain brief part 7).
_NEVER_IN_INDICATOR = (
    "nationaliteit",
    "afkomst",
    "godsdienst",
    "geloof",
    "huidskleur",
    "etnisch",
    "land van",
)

FileOf = Callable[[str], str]
Broken = Mapping[str, set[str]]


def check_pack(pack: Pack, *, broken: Broken, file_of: FileOf) -> Iterator[PackProblem]:
    """Yield every broken rule. `broken` has ids that could not be read and count as existing."""
    for part, entry, dutch, english in _all_problems(pack, broken):
        yield PackProblem(file_of(part), entry, dutch, english)


type _Found = tuple[str, str, str, str]


def _all_problems(pack: Pack, broken: Broken) -> Iterator[_Found]:
    yield from _unknown_references(pack, broken)
    yield from _missing_required(pack, broken)
    for reasons in pack.reasons:
        yield from _reason_list_problems(reasons)
    for route in pack.routes:
        yield from _route_problems(route, pack)
    yield from _fact_text_problems(pack)
    yield from _indicator_problems(pack)
    yield from _territory_problems(pack)


def known_ids(pack: Pack, broken: Broken) -> dict[str, set[str]]:
    """Return the ids of each kind that something may refer to."""
    known = {
        name: set(value.ids) | broken.get(name, set())
        for name in Pack.model_fields
        if isinstance(value := getattr(pack, name), Entries)
    }
    groups = {work.group for partner in pack.partners for work in partner.works}
    return known | {"partners_or_groups": known["partners"] | groups}


def _unknown_references(pack: Pack, broken: Broken) -> Iterator[_Found]:
    known = known_ids(pack, broken)
    for name in Pack.model_fields:
        value = getattr(pack, name)
        entries = value if isinstance(value, Entries) else (value,)
        for entry in entries:
            entry_id = entry.id if isinstance(entry, Entry) else ""
            for key, refers, target in references_in(entry):
                if target not in known[refers.kind] and target not in refers.also:
                    yield (
                        name,
                        entry_id,
                        f"'{key}' verwijst naar '{target}', maar dat bestaat niet",
                        f"'{key}' refers to '{target}', which does not exist",
                    )


def references_in(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, Refers, str]]:
    """Yield each reference in an entry and in its pieces: key, what it refers to, and the id."""
    for name, field in type(model).model_fields.items():
        marks = [*field.metadata, *_marks_in(field.annotation)]
        refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
        value = getattr(model, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from references_in(item, f"{prefix}{name}.")
            elif refers and isinstance(item, str):
                yield f"{prefix}{name}", refers, item


def _marks_in(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _marks_in(inner)


def _missing_required(pack: Pack, broken: Broken) -> Iterator[_Found]:
    for name, wanted in REQUIRED.items():
        present = set(getattr(pack, name).ids) | broken.get(name, set())
        for entry_id in sorted(wanted - present):
            yield name, entry_id, "deze regel is verplicht en ontbreekt", "this entry is required and missing"


def _reason_list_problems(reasons: ReasonList) -> Iterator[_Found]:
    last = reasons.reasons[-1]
    if last.id != OTHER_REASON or not last.asks_sentence:
        yield (
            "reasons",
            reasons.id,
            f"de laatste reden moet '{OTHER_REASON}' zijn en om een zin vragen",
            f"the last reason must be '{OTHER_REASON}' and ask for a sentence",
        )
    ids = [reason.id for reason in reasons]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield "reasons", reasons.id, f"'{twice}' staat er twee keer", f"'{twice}' stands there twice"


def _route_problems(route: Route, pack: Pack) -> Iterator[_Found]:
    for dutch, english in (*_sharing_problems(route, pack), *_duty_problems(route, pack)):
        yield "routes", route.id, dutch, english


def _sharing_problems(route: Route, pack: Pack) -> Iterator[tuple[str, str]]:
    withheld = {one.part for one in route.may_not}
    for part_id in route.may:
        part = pack.parts.get(part_id)
        if part and part.never:
            yield f"'{part_id}' mag nooit gedeeld worden", f"'{part_id}' may never be shared"
        if part_id in withheld:
            yield f"'{part_id}' mag en mag niet", f"'{part_id}' both may and may not"
        if part and part.identifies_person and route.verb is Verb.ASK:
            yield (
                f"vragen gaat zonder gegevens van een persoon, dus zonder '{part_id}'",
                f"asking goes without data on a person, so without '{part_id}'",
            )
    if route.verb is Verb.HOLD and route.may:
        yield "bij wachten wordt niets gedeeld", "holding shares nothing"


def _duty_problems(route: Route, pack: Pack) -> Iterator[tuple[str, str]]:
    sends = route.verb is not Verb.HOLD
    if route.track is not Track.PERSON and sends and not route.asks_residents_question:
        yield (
            "een route over een plaats moet de vraag over de bewoners stellen",
            "a route about a place must ask the question about the residents",
        )
    if not sends and _reaches_minors(route.conditions):
        yield (
            "wachten mag niet bij een minderjarige en niet bij direct gevaar",
            "holding is not allowed for a minor or in acute danger",
        )
    if sends and not (route.partners or route.departments):
        yield "de route heeft geen ontvanger", "the route has no recipient"
    for basis_id in route.bases:
        basis = pack.bases.get(basis_id)
        if basis and not basis.usable_by_municipality:
            yield f"een gemeente kan '{basis_id}' niet kiezen", f"a municipality cannot choose '{basis_id}'"
    for partner_id in route.partners:
        partner = pack.partners.get(partner_id)
        if partner and partner.verb is Verb.BRING_IN and route.verb not in (Verb.BRING_IN, Verb.ASK):
            yield (
                f"'{partner_id}' is een samenwerkingsverband: inbrengen, niet doorzetten",
                f"'{partner_id}' is a partnership: bring in, do not refer",
            )


def _reaches_minors(conditions: Conditions) -> bool:
    answers = conditions.minor or tuple(Answer)
    return Answer.YES in answers or Answer.PERHAPS in answers or conditions.acute is not False


def fact_values(conditions: Conditions) -> Iterator[tuple[str, str]]:
    """Yield each fact and value that the conditions name, as in the ids of `facts.yaml`."""
    for name in Conditions.model_fields:
        wanted = getattr(conditions, name)
        if wanted is None or name == "forms":
            continue
        for value in wanted if isinstance(wanted, tuple) else (wanted,):
            yield name, str(value).lower()


def _fact_text_problems(pack: Pack) -> Iterator[_Found]:
    for route in pack.routes:
        for name, value in fact_values(route.conditions):
            if f"{name}.{value}" not in pack.facts:
                yield (
                    "facts",
                    f"{name}.{value}",
                    f"route '{route.id}' gebruikt dit feit, maar de zin ontbreekt",
                    f"route '{route.id}' uses this fact, but its sentence is missing",
                )


def _indicator_problems(pack: Pack) -> Iterator[_Found]:
    for indicator in pack.indicators:
        for word in _NEVER_IN_INDICATOR:
            if word in indicator.label.nl.casefold():
                yield (
                    "indicators",
                    indicator.id,
                    f"'{word}' is nooit een signaal",
                    f"'{word}' is never an indicator",
                )


def _territory_problems(pack: Pack) -> Iterator[_Found]:
    with_place = {place.municipality for place in pack.places}
    for code in pack.municipalities.ids:
        if code not in with_place:
            yield "municipalities", code, "deze gemeente heeft geen plaats", "this municipality has no place"
