"""Each form has fields of its own; what nobody changes of them is there once."""

from typing import cast

import pytest
from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import widgets

from sluitend.forms.fields import chips, choose_from, line, several


class Asked(forms.Form):
    """Two questions with the same choices for everybody, until a form is given others."""

    one = chips("Een?", [("a", "A"), ("b", "B")])
    more = several("Meer?", [("a", "A"), ("b", "B")])
    words = line("Wat?")


def field(form: Asked, name: str) -> forms.ChoiceField:
    """Return a question of a form."""
    return cast("forms.ChoiceField", form.fields[name])


def test_forms_share_the_choices_until_one_is_given_others() -> None:
    first, second = Asked({"one": "c", "more": ["a"]}), Asked({"one": "c", "more": ["a"]})
    for name in ("one", "more"):
        assert field(first, name) is not field(second, name)
        assert field(first, name).choices is field(second, name).choices
    choose_from(first, "one", [("c", "C")])
    field(first, "one").error_messages["invalid_choice"] = "Anders"
    field(first, "one").widget.attrs["kind"] = "answers"
    assert first.is_valid()
    assert second.errors == {"one": ["Kies er een."]}
    assert field(second, "one").widget.attrs["kind"] == "chips"
    assert 'value="b"' in str(Asked()["one"])
    assert field(Asked(), "one").choices == [("a", "A"), ("b", "B")]


def test_what_one_form_asks_of_words_no_other_does() -> None:
    first, second = (Asked({"one": "a", "words": "lang"}) for _time in range(2))
    first.fields["words"].validators.append(MaxLengthValidator(3))
    first.fields["words"].required = True
    first.fields["words"].widget.attrs["rows"] = 1
    assert "words" in first.errors
    assert second.is_valid()
    assert not second.fields["words"].required
    assert "rows" not in second.fields["words"].widget.attrs


def test_a_form_is_made_without_putting_its_choices_in_order_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(_choices: object) -> None:
        raise AssertionError

    monkeypatch.setattr(widgets, "normalize_choices", again)
    assert Asked({"one": "a"}).is_valid()
