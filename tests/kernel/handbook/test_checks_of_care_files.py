"""The whole care file in a handbook: lists that belong together, fields that fit how a section is kept."""

from pathlib import Path
from typing import Any

import pytest
from tests.database import ROOT
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag

from sluitend.kernel.handbook.care_file import Ask
from sluitend.kernel.handbook.checks_of_care_files import PARTS, care_file_findings
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack

PACK = den_haag()
LINE = {"id": "what", "kind": "line", "label": {"nl": "Wat", "en": "What"}}
CHOICE = {**LINE, "id": "which", "kind": "choice"}
UNTIL = {**LINE, "id": "until", "kind": "until"}
DAY = {**LINE, "id": "on", "kind": "day"}


def said(pack: Pack) -> list[tuple[str, str]]:
    return [(each.part, each.wrong[0]) for each in care_file_findings(pack)]


@pytest.mark.parametrize("folder", ["eenheid-den-haag", "voorbeeld"])
def test_the_regions_keep_them(folder: str) -> None:
    pack = load_pack(Path(ROOT) / "packs" / folder)
    assert said(pack) == []
    assert all(len(getattr(pack, part)) for part in PARTS)


@pytest.mark.parametrize(
    ("section", "fields", "message"),
    [
        ("debts", [LINE, LINE], "'what' staat er twee keer"),
        ("debts", [CHOICE], "'which' past niet bij de antwoorden die er staan"),
        ("debts", [UNTIL], "'until' hoort bij een 'event'"),
        ("documents", [DAY], "'day' moet er zijn en is verplicht"),
        ("life_areas", [LINE], "'area' moet er zijn en is verplicht"),
    ],
)
def test_what_breaks_a_rule_is_refused(section: str, fields: list[dict[str, Any]], message: str) -> None:
    assert said(changed(PACK, "file_sections", section, fields=fields)) == [("file_sections", message)]


def test_a_region_has_all_of_it_or_none() -> None:
    without = PACK.model_copy(update={"area_words": Entries(())})
    assert said(without) == [("area_words", "'area_words' ontbreekt")]
    assert said(PACK.model_copy(update={part: Entries(()) for part in PARTS})) == []
    request = PACK.request.model_copy(update={"keeps_whole_file": None})
    assert said(PACK.model_copy(update={"request": request})) == [("request", "de bewaartermijn ontbreekt")]


def test_a_section_finds_its_field_of_a_kind() -> None:
    legal = PACK.file_sections["legal_events"]
    found = legal.of(Ask.UNTIL)
    assert found is not None
    assert (found.id, legal.of(Ask.WORD)) == ("until", None)
