"""What was chosen of the handbook is known by its id: of what nobody chose no word is put in a language."""

import pytest
from django.utils.datastructures import MultiValueDict
from tests.packs import FOLDER

from sluitend.journeys.reports import forms, place_fields
from sluitend.journeys.reports.forms import CheckForm, SignalsForm
from sluitend.journeys.reports.places import OUTSIDE
from sluitend.journeys.reports.short_forms import AdviceForm
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack

UNKNOWN = "nooit"


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The handbook of the region."""
    return load_pack(FOLDER)


def signals(pack: Pack, **sent: list[str]) -> SignalsForm:
    """Return the page of signals with these answers."""
    return SignalsForm(MultiValueDict(sent), pack=pack)


def test_what_is_chosen_is_known_without_the_words_of_all_others(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_words(_entries: object) -> None:
        raise AssertionError

    monkeypatch.setattr(forms, "labelled", in_words)
    monkeypatch.setattr(place_fields, "municipalities", in_words)
    calm = next(each.id for each in pack.indicators if not each.emergency)
    sent = signals(pack, signals=[calm], role=[pack.roles.ids[0]], form=[pack.forms.ids[0]])
    assert sent.is_valid(), sent.errors
    for code in (pack.municipalities.ids[-1], OUTSIDE, ""):
        assert CheckForm(MultiValueDict({"municipality": [code]}), pack=pack).is_valid()


@pytest.mark.parametrize("name", ["signals", "role", "form"])
def test_what_is_not_in_the_handbook_is_no_choice(pack: Pack, name: str) -> None:
    calm = next(each.id for each in pack.indicators if not each.emergency)
    values = [calm, UNKNOWN] if name == "signals" else [UNKNOWN]
    assert signals(pack, **{name: values}).errors == {name: ["Kies iets uit de lijst."]}


def test_a_municipality_that_is_not_there_is_no_choice(pack: Pack) -> None:
    sent = CheckForm(MultiValueDict({"municipality": [UNKNOWN]}), pack=pack)
    assert sent.errors == {"municipality": ["Kies een gemeente uit de lijst."]}


def test_what_one_form_knows_no_other_does(pack: Pack) -> None:
    CheckForm(MultiValueDict({"municipality": [OUTSIDE]}), pack=pack).full_clean()
    sent = AdviceForm(MultiValueDict({"municipality": [OUTSIDE]}), pack=pack)
    assert "municipality" in sent.errors
