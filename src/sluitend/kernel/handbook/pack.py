"""The pack: the handbook of one region as one typed, frozen object, with the lookups on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from .approach import (
    Barrier,
    Branch,
    Claim,
    ContactMoment,
    EvidenceKind,
    Figure,
    Heading,
    Instrument,
    Measure,
    MeasureResult,
    ReaderPage,
    Recommendation,
    Register,
    RiskGroup,
    Ruling,
    Sector,
    Stage,
    Word,
)
from .borders import Borders
from .care import (
    CareConsent,
    CareMoment,
    CareNever,
    CareOffer,
    CareQuestion,
    CareReply,
    CareSituation,
    CareTask,
    TownTask,
)
from .care_file import AreaWord, FileSection, LegalEvent, LifeArea
from .codes import ExternalCode, ExternalField
from .entries import BothLanguages, Entries, Entry, Structure, Text
from .guidance import Basis, Department, Part, Partner, Purpose, Residents, Source
from .handling import CaseNames, Deadline, Outcome, ReasonList, RetentionTerm, VisitRule, Watchword
from .helping import (
    Block,
    Card,
    CardCategory,
    InformationPoint,
    Language,
    ReadingForm,
    SelfCheckQuestion,
    StandardAnswer,
)
from .inquiries import Inquiry
from .plain import plain
from .plans import (
    Action,
    CaseFact,
    Gate,
    Line,
    Party,
    PlanAnswer,
    PlanEvent,
    PlanWarning,
    Reading,
    Rule,
    Sample,
    Share,
    Task,
    WordGroup,
)
from .recognition import (
    AdviceTheme,
    Category,
    FeedbackCode,
    Form,
    HelpLine,
    Indicator,
    Mark,
    PublicText,
    Question,
    Reference,
    ReporterRole,
    RoleGroup,
    Strength,
)
from .requesting import CareRequest
from .searchable import SearchWords
from .sheltering import NightHour, NightRung, NightState, ShelterFilter, ShelterKind, ShelterRefusal
from .territory import (
    NEAR_KM,
    Elsewhere,
    Municipality,
    Place,
    Subregion,
    distance_km,
    place_in,
    postcodes_in,
)
from .tracing import Statement
from .training import LearningGoals, TrainingQuestion, TrainingRole

# What a pack may be written in; a pack of a newer format is refused, not half understood.
PACK_FORMAT = 2

NAME_PROMISE = "r19"
MELDCODE_SENTENCE = "r20"

_STRENGTH_ORDER = (Strength.STRONG, Strength.MEDIUM, Strength.WEAK)


def _known_format(number: int) -> int:
    if number > PACK_FORMAT:
        raise ValueError(
            f"dit pakket is van een nieuwere versie (formaat {number})"
            f"|this pack is of a newer version (format {number})"
            "|werk Sluitend bij, of gebruik een ouder pakket|update Sluitend, or use an older pack"
        )
    return number


class PackDescription(Entry):
    """What `pack.yaml` says: which region, which version, which source language.

    `terms_base` is where the region publishes its terms for other programs; without it each installation
    does so under its own address.
    """

    name: BothLanguages
    version: str = Field(min_length=1, max_length=20)
    date: date
    language: str
    format: Annotated[int, AfterValidator(_known_format)] = Field(default=1, ge=1)
    notes: tuple[Text, ...] = ()
    terms_base: str | None = Field(
        default=None, pattern=r"^https?://[^\s<>\"{}|\\^`#?]+[/#]$", max_length=200
    )


class Pack(Structure):
    """The handbook of a region. Load it with `loading.load_pack`, or take it from a release."""

    description: PackDescription
    references: Entries[Reference]
    subregions: Entries[Subregion]
    forms: Entries[Form]
    categories: Entries[Category]
    roles: Entries[ReporterRole]
    indicators: Entries[Indicator]
    marks: Entries[Mark]
    questions: Entries[Question]
    advice_themes: Entries[AdviceTheme]
    feedback_codes: Entries[FeedbackCode]
    help_lines: Entries[HelpLine]
    public_texts: Entries[PublicText]
    bases: Entries[Basis]
    parts: Entries[Part]
    purposes: Entries[Purpose]
    partners: Entries[Partner]
    departments: Entries[Department]
    sources: Entries[Source]
    reasons: Entries[ReasonList]
    outcomes: Entries[Outcome]
    deadlines: Entries[Deadline]
    retention: Entries[RetentionTerm]
    municipalities: Entries[Municipality]
    places: Entries[Place]
    residents: Residents
    case_names: CaseNames
    # What a region may do without. A release of before these kinds has none of them.
    plan_lines: Entries[Line] = Entries(())
    plan_facts: Entries[CaseFact] = Entries(())
    plan_parties: Entries[Party] = Entries(())
    plan_tasks: Entries[Task] = Entries(())
    plan_shares: Entries[Share] = Entries(())
    plan_warnings: Entries[PlanWarning] = Entries(())
    plan_gates: Entries[Gate] = Entries(())
    plan_actions: Entries[Action] = Entries(())
    plan_rules: Entries[Rule] = Entries(())
    plan_readings: Entries[Reading] = Entries(())
    plan_words: Entries[WordGroup] = Entries(())
    plan_events: Entries[PlanEvent] = Entries(())
    plan_answers: Entries[PlanAnswer] = Entries(())
    plan_samples: Entries[Sample] = Entries(())
    inquiries: Entries[Inquiry] = Entries(())
    care_moments: Entries[CareMoment] = Entries(())
    care_tasks: Entries[CareTask] = Entries(())
    care_situations: Entries[CareSituation] = Entries(())
    care_nevers: Entries[CareNever] = Entries(())
    care_offers: Entries[CareOffer] = Entries(())
    care_questions: Entries[CareQuestion] = Entries(())
    care_consents: Entries[CareConsent] = Entries(())
    file_sections: Entries[FileSection] = Entries(())
    life_areas: Entries[LifeArea] = Entries(())
    area_words: Entries[AreaWord] = Entries(())
    legal_events: Entries[LegalEvent] = Entries(())
    care_replies: Entries[CareReply] = Entries(())
    town_tasks: Entries[TownTask] = Entries(())
    shelter_kinds: Entries[ShelterKind] = Entries(())
    shelter_filters: Entries[ShelterFilter] = Entries(())
    shelter_refusals: Entries[ShelterRefusal] = Entries(())
    night_states: Entries[NightState] = Entries(())
    night_hours: Entries[NightHour] = Entries(())
    night_ladder: Entries[NightRung] = Entries(())
    risk_groups: Entries[RiskGroup] = Entries(())
    sectors: Entries[Sector] = Entries(())
    branches: Entries[Branch] = Entries(())
    moments: Entries[ContactMoment] = Entries(())
    headings: Entries[Heading] = Entries(())
    measures: Entries[Measure] = Entries(())
    instruments: Entries[Instrument] = Entries(())
    rulings: Entries[Ruling] = Entries(())
    evidence_kinds: Entries[EvidenceKind] = Entries(())
    measure_results: Entries[MeasureResult] = Entries(())
    stages: Entries[Stage] = Entries(())
    barriers: Entries[Barrier] = Entries(())
    registers: Entries[Register] = Entries(())
    recommendations: Entries[Recommendation] = Entries(())
    figures: Entries[Figure] = Entries(())
    claims: Entries[Claim] = Entries(())
    reader_pages: Entries[ReaderPage] = Entries(())
    languages: Entries[Language] = Entries(())
    reading_forms: Entries[ReadingForm] = Entries(())
    self_check: Entries[SelfCheckQuestion] = Entries(())
    points: Entries[InformationPoint] = Entries(())
    blocks: Entries[Block] = Entries(())
    words: Entries[Word] = Entries(())
    search_words: Entries[SearchWords] = Entries(())
    role_groups: Entries[RoleGroup] = Entries(())
    elsewhere: Entries[Elsewhere] = Entries(())
    watchwords: Entries[Watchword] = Entries(())
    visits: Entries[VisitRule] = Entries(())
    card_categories: Entries[CardCategory] = Entries(())
    cards: Entries[Card] = Entries(())
    card_answers: Entries[StandardAnswer] = Entries(())
    training_roles: Entries[TrainingRole] = Entries(())
    learning_goals: Entries[LearningGoals] = Entries(())
    training_questions: Entries[TrainingQuestion] = Entries(())
    codes: Entries[ExternalCode] = Entries(())
    code_fields: Entries[ExternalField] = Entries(())
    trace: Entries[Statement] = Entries(())
    request: CareRequest = CareRequest()
    borders: Borders = Borders()

    def canonical_json(self) -> str:
        """Return the pack as JSON with sorted keys: equal packs give equal text."""
        return json.dumps(plain(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical JSON, as 64 hexadecimal figures."""
        return sha256(self.canonical_json().encode()).hexdigest()

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id; raises `UnknownEntry`."""
        return self.indicators[indicator_id]

    def indicators_for(self, role: str | None, form: str | None = None) -> tuple[Indicator, ...]:
        """Return all indicators that fit the form, the likeliest for the role first.

        The pack names up to eight for each role. Then come the other indicators of the role, the
        strong ones first, and then the rest, so that a page can fold everything after the eighth.
        """
        likeliest = self.roles[role].likeliest if role in self.roles and role else ()

        def rank(indicator: Indicator) -> tuple[int, int, int]:
            if indicator.id in likeliest:
                return (0, likeliest.index(indicator.id), 0)
            own = 1 if role in indicator.roles else 2
            return (own, _STRENGTH_ORDER.index(indicator.strength), len(indicator.roles))

        return tuple(sorted((one for one in self.indicators if one.fits(form)), key=rank))

    @property
    def unsaid_role(self) -> str | None:
        """Whose indicators come first for whoever says nothing of their work."""
        return next((role.id for role in self.roles if role.unsaid), None)

    @property
    def name_promise(self) -> Text:
        """The only promise about the name of a reporter; never word it more widely."""
        return self.public_texts[NAME_PROMISE].text

    @property
    def meldcode_sentence(self) -> Text:
        """The sentence for roles with a meldcode, shown before and after sending."""
        return self.public_texts[MELDCODE_SENTENCE].text

    def held_back(self, consent: CareConsent) -> Block | None:
        """Return the block for which nobody may use this text: until it is lifted and the text confirmed."""
        block = self.blocks[consent.blocked_by] if consent.blocked_by else None
        return None if block is None or (block.lifted and consent.confirmed) else block

    def reason_list(self, list_id: str) -> ReasonList:
        """Return the prepared reasons for a decision; raises `UnknownEntry`."""
        return self.reasons[list_id]

    def public_help_lines(self) -> tuple[HelpLine, ...]:
        """Return the numbers that the public may see: the confirmed ones and 112."""
        return tuple(line for line in self.help_lines if line.public)

    def partner_for(self, partner_id: str, subregion: str | None) -> Partner | None:
        """Return the partner that does this work in the subregion, or None.

        `partner_id` is the id of a partner, or of a group such as `veilig_thuis` that has one
        partner in each subregion. A partner that does not cover the subregion gives way to one of
        its group that does.
        """
        named = self.partners.get(partner_id)
        if named and named.covers(subregion):
            return named
        groups = {work.group for work in named.works} if named else {partner_id}
        able = (one for one in self.partners for group in groups if one.does(group, subregion))
        return next(able, None)

    @property
    def mediator(self) -> Partner | None:
        """The partner that finds a place when nothing in the region fits, or None."""
        return next((self.partners.get(each.through) for each in self.care_offers if each.through), None)

    @property
    def care_coordination(self) -> Partner | None:
        """The partner that receives requests for help, or None: then they go to the municipality."""
        able = (one for one in self.partners if any(work.group == self.request.work for work in one.works))
        return next(able, None) if self.request.fields else None

    def municipality_for_place(self, text: str) -> Municipality | None:
        """Return the municipality that a typed place, address or postcode lies in, or None.

        None means: not in this region, or not recognised. It is a proposal; the reporter can change it.
        """
        for postcode in postcodes_in(text):
            for place in self.places:
                if place.has_postcode(postcode):
                    return self.municipalities[place.municipality]
        code = place_in(text, self._place_names)
        return self.municipalities[code] if code else None

    def town_in(self, text: str) -> str | None:
        """Return the town that a typed place, address or postcode names, as it was called there, or None.

        Only whole words: Den Haag is not in Den Haagweg, and Lier is not in Lierseweg.
        """
        if named := place_in(text, self._town_names):
            return named
        return next(
            (place.name for code in postcodes_in(text) for place in self.places if place.has_postcode(code)),
            None,
        )

    def municipality_near(self, latitude: float, longitude: float) -> Municipality | None:
        """Return the municipality of the nearest place within 6 km, or None. It is a proposal."""
        near = self.places_near(latitude, longitude)
        return self.municipalities[near[0].municipality] if near else None

    def places_near(self, latitude: float, longitude: float) -> tuple[Place, ...]:
        """Return the places whose middle lies within 6 km, the nearest first."""
        found = ((distance_km(latitude, longitude, place), place.id) for place in self.places)
        return tuple(self.places[name] for distance, name in sorted(found) if distance <= NEAR_KM)

    @cached_property
    def _town_names(self) -> tuple[tuple[str, str, bool], ...]:
        return tuple(
            (name, name, place.ordinary_word)
            for place in self.places
            for name in (place.name, *place.aliases)
        )

    @cached_property
    def _place_names(self) -> tuple[tuple[str, str, bool], ...]:
        towns = [
            (name, place.municipality, place.ordinary_word)
            for place in self.places
            for name in (place.name, *place.aliases)
        ]
        councils = [(name, one.id, False) for one in self.municipalities for name in (one.name, *one.aliases)]
        return tuple(towns + councils)


GONE = frozenset({"facts", "routes"})
"""What a pack of before the plan had."""


def parts_of_now(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a pack that an older program may have kept, without those that went since."""
    return {part: held for part, held in content.items() if part not in GONE}
