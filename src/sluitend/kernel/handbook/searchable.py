"""The words that people use for what the handbook calls by another name, and where those lead."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from .approach import PartnerId
from .entries import Entry, FormId, Refers
from .recognition import IndicatorId, RoleId

SaidWord = Annotated[str, Field(min_length=2, max_length=60)]


class SearchPage(StrEnum):
    """A page that is no entry, and that words can lead to."""

    WHO = "who"
    CARE = "care"
    NUMBERS = "numbers"
    CARDS = "cards"
    PARTNERS = "partners"
    POINTS = "points"
    LANGUAGE_CARDS = "language_cards"
    MOMENTS = "moments"
    BARRIERS = "barriers"
    MEASURES = "measures"
    FORMS = "forms"
    SECTORS = "sectors"
    BRANCHES = "branches"
    GROUPS = "groups"
    FIGURES = "figures"
    REGISTERS = "registers"
    REPORT = "report"
    ASK_HELP = "ask_help"
    RIGHTS = "rights"
    PRIVACY = "privacy"


class SearchWords(Entry):
    """What people type in one or both languages, and the pages and entries that they then mean."""

    nl: tuple[SaidWord, ...] = Field(default=(), max_length=40)
    en: tuple[SaidWord, ...] = Field(default=(), max_length=40)
    pages: tuple[SearchPage, ...] = ()
    partners: tuple[PartnerId, ...] = ()
    help_lines: tuple[Annotated[str, Refers("help_lines")], ...] = ()
    points: tuple[Annotated[str, Refers("points")], ...] = ()
    care_offers: tuple[Annotated[str, Refers("care_offers")], ...] = ()
    forms: tuple[FormId, ...] = ()
    indicators: tuple[IndicatorId, ...] = ()
    moments: tuple[Annotated[str, Refers("moments")], ...] = ()
    roles: tuple[RoleId, ...] = ()
    sectors: tuple[Annotated[str, Refers("sectors")], ...] = ()
    branches: tuple[Annotated[str, Refers("branches")], ...] = ()
    risk_groups: tuple[Annotated[str, Refers("risk_groups")], ...] = ()
    barriers: tuple[Annotated[str, Refers("barriers")], ...] = ()
    instruments: tuple[Annotated[str, Refers("instruments")], ...] = ()
    headings: tuple[Annotated[str, Refers("headings")], ...] = ()
    measures: tuple[Annotated[str, Refers("measures")], ...] = ()
    registers: tuple[Annotated[str, Refers("registers")], ...] = ()
    reader_pages: tuple[Annotated[str, Refers("reader_pages")], ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        said, leads = (
            any(getattr(self, name) for name in names)
            for names in (WORDS, type(self).model_fields.keys() - Entry.model_fields.keys() - set(WORDS))
        )
        if not said:
            raise ValueError(
                "er staan geen woorden bij|it has no words|"
                "schrijf ze bij 'nl' of 'en'|write them at 'nl' or 'en'"
            )
        if not leads:
            raise ValueError(
                "de woorden leiden nergens heen|the words lead nowhere"
                "|noem een pagina of een regel van het pakket|name a page or an entry of the pack"
            )
        return self


WORDS = ("nl", "en")
