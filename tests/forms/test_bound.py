"""What a form says when something is wrong, at the field and above the form."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation

from sluitend.forms.bound import Renderer, SluitendField, SluitendForm


class Asking(SluitendForm):
    """One field of each kind that Django has a sentence of its own for."""

    why = forms.CharField(label="Waarom?", max_length=5, error_messages={"required": "Schrijf hier iets."})
    name = forms.CharField(label="Naam")
    whom = forms.CharField(
        label="Naam van uw collega", error_messages={"required": "Vul de naam van uw collega in."}
    )
    mail = forms.EmailField(label="Postbus", required=False)
    day = forms.DateField(label="Dag", required=False)


def wrong(**data: str) -> Asking:
    """The form as it comes back."""
    with translation.override("nl"):
        form = Asking(data)
        assert not form.is_valid()
    return form


def summed_up(form: Asking, name: str) -> list[str]:
    """What stands above the form about a field."""
    field = form[name]
    assert isinstance(field, SluitendField)
    return field.summed_up


def test_what_is_too_long_says_how_long_it_is_and_what_fits() -> None:
    assert wrong(why="x" * 9).errors["why"] == ["Dit is te lang: 9 tekens. Er passen er 5."]


def test_what_is_no_address_or_no_day_comes_with_an_example() -> None:
    errors = wrong(mail="jo", day="morgen").errors
    assert errors["mail"] == ["Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@gemeente.nl."]
    assert errors["day"] == ["Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026."]


def test_away_from_its_field_an_error_names_the_question_once() -> None:
    form = wrong()
    assert summed_up(form, "why") == ["Waarom? Schrijf hier iets."]
    assert summed_up(form, "name") == ["Nog niet ingevuld: Naam"]
    assert summed_up(form, "whom") == ["Vul de naam van uw collega in."]
    assert summed_up(wrong(mail="jo"), "mail")[0].startswith("Postbus: Dit is geen e-mailadres.")


class EachWidget(forms.Form):
    """A field of each kind."""

    text = forms.CharField(max_length=20, help_text="a < b")
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "data-on": True, "data-off": False}))
    day = forms.DateField()
    hour = forms.TimeField()
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=1)
    tick = forms.BooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()
    one = forms.ChoiceField(choices=[("", "-"), ("a", "A & <b>"), ("groep", [("c", "C")])])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.SelectMultiple)
    chips = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)


GIVEN = {"text": 'a "b" <c>', "one": "c", "several": ["a", "b"], "chips": "b", "ticks": ["a"], "tick": "on"}


@pytest.mark.parametrize("name", EachWidget.base_fields)
@pytest.mark.parametrize("given", [None, GIVEN])
def test_a_field_is_written_the_short_way_as_django_writes_it(
    name: str, given: dict[str, Any] | None
) -> None:
    field = EachWidget(given)[name]
    data = field.field.widget.get_context(name, field.value(), field.build_widget_attrs({}))
    template = field.field.widget.template_name
    assert Renderer().render(template, data) == DjangoTemplates().render(template, data)
