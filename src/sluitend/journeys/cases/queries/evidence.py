"""What carries a measure: the pieces of evidence that the handbook names, and what a case holds for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sluitend.journeys.cases.models import Case, LookUp, Observation, SentReferral, TimelineEvent
from sluitend.journeys.cases.queries.kept import Given, Piece
from sluitend.journeys.cases.queries.reading import day_in
from sluitend.journeys.cases.queries.rows import rows_of, tokens_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.approach import EvidenceKind, Ruling, Teaches
from sluitend.kernel.handbook.checks_of_measures import ANSWER, LOOK_UP, OBSERVATION, VISIT
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.manifest import finders
from sluitend.kernel.sealing.envelopes import OpenEnvelope

LONGEST = 90


@dataclass(frozen=True)
class Holding:
    """Something in a case that can carry a decision: its key, its kind, its words and its day."""

    key: str
    kind: str
    words: str
    day: date | None


@dataclass(frozen=True)
class PieceView:
    """A piece of evidence that the handbook names, or named, and where it comes from."""

    key: str
    """Its Dutch words, under which it is kept."""
    words: str
    piece: Piece | None = None
    kind: EvidenceKind | None = None
    source: str = ""
    ground: str = ""
    gone: bool = False
    """Whether what it rests on was corrected or is no longer in the case."""
    named: bool = True
    """Whether the handbook names it still."""

    @property
    def there(self) -> bool:
        """Whether there is something that shows it."""
        return bool(self.source) and not self.gone

    @property
    def carries(self) -> bool:
        """Whether it is there and may be used in a decision."""
        return self.there and bool(self.ground)

    @property
    def day(self) -> date | None:
        """The day of its source."""
        return date.fromisoformat(self.piece["on"]) if self.piece and self.piece["on"] else None


def kind_of(source: str) -> str:
    """Return the kind of evidence that a source is."""
    return source.partition(":")[0]


def holdings_of(case: Case, envelope: OpenEnvelope, actor: Actor) -> list[Holding]:
    """Return what a case holds that can carry a decision: facts, registers, answers, visits."""
    return [
        *_observations(case, envelope),
        *_look_ups(case),
        *_answers(case, envelope),
        *_visits(case, actor),
    ]


def _visits(case: Case, actor: Actor) -> list[Holding]:
    """Return what was seen at the places of the case, as whoever went there wrote it down."""
    tokens = tokens_of(case.id, actor)
    return [
        Holding(f"{VISIT}:{each.id}", VISIT, _short(f"{each.kind} {each.code}: {each.words}"), each.day)
        for find in finders()
        for each in find(case.id, tokens, actor)
    ]


def _observations(case: Case, envelope: OpenEnvelope) -> list[Holding]:
    rows = [row for row in rows_of(case, Observation, "at") if row.kind == Observation.Kind.FACT]
    corrected = {row.corrects_id for row in rows}
    found = []
    for row in rows:
        if row.id not in corrected:
            content = envelope.read(row, "content")
            day = day_in(content["when"]) or timezone.localdate(row.at)
            found.append(Holding(f"{OBSERVATION}:{row.id}", OBSERVATION, _short(content["text"]), day))
    return found


def _look_ups(case: Case) -> list[Holding]:
    sources = case.pack.sources
    return [
        Holding(f"{LOOK_UP}:{row.id}", LOOK_UP, shown(known.label), timezone.localdate(row.at))
        for row in rows_of(case, LookUp, "at")
        if row.result == LookUp.Result.HIT and (known := sources.get(row.source))
    ]


def _answers(case: Case, envelope: OpenEnvelope) -> list[Holding]:
    """Return of each referral the last line that came back about it."""
    sent = rows_of(case, SentReferral, "at")
    if not sent:
        return []
    events = [row for row in rows_of(case, TimelineEvent, "at") if row.what == TimelineEvent.What.REFERRAL]
    lines = [((envelope.read(row, "content") or {}).get("text", ""), row.at) for row in events]
    found = []
    for each in sent:
        mine = [line for line in lines if each.referral_code in line[0]]
        if len(mine) > 1:  # the first says that it went
            words, at = mine[-1]
            found.append(
                Holding(f"{ANSWER}:{each.referral_id}", ANSWER, _short(words), timezone.localdate(at))
            )
    return found


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def pieces_of(
    action: Action | None, given: Given | None, pack: Pack, holdings: Sequence[Holding] | None = None
) -> list[PieceView]:
    """Return the pieces of evidence of a measure: those that the handbook names, then what it named before.

    Args:
        holdings: what the case holds now; what a piece rests on is not looked for when left out.
    """
    kept: Mapping[str, Piece] = given["evidence"] if given else {}
    present = None if holdings is None else {each.key for each in holdings}
    named = {text.nl: shown(text) for text in action.evidence} if action else {}
    return [
        *(_piece(key, words, kept.get(key), pack, present, named=True) for key, words in named.items()),
        *(
            _piece(key, key, piece, pack, present, named=False)
            for key, piece in kept.items()
            if key not in named and piece["source"]
        ),
    ]


def _piece(
    key: str, words: str, piece: Piece | None, pack: Pack, present: set[str] | None, *, named: bool
) -> PieceView:
    if piece is None or not piece["source"]:
        return PieceView(key, words, named=named)
    kind = pack.evidence_kinds.get(kind_of(piece["source"]))
    ground = kind.ground(piece["ground"]) if kind else None
    chosen = ":" in piece["source"]
    return PieceView(
        key,
        words,
        piece,
        kind,
        source=piece["words"],
        ground=shown(ground.label) if ground else "",
        gone=chosen and present is not None and piece["source"] not in present,
        named=named,
    )


def is_thin(pieces: Sequence[PieceView]) -> bool:
    """Return whether something that the handbook names is not there, or may not be used in a decision."""
    return any(each.named and not each.carries for each in pieces)


@dataclass(frozen=True)
class RulingView:
    """What a court said, with the documents in which it was read."""

    ruling: Ruling
    sources: tuple[str, ...]


def rulings_of(action: Action | None, pack: Pack, teaches: Teaches) -> list[RulingView]:
    """Return what courts said that warns here: first what did not stand."""
    instrument, known = action.instrument if action else None, pack.references
    found = [each for each in pack.rulings if each.teaches is teaches and each.is_about(instrument)]
    return [
        RulingView(each, tuple(known[source].title for source in each.source if source in known))
        for each in sorted(found, key=lambda each: each.stood)
    ]
