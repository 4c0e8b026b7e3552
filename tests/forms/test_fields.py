"""Each form has fields of its own; what nobody changes of them is there once."""

from typing import cast

from django import forms

from sluitend.forms.fields import chips, choose_from, several


class Asked(forms.Form):
    """Two questions with the same choices for everybody, until a form is given others."""

    one = chips("Een?", [("a", "A"), ("b", "B")])
    more = several("Meer?", [("a", "A"), ("b", "B")])


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
