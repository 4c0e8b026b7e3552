"""The rules that a pack must keep, beside the shape of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from .checks_of_actions import GATES
from .checks_of_borders import border_findings
from .checks_of_care import care_findings
from .checks_of_care_files import care_file_findings
from .checks_of_contacts import contact_findings
from .checks_of_inquiries import inquiry_findings
from .checks_of_measures import EVIDENCE_KINDS, measure_findings
from .checks_of_plans import NAMED_VALUES, plan_findings
from .checks_of_requests import request_findings
from .checks_of_samples import answer_findings, sample_findings
from .checks_of_shelter import shelter_findings
from .checks_of_translations import translation_problems
from .checks_of_words import word_findings
from .entries import Entries, Entry, Refers
from .handling import OTHER_REASON, VISIT_KINDS, ReasonList
from .pack import MELDCODE_SENTENCE, NAME_PROMISE, Pack
from .problems import Finding, PackProblem
from .tracing import carried_by

# What the program itself asks a pack for, by id: another region's pack must have these too.
REQUIRED: Mapping[str, frozenset[str]] = {
    "public_texts": frozenset({NAME_PROMISE, MELDCODE_SENTENCE}),
    "help_lines": frozenset({"112"}),
    "parts": frozenset({"question", "reporter_identity"}),
    # Beside those of steps, which the manifests name.
    "deadlines": frozenset(
        {
            "remind_partner",
            "pickup_expires",
            "wait_request_default",
            "wait_request_longest",
            "keep_visit",
            "keep_wait_request",
        }
    ),
    "outcomes": frozenset({"transferred"}),
    "watchwords": frozenset({"residence", "health", "telling", "before_name", "given_name", "no_name"}),
    "reasons": frozenset(
        {
            "intake_close",
            "pass_on",
            "weigh_continue",
            "weigh_hold",
            "weigh_close",
            "lookup_need",
            "route_later",
            "share_more",
            "against_wish",
            "return_referral",
            "recall_referral",
            "partner_unanswered",
            "wait_request",
            "lift_wait_request",
            "withdraw_visit",
            "track_close",
            "plan_refuse",
            "case_close",
            "reopen",
            "reporter_identity",
            "change_date",
            "may_not_share",
            "return_transfer",
        }
    ),
}

# And what it asks a pack for that has rules of a plan.
REQUIRED_OF_PLANS: Mapping[str, frozenset[str]] = {
    "plan_facts": frozenset(NAMED_VALUES),
    "plan_gates": GATES,
    "evidence_kinds": EVIDENCE_KINDS,
    "reasons": frozenset({"measure_add", "measures_none"}),
}

FileOf = Callable[[str], str]
Broken = Mapping[str, set[str]]

# A list of documents names no document as its source, and is as true later as now.
_ARE_SOURCES = "references"
# The name of the region and the number of the pack are looked at with each release.
_DESCRIPTION = "description"


def required(*, plans: bool) -> Mapping[str, frozenset[str]]:
    """Return what every pack must have: what the program asks for, and a term for each step that has one.

    Args:
        plans: whether the pack has rules of a plan.
    """
    from sluitend.kernel.manifest import steps  # who only writes schemas of a pack needs no journeys

    terms = frozenset(step.term for step in steps().values() if step.term)
    of_plans = REQUIRED_OF_PLANS if plans else {}
    asked = {**REQUIRED, "deadlines": REQUIRED["deadlines"] | terms}
    return asked | {part: asked.get(part, frozenset()) | more for part, more in of_plans.items()}


def check_pack(pack: Pack, *, broken: Broken, file_of: FileOf) -> Iterator[PackProblem]:
    """Yield every broken rule. `broken` has ids that could not be read and count as existing."""
    for finding in _findings(pack, broken):
        yield finding.problem(file_of)
    yield from translation_problems(pack, file_of=file_of)


def _findings(pack: Pack, broken: Broken) -> Iterator[Finding]:
    yield from _what_every_entry_says(pack)
    unknown = list(_unknown_references(pack, broken))
    yield from unknown
    missing = list(_missing_required(pack, broken))
    yield from missing
    for reasons in pack.reasons:
        yield from _reason_list_findings(reasons)
    yield from inquiry_findings(pack)
    yield from care_findings(pack)
    yield from care_file_findings(pack)
    yield from word_findings(pack)
    yield from contact_findings(pack)
    yield from request_findings(pack)
    yield from shelter_findings(pack)
    yield from _block_findings(pack)
    yield from _visit_findings(pack, broken)
    yield from _territory_findings(pack)
    yield from border_findings(pack)
    yield from _statement_findings(pack, broken)
    # A plan can be made, and looked at, when all that it is made of is there.
    if not broken and not any(one.part.startswith("plan_") for one in (*unknown, *missing)):
        yield from plan_findings(pack)
        yield from measure_findings(pack)
        yield from sample_findings(pack)
        yield from answer_findings(pack)


def known_ids(pack: Pack, broken: Broken) -> dict[str, set[str]]:
    """Return the ids of each kind that something may refer to."""
    known = {
        name: set(value.ids) | broken.get(name, set())
        for name in Pack.model_fields
        if isinstance(value := getattr(pack, name), Entries)
    }
    groups = {work.group for partner in pack.partners for work in partner.works}
    return known | {"partners_or_groups": known["partners"] | groups}


def _what_every_entry_says(pack: Pack) -> Iterator[Finding]:
    for name, entry in top_entries(pack):
        if name == _ARE_SOURCES:
            continue
        if not entry.source:
            yield Finding(
                name,
                entry.id,
                ("de bron ontbreekt", "the source is missing"),
                (
                    "zet in 'source' een id uit references.yaml, of 'eigen' voor eigen woorden",
                    "put in 'source' an id of references.yaml, or 'eigen' for own words",
                ),
                "source",
            )
        if "confirmed" not in entry.model_fields_set:
            yield Finding(
                name,
                entry.id,
                ("er staat niet of dit bevestigd is", "it does not say whether this is confirmed"),
                (
                    "schrijf 'confirmed: true', of 'confirmed: false' als niemand het heeft nagegaan",
                    "write 'confirmed: true', or 'confirmed: false' when nobody checked it",
                ),
                "confirmed",
            )
        if entry.review_by is None and name != _DESCRIPTION:
            yield Finding(
                name,
                entry.id,
                ("er staat niet wanneer iemand opnieuw kijkt", "it does not say when somebody looks again"),
                (
                    "schrijf bij 'review_by' een dag, bijvoorbeeld over een jaar",
                    "write a day at 'review_by', a year from now for example",
                ),
                "review_by",
            )


def top_entries(pack: Pack) -> Iterator[tuple[str, Entry]]:
    """Yield every entry of the pack with the part in which it stands."""
    for name in Pack.model_fields:
        value = getattr(pack, name)
        if isinstance(value, Entries):
            for entry in value:
                yield name, entry
        elif isinstance(value, Entry):
            yield name, value


def _unknown_references(pack: Pack, broken: Broken) -> Iterator[Finding]:
    known = known_ids(pack, broken)
    for name in Pack.model_fields:
        value = getattr(pack, name)
        entries = value if isinstance(value, Entries) else (value,)
        for entry in entries:
            entry_id = entry.id if isinstance(entry, Entry) else ""
            for key, refers, target in references_in(entry):
                if target not in known[refers.kind] and target not in refers.also:
                    yield Finding(
                        name,
                        entry_id,
                        (
                            f"'{key}' verwijst naar '{target}', maar dat bestaat niet",
                            f"'{key}' refers to '{target}', which does not exist",
                        ),
                        (
                            f"verbeter de id, of zet '{target}' bij de andere regels ({refers.kind})",
                            f"mend the id, or put '{target}' with the other entries ({refers.kind})",
                        ),
                        key,
                    )


def references_in(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, Refers, str]]:
    """Yield each reference in an entry and in its pieces: key, what it refers to, and the id."""
    for name, refers in _fields_of(type(model)):
        value = getattr(model, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from references_in(item, f"{prefix}{name}.")
            elif refers and isinstance(item, str):
                yield f"{prefix}{name}", refers, item


@cache
def _fields_of(kind: type[BaseModel]) -> tuple[tuple[str, Refers | None], ...]:
    """Return the fields of a kind of entry with what each refers to: the same for all of its entries."""
    marks = {
        name: [*field.metadata, *_marks_in(field.annotation)] for name, field in kind.model_fields.items()
    }
    return tuple(
        (name, next((mark for mark in each if isinstance(mark, Refers)), None))
        for name, each in marks.items()
    )


def _marks_in(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _marks_in(inner)


def _missing_required(pack: Pack, broken: Broken) -> Iterator[Finding]:
    for name, wanted in required(plans=bool(pack.plan_rules)).items():
        present = set(getattr(pack, name).ids) | broken.get(name, set())
        for entry_id in sorted(wanted - present):
            yield Finding(
                name,
                entry_id,
                ("deze regel is verplicht en ontbreekt", "this entry is required and missing"),
                (f"voeg een regel toe met id '{entry_id}'", f"add an entry with id '{entry_id}'"),
            )


def _reason_list_findings(reasons: ReasonList) -> Iterator[Finding]:
    last = reasons.reasons[-1]
    if last.id != OTHER_REASON or not last.asks_sentence:
        yield Finding(
            "reasons",
            reasons.id,
            (
                f"de laatste reden moet '{OTHER_REASON}' zijn en om een zin vragen",
                f"the last reason must be '{OTHER_REASON}' and ask for a sentence",
            ),
            (
                f"zet onderaan '{OTHER_REASON}' met 'asks_sentence: true'",
                f"put '{OTHER_REASON}' last, with 'asks_sentence: true'",
            ),
            "reasons",
        )
    ids = [reason.id for reason in reasons]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield Finding(
            "reasons",
            reasons.id,
            (f"'{twice}' staat er twee keer", f"'{twice}' stands there twice"),
            ("haal er een weg", "take one out"),
            "reasons",
        )


def _visit_findings(pack: Pack, broken: Broken) -> Iterator[Finding]:
    """A region may leave these rules out; who gives them says it of every kind, and of nothing else."""
    given = set(pack.visits.ids) | broken.get("visits", set())
    for kind in sorted(given - set(VISIT_KINDS)):
        yield Finding(
            "visits",
            kind,
            ("deze soort kent het programma niet", "the program does not know this kind"),
            (f"kies uit: {', '.join(VISIT_KINDS)}", f"choose from: {', '.join(VISIT_KINDS)}"),
        )
    for kind in VISIT_KINDS if given else ():
        if kind not in given:
            yield Finding(
                "visits",
                kind,
                ("van deze soort is niets gezegd", "nothing is said of this kind"),
                (f"voeg een regel toe met id '{kind}'", f"add an entry with id '{kind}'"),
            )


def _block_findings(pack: Pack) -> Iterator[Finding]:
    for block in pack.blocks:
        instead = pack.public_texts.get(block.instead)
        if block.lifted or instead is None:  # that it does not exist is said with the references
            continue
        if instead.blocked_by or not instead.confirmed:
            yield Finding(
                "blocks",
                block.id,
                (
                    f"'{block.instead}' staat in de plaats, maar is zelf niet te zien",
                    f"'{block.instead}' stands instead, but is not shown itself",
                ),
                (
                    "kies in 'instead' een bevestigde tekst zonder blokkade",
                    "choose in 'instead' a confirmed text that is not blocked",
                ),
                "instead",
            )
    for text in pack.public_texts:
        if text.blocked_by and not text.legal:
            yield Finding(
                "public_texts",
                text.id,
                (
                    "een geblokkeerde tekst gaat over recht of verblijf",
                    "a blocked text is about law or residence",
                ),
                ("schrijf 'legal: true'", "write 'legal: true'"),
                "legal",
            )


def _territory_findings(pack: Pack) -> Iterator[Finding]:
    with_place = {place.municipality for place in pack.places}
    for code in pack.municipalities.ids:
        if code not in with_place:
            yield Finding(
                "municipalities",
                code,
                ("deze gemeente heeft geen plaats", "this municipality has no place"),
                (
                    f"voeg in places.yaml een plaats toe met 'municipality: {code}'",
                    f"add a place with 'municipality: {code}' to places.yaml",
                ),
            )


def _statement_findings(pack: Pack, broken: Broken) -> Iterator[Finding]:
    for statement in pack.trace:
        for part, entry_id, entry in carried_by(statement, pack):
            if entry is None and entry_id not in broken.get(part, ()):
                yield Finding(
                    "trace",
                    statement.id,
                    (
                        f"'{part}/{entry_id}' draagt deze uitspraak, maar dat bestaat niet",
                        f"'{part}/{entry_id}' carries this statement, but it does not exist",
                    ),
                    (
                        f"verbeter de id, of voeg '{entry_id}' toe aan de lijst '{part}'",
                        f"mend the id, or add '{entry_id}' to the list '{part}'",
                    ),
                    "entries",
                )
