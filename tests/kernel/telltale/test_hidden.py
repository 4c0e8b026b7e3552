"""Who reported is known where words leave, and nobody can read the name from what is kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.telltale import Finder, Hidden, Known, Sort

TODAY = date(2026, 11, 27)
REPORTER = Hidden.of(name="Jo van der Verbeek-Şahin", phone="06 1234 5678", mail="Jo@Voorbeeld.example")
KNOWN = Finder().known(hidden=[REPORTER])


def found(text: str, known: Known = KNOWN) -> list[tuple[str, Sort]]:
    """Return what the case knows in a text."""
    marks = Finder().marks(text, known, today=TODAY, looks_like=False)
    return [(text[mark.start : mark.end], mark.sort) for mark in marks]


@pytest.mark.parametrize(
    "said",
    [
        "Verbeek",
        "verbeek",
        "VERBEEK",
        "Verbeeks",
        "sahin",
        "Ṣahin",
        "Jo",
        "verbeeksahin",
        "joverbeek",
        "v e r b e e k",
        "+31 6 12345678",
        "jo@voorbeeld.example",
    ],
)
def test_every_spelling_of_who_reported_is_marked_as_theirs(said: str) -> None:
    assert found(f"Dat zei {said} gisteren.") == [(said, Sort.REPORTER)]


@pytest.mark.parametrize(
    "said", ["van der", "jo", "beek", "verbeekstraat", "0687654321", "j@voorbeeld.example"]
)
def test_other_words_are_not(said: str) -> None:
    assert found(f"Dat was {said} gisteren.") == []


def test_a_name_of_a_subject_is_the_subjects() -> None:
    known = Finder().known(identifiers=[("name_birth", "Ayse Sahin|2010-01-01")], hidden=[REPORTER])
    assert found("Dat zei Verbeek over Sahin.", known) == [("Verbeek", Sort.REPORTER), ("Sahin", Sort.NAME)]


def test_what_is_part_of_something_wider_stays_who_reported() -> None:
    text = "Mail verbeek@werk.example of @joverbeek."
    marks = Finder().marks(text, KNOWN, today=TODAY)
    assert [mark.sort for mark in marks] == [Sort.REPORTER, Sort.REPORTER]


def test_what_is_kept_tells_no_name_and_differs_each_time() -> None:
    kept = REPORTER.to_keep()
    assert Hidden.from_kept(kept) == REPORTER
    assert not [each for each in kept if "verbeek" in bytes.fromhex(each).decode("latin-1").casefold()]
    again = Hidden.of(name="Jo van der Verbeek-Şahin")
    assert not set(again.to_keep()) & set(kept)
    assert Hidden.of(name="").to_keep() == ()
    assert not Hidden.from_kept(()).has("verbeek")


@pytest.mark.parametrize("kept", [("zz",), ("0",), ("ab" * 100, "ab"), ("",), ("", ""), ("é",)])
def test_what_is_kept_in_another_form_hides_nobody_and_breaks_nothing(kept: tuple[str, ...]) -> None:
    assert found("Dat zei Verbeek.", Finder().known(hidden=[Hidden.from_kept(kept)])) == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_name_breaks_it(name: str, text: str) -> None:
    kept = Hidden.of(name=name, phone=name, mail=name).to_keep()
    assert len(kept) < 70
    found(text, Finder().known(hidden=[Hidden.from_kept(kept)]))
