"""Whatever somebody sends: the forms answer with a message or with what was typed, and never fail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.database import ROOT
from tests.packs import den_haag

from sluitend.forms.checks import tidy
from sluitend.journeys.reports.content import MarkContent, ReportContent
from sluitend.journeys.reports.fields import LONGEST, PastDay, checked_kvk
from sluitend.journeys.reports.forms import content_of
from sluitend.journeys.reports.one_page_forms import EnterForm
from sluitend.journeys.reports.place_fields import PackForm
from sluitend.journeys.reports.places import OUTSIDE, find, town_at
from sluitend.journeys.reports.short_forms import AdviceForm, MarkForm
from sluitend.journeys.reports.wizard import FORMS, WHAT, Wizard, from_answers
from sluitend.kernel.handbook.loading import load_pack

PACK = den_haag()
WITH_BORDERS = load_pack(ROOT / "packs" / "voorbeeld")
NAMES = sorted(
    {name for form in FORMS.values() for name in form.base_fields}
    | {"step", "go", "kind", "sending", "acute"}
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "\x00",
            "<script>",
            "' OR 1=1",
            "GM1783",
            "2999-01-01",
            "1850-01-01",
            "now",
            "other",
            "yes",
            "x" * LONGEST,
        ]
    ),
)
DATA = st.dictionaries(st.sampled_from(NAMES), st.lists(WORDS, min_size=1, max_size=3))
RELAXED = hypothesis_settings(suppress_health_check=[HealthCheck.too_slow])


def query(values: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, each in values.items():
        data.setlist(name, each)
    return data


@RELAXED
@given(DATA)
def test_the_wizard_takes_anything(values: dict[str, list[str]]) -> None:
    wizard = Wizard(query(values), PACK)
    assert wizard.number in wizard.steps
    for number in wizard.steps:
        form = wizard.checked(number)
        if not form.is_valid():
            assert all(str(error) for errors in form.errors.values() for error in errors)
        wizard.step(number)
    assert Wizard(from_answers(wizard.answers()), PACK).number in wizard.steps


@RELAXED
@given(DATA)
def test_what_is_carried_is_what_was_typed(values: dict[str, list[str]]) -> None:
    wizard = Wizard(query(values), PACK)
    carried = dict.fromkeys(wizard.step(WHAT).carried)
    typed = tidy(query(values))
    shown = set(FORMS[WHAT].base_fields)
    for name in set(typed) & set(FORMS[4].base_fields) - shown:
        for value in typed.getlist(name):
            assert not value or (name, value) in carried


@pytest.mark.parametrize("form", [AdviceForm, MarkForm, EnterForm])
@RELAXED
@given(DATA)
def test_other_forms_take_anything(form: type[PackForm], values: dict[str, list[str]]) -> None:
    form(query(values), pack=PACK).is_valid()


def outcome(check: Callable[[str], str], text: str) -> tuple[str, str]:
    """Return what a check gives, and its message when it refuses."""
    try:
        return check(text), ""
    except ValidationError as error:
        return "", error.messages[0]


@RELAXED
@given(st.text(max_size=30))
def test_a_company_number_has_eight_digits_or_a_message(text: str) -> None:
    digits, message = outcome(checked_kvk, text)
    assert message or not text or (len(digits) == 8 and digits.isdigit())


@RELAXED
@given(st.text(max_size=20))
def test_a_day_has_been_or_has_a_message(text: str) -> None:
    day, message = outcome(PastDay(required=False).clean, text)
    assert message or not text.strip() or len(day) == 10


@RELAXED
@given(
    st.builds(
        ReportContent,
        saw=st.text(),
        signals=st.lists(st.text(), max_size=3).map(tuple),
        latitude=st.none() | st.floats(-90, 90),
    )
)
def test_content_comes_back_as_it_went(content: ReportContent) -> None:
    assert ReportContent.from_json(content.to_json()) == content


def test_a_mark_becomes_a_report() -> None:
    report = MarkContent(marks=("afraid",), where="De Lier", day="2026-11-25", time="02:10").as_report()
    assert (report.where, report.marks, report.time) == ("De Lier", ("afraid",), "02:10")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"text": "Balie, Naaldwijk"}, "GM1783"),
        ({"text": "Breestraat, Leiden"}, "GM0546"),
        ({"text": "ergens", "latitude": 51.994, "longitude": 4.21}, "GM1783"),
        ({"text": "Naaldwijk", "chosen": "GM0546"}, "GM0546"),
        ({"text": "Naaldwijk", "chosen": OUTSIDE}, ""),
        ({"text": "Coolsingel, Rotterdam"}, ""),
        ({}, ""),
    ],
)
def test_the_municipality_is_found_from_the_place(place: dict[str, Any], code: str) -> None:
    municipality = find(PACK, **place).municipality
    assert (municipality.id if municipality else "") == code


@pytest.mark.parametrize(
    ("place", "code", "outside", "elsewhere"),
    [
        pytest.param((53.01, 4.10), "GM9001", False, "", id="in a municipality"),
        pytest.param((53.28, 4.52), "GM9002", False, "", id="over a border, with a town of the other nearer"),
        pytest.param((53.10, 4.80), "", True, "Verweg", id="in a neighbour"),
        pytest.param((53.10, 4.80, 9_000.0), "", False, "", id="in a neighbour, if the phone is right"),
        pytest.param((53.10, 4.7110), "", False, "", id="in a neighbour, so near that the line may be off"),
        pytest.param((53.10, 5.50), "", False, "", id="in no border: asked"),
    ],
)
def test_borders_say_where_a_phone_is(
    place: tuple[float, ...], code: str, outside: bool, elsewhere: str
) -> None:
    latitude, longitude, *accuracy = place
    found = find(
        WITH_BORDERS,
        text="ergens",
        latitude=latitude,
        longitude=longitude,
        accuracy=accuracy[0] if accuracy else None,
    )
    assert (found.municipality.id if found.municipality else "") == code
    assert (found.outside, found.elsewhere) == (outside, elsewhere)


def test_the_town_that_stands_for_a_point_is_of_its_municipality() -> None:
    own = {each.id: each for each in WITH_BORDERS.municipalities}
    assert town_at(WITH_BORDERS, own["GM9001"], 53.03, 4.14) == "Klein Grijsveen"
    assert town_at(WITH_BORDERS, own["GM9002"], 53.03, 4.14) == ""
    # A piece of one municipality, with a town of the other nearest.
    assert town_at(WITH_BORDERS, own["GM9002"], 53.28, 4.52) == ""


def test_the_facts_and_the_thoughts_stay_apart() -> None:
    data = query(
        {
            "saw": ["Feit"],
            "think": ["Gedachte"],
            "where": ["Naaldwijk"],
            "when": ["yesterday"],
            "minor": ["no"],
        }
    )
    wizard = Wizard(data, PACK)
    content = content_of(wizard.what, wizard.signals)
    assert (content.saw, content.think) == ("Feit", "Gedachte")
    assert content.day
