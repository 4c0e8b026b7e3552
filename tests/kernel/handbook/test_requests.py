"""The form by which help is asked: what hides which field, what makes it hurried, what is refused."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.requesting import CareRequest

PACKS = Path(__file__).parents[3] / "packs"
HELP = {"danger_now": ["nee"], "start": ["hulp"], "under_18": ["nee"], "bed_tonight": ["ja"]}
IDENTIFYING = {"call_name", "safe_contact"}


def shown(form: CareRequest, **answers: str) -> set[str]:
    return {each.id for each in form.shown({**HELP, **{key: [value] for key, value in answers.items()}})}


def test_the_partner_that_does_care_coordination_receives_it_in_the_whole_region() -> None:
    partner = den_haag().care_coordination
    assert partner is not None
    assert all(partner.covers(part.id) for part in den_haag().subregions)


def test_a_pack_without_the_form_has_nobody_who_receives_it() -> None:
    pack = load_pack(PACKS / "voorbeeld").model_copy(update={"request": CareRequest()})
    assert pack.care_coordination is None
    assert pack.request.fields == ()


@pytest.mark.parametrize("knows", ["weet_niet", "weet_en_wil_niet"])
def test_who_did_not_ask_for_it_is_not_named(knows: str) -> None:
    form = den_haag().request
    assert not shown(form, knows=knows, agreed_to="naam_doorgeven") & (IDENTIFYING | {"asker"})
    # Danger or a child goes on, without a name.
    for urgent in ({"danger_now": "ja"}, {"under_18": "misschien"}):
        found = shown(form, knows=knows, agreed_to="naam_doorgeven", **urgent)
        assert "asker" in found
        assert not found & IDENTIFYING


def test_a_name_is_asked_only_of_who_said_yes_to_that() -> None:
    form = den_haag().request
    assert "call_name" not in shown(form, knows="weet_en_wil", agreed_to="bellen")
    assert "call_name" in shown(form, knows="weet_en_wil", agreed_to="naam_doorgeven")
    assert "call_name" not in shown(form, start="advies", knows="weet_en_wil", agreed_to="naam_doorgeven")


def test_what_is_never_asked_is_asked_by_no_field() -> None:
    form = den_haag().request
    words = " ".join(f"{each.label.nl} {each.id}".lower() for each in form.fields)
    assert not [each for each in ("nationaliteit", "bsn", "geloof", "adres van", "dader") if each in words]
    assert len(form.never_asked) == 7


@pytest.mark.parametrize(
    ("answers", "hurried"),
    [
        ({}, False),
        ({"bed_tonight": "nee"}, True),
        ({"bed_tonight": "weet_niet"}, True),
        ({"under_18": "misschien"}, True),
        ({"danger_now": "ja"}, True),
    ],
)
def test_who_is_called_the_same_day(answers: dict[str, str], hurried: bool) -> None:
    given = {**HELP, **{key: [value] for key, value in answers.items()}}
    assert den_haag().request.is_hurried(given) is hurried


def _without(line: str) -> Callable[[str], str]:
    return lambda text: text.replace(line, "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("field: bed_tonight", "field: bed_tomorrow"), "bed_tomorrow"),
        (lambda text: text.replace("work: care_coordination", "work: nobody"), "nobody"),
        (lambda text: text.replace("- id: out_of_hours", "- id: some_day"), "out_of_hours"),
        (lambda text: text.replace("  step: 1\n  kind: choice\n", "  step: 5\n  kind: choice\n"), "volgorde"),
        (_without("- {field: agreed_to, answers: [naam_doorgeven]}"), "shown_if"),
        (lambda text: text.replace("answers: [naam_doorgeven]", "answers: [alles]"), "alles"),
    ],
)
def test_a_form_in_which_something_hangs_in_the_air_is_refused(
    tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    folder = tmp_path / "pack"
    copytree(PACKS / "eenheid-den-haag", folder)
    file = folder / "request.yaml"
    before = file.read_text()
    file.write_text(change(before))
    assert file.read_text() != before
    with pytest.raises(PackInvalid) as refused:
        load_pack(folder)
    assert any(said in f"{each}" for each in refused.value.problems)
