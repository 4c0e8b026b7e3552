"""The pages of the handbook that anybody may go to first, and a few beside it: as tiles, and to be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.handbook.searchable import SearchPage


@dataclass(frozen=True)
class Section:
    """A page with its icon, its name and one line that says what stands there."""

    view: str
    icon: str
    label: Promise
    text: Promise


WORK: Mapping[SearchPage, Section] = {
    SearchPage.WHO: Section(
        "handbook_who", "phone", _("Wie bel ik?"), _("Van wat u weet naar het goede nummer.")
    ),
    SearchPage.CARE: Section(
        "handbook_care", "bed", _("Hulp en opvang"), _("Wie eerst, wat er is, en wat u nooit doet.")
    ),
    SearchPage.NUMBERS: Section(
        "handbook_numbers", "clock", _("Nummers"), _("Wie er opneemt, voor wie, en wanneer.")
    ),
    SearchPage.CARDS: Section(
        "handbook_cards", "eye", _("Kaarten"), _("Wat u kunt zien, en wat u dan doet.")
    ),
    SearchPage.PARTNERS: Section(
        "handbook_partners", "region", _("Partners"), _("Waar zij werken en wat zij doen.")
    ),
    SearchPage.POINTS: Section(
        "handbook_points", "globe", _("Informatiepunten"), _("Waar iemand in eigen taal terechtkan.")
    ),
    SearchPage.LANGUAGE_CARDS: Section(
        "language_cards", "id", _("Taalkaart"), _("Zinnen om aan te wijzen, in veel talen.")
    ),
    SearchPage.MOMENTS: Section(
        "handbook_moments", "chat", _("Contactmomenten"), _("Wat u vraagt en waar u op let.")
    ),
    SearchPage.BARRIERS: Section(
        "handbook_barriers", "lock", _("Barrières"), _("Wie wat mag, en wat u daarvoor nodig hebt.")
    ),
    SearchPage.MEASURES: Section(
        "handbook_headings", "plan", _("Maatregelen"), _("Waar u begint, en hoe u ziet dat het werkt.")
    ),
}
KNOWLEDGE: Mapping[SearchPage, Section] = {
    SearchPage.FORMS: Section(
        "handbook_forms", "info", _("Vormen"), _("De handreiking en de wet naast elkaar.")
    ),
    SearchPage.SECTORS: Section(
        "handbook_sectors", "work", _("Sectoren"), _("Werk waarin het vaker misgaat.")
    ),
    SearchPage.BRANCHES: Section(
        "handbook_branches", "building", _("Branches"), _("Wat u vraagt, en wat melden betekent.")
    ),
    SearchPage.GROUPS: Section("handbook_groups", "person", _("Groepen"), _("Waar u informatie brengt.")),
    SearchPage.FIGURES: Section("handbook_figures", "doc", _("Cijfers"), _("Met jaar en bron.")),
}
BESIDE: Mapping[SearchPage, Section] = {
    SearchPage.REGISTERS: Section(
        "handbook_registers", "doc", _("Lijsten en tellingen"), _("Wat een gemeente bijhoudt.")
    ),
    SearchPage.REPORT: Section(
        "report_start", "edit", _("Ik heb iets gezien"), _("Melden, met of zonder uw naam.")
    ),
    SearchPage.ASK_HELP: Section(
        "help_request", "heart", _("Ik wil hulp voor iemand"), _("Advies vragen, of hulp voor een persoon.")
    ),
    SearchPage.RIGHTS: Section("help", "globe", _("Werken en wonen"), _("Uw rechten, in veel talen.")),
    SearchPage.PRIVACY: Section("privacy", "lock", _("Privacy"), _("Wat er met gegevens gebeurt.")),
}
"""Not of the handbook, and looked for there all the same."""

SECTIONS: Mapping[SearchPage, Section] = {**WORK, **KNOWLEDGE, **BESIDE}
