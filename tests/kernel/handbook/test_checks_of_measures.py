"""Measures that a person adds alone, rulings and kinds of evidence: each mistake in a pack is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kernel.handbook.changing import changed, without
from tests.packs import FOLDER, den_haag

from sluitend.kernel.handbook.checks_of_measures import measure_findings
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack

BY_HAND = "alcohol_propose"
_WORDS = {"nl": "Grond", "en": "Ground"}


@pytest.mark.parametrize("folder", [FOLDER, FOLDER.parent / "voorbeeld"])
def test_the_packs_keep_the_rules(folder: Path) -> None:
    assert list(measure_findings(load_pack(folder))) == []


@pytest.mark.parametrize(
    ("change", "entry", "field"),
    [
        pytest.param(
            lambda pack: changed(pack, "plan_actions", "urgent_stop", by_hand=True),
            "urgent_stop",
            "by_hand",
            id="no rule adds what is added by hand",
        ),
        pytest.param(
            lambda pack: changed(pack, "plan_actions", BY_HAND, holders=[]),
            BY_HAND,
            "by_hand",
            id="a body decides on it",
        ),
        pytest.param(
            lambda pack: changed(pack, "plan_actions", BY_HAND, verb="do"),
            BY_HAND,
            "by_hand",
            id="somebody is given it",
        ),
        pytest.param(
            lambda pack: changed(pack, "plan_actions", BY_HAND, gates=["papers", "residents", "holder"]),
            BY_HAND,
            "gates",
            id="every lock of the place stands on it",
        ),
        pytest.param(
            lambda pack: without(pack, "rulings", "closure_annulled"),
            "urgent_stop",
            "evidence",
            id="a ruling warns of thin evidence",
        ),
        pytest.param(
            lambda pack: changed(
                pack,
                "evidence_kinds",
                "visit",
                grounds=[{"id": "a", "label": _WORDS}, {"id": "a", "label": _WORDS}],
            ),
            "visit",
            "grounds",
            id="a ground stands there once",
        ),
        pytest.param(
            lambda pack: changed(
                changed(pack, "measure_results", "withdrawn", counts=True),
                "measure_results",
                "not_imposed",
                counts=True,
            ),
            "",
            "counts",
            id="a result may fail",
        ),
    ],
)
def test_a_mistake_is_named(change: Callable[[Pack], Pack], entry: str, field: str) -> None:
    found = list(measure_findings(change(den_haag())))
    assert (entry, field) in {(each.entry, each.field) for each in found}
