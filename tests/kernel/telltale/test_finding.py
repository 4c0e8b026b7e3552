"""What is found in a text, in every spelling, and what is left in peace."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packs import den_haag

from sluitend.kernel.telltale import GO, LEFT_OUT, OUT, Finder, Known, Sort, Written, looks_at, without
from sluitend.kernel.telltale.lists import lists_of

TODAY = date(2026, 11, 27)
FINDER = Finder(lists_of(den_haag()))
KNOWN = FINDER.known(
    people=["Marek Nowak, de voorman", "Man met pet"],
    identifiers=[
        ("name_birth", "Jan de Vries|03-05-1999"),
        ("name_birth", "Bo Bakker|1990-02-01"),
        ("phone", "06 1234 5678"),
        ("plate", "VB-123-X"),
        ("account", "@zonnetje88"),
        ("address", "Zwethkade 41, De Lier"),
    ],
    others=["Kwekerij Zonnehof"],
)


def found(text: str, known: Known = KNOWN) -> list[tuple[str, str, bool]]:
    """Return what is marked in a text."""
    marks = FINDER.marks(text, known, today=TODAY)
    return [(mark.sort.value, text[mark.start : mark.end], mark.known) for mark in marks]


@pytest.mark.parametrize(
    "written",
    [
        "Marek",
        "MAREK",
        "marek",
        "Marék",
        "Mare\u0301k",
        "Ma\u00adrek",
        "Ma\u200brek",
        "M a r e k",
        "M.a.r.e.k",
        "Mareks",
        "Marek's",
        "Marek-Jan",
        "Nowak",
        "nowak88",
        "_nowak_",
        "Ｎｏｗａｋ",
        "janvries",
        "\u202eNowak\u202c",
        "<b>Nowak</b>",
        "de Vries",
        "Bakker",
        "bakker",
        "Bo",
    ],
)
def test_a_name_that_the_case_knows_is_found_in_every_spelling(written: str) -> None:
    assert any(sort == "name" and known for sort, _text, known in found(f"Toen kwam {written} binnen."))


@pytest.mark.parametrize(
    "written",
    [
        "3 mei 1999",
        "3-5-1999",
        "03/05/99",
        "03.05.1999",
        "1999-05-03",
        "3 May 1999",
        "May 3, 1999",
        "03051999",
        "19990503",
        "03 05 1999",
        "٠٣-٠٥-١٩٩٩",
    ],
)
def test_a_birth_date_that_the_case_knows_is_found_in_every_spelling(written: str) -> None:
    assert ("birth", True) in [
        (sort, known) for sort, _text, known in found(f"Hij is van {written}, zei hij")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "06-12345678",
        "+31 6 12 34 56 78",
        "0031612345678",
        "06.12.34.56.78",
        "(06) 1234 5678",
        "06 / 1234 / 5678",
        "tel:0612345678",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_a_number_that_the_case_knows_is_found_in_every_spelling(written: str) -> None:
    assert ("phone", True) in [(sort, known) for sort, _text, known in found(f"Bel {written} vandaag")]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Bel 06 0000 4127 nu", "phone"),
        ("Zijn nummer is 111222333", "number"),
        ("Op NL91 ABNA 0417 1643 00 gestort", "number"),
        ("Mail naar iemand@voorbeeld.example", "mail"),
        ("Zoek @danser_88 op", "account"),
        ("De bus met VB-987-Z", "plate"),
        ("Zij wonen aan de Hoofdstraat 12a", "address"),
        ("Zij wonen op 2678 AB 12", "address"),
        ("Geboren 3 mei 1988", "birth"),
        ("Hij heeft geen verblijfsvergunning", "residence"),
        ("Zij zijn zonder papieren", "residence"),
        ("He has no residence permit", "residence"),
        ("Hij is suikerpatiënt", "health"),
        ("She is pregnant", "health"),
        ("Toen kwam Kowalski binnen", "name"),
        ("Jan zei niets", "name"),
        ("Hij heet Xing", "name"),
        ("Dhr. Xing en Mevrouw Xing", "name"),
        ("Bus VB 123 X stond er", "plate"),
        ("Zoek zonnetje88 op", "account"),
        ("zij slapen zwethkade 41", "address"),
    ],
)
def test_what_looks_like_it_is_marked(text: str, sort: str) -> None:
    assert sort in [each for each, _text, _known in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Achter de kas slapen mensen op het werk. Een voorman geeft alle antwoorden.",
        "Aan de balie schreven zich weer drie mensen in op één kassenadres. Het zijn er nu dertig.",
        "Een bewoner belde eerst het uitzendbureau voor hij iets zei. Daarna mocht ik niet binnen.",
        "De kok slaapt in de keuken. Bij een controle moest hij in de koelcel wachten.",
        "In de wasserij liggen matrassen op de planken van de stellingen. Acht mannen wonen er.",
        "Steeds andere mannen komen bij één kamer in het bijgebouw. Er gaan veel handdoeken heen.",
        "Kunt u mee naar dit adres, en kent u het bedrijf?",
        "Op 20 november 2026 om 16:10 stonden drie Poolse mannen bij een Mercedes in De Lier.",
        "De Arbeidsinspectie en het RIEC kwamen bij Kwekerij Zonnehof. De KvK kent 12 bedrijven.",
        "Ik weet geen naam. Haar vriend doet de post.",
        "Er staan 12 bedden, 3 matrassen en 250 kratten. Het duurde van 2024 tot 2026.",
    ],
)
def test_ordinary_words_are_left_in_peace(text: str) -> None:
    assert found(text) == []


def test_a_word_that_is_also_a_name_is_no_name_where_the_case_knows_none() -> None:
    assert found("Hij kocht brood bij de bakker.", Known()) == []
    assert found("Toen kwam Bakker binnen.", Known()) == [("name", "Bakker", False)]


def test_a_description_of_a_person_has_no_name() -> None:
    known = FINDER.known(people=["Man met rode pet", "Een vrouw van ongeveer 30", "Voorman", "Poolse mannen"])
    assert known.names == frozenset()


def test_a_long_text_of_two_hundred_sentences_is_marked_at_once() -> None:
    text = "Toen zei Marek dat het goed was. " * 200 + "a" * 5000
    (look,) = looks_at([Written("facts", text)], finder=FINDER, known=KNOWN, today=TODAY)
    assert (look.text, look.times, look.known) == ("Marek", 200, True)
    assert "Marek" not in without(Written("facts", text), [look], {look.key: OUT})


def test_another_sentence_is_another_question() -> None:
    one, other = (
        looks_at([Written("facts", text)], finder=FINDER, known=KNOWN, today=TODAY)[0].key
        for text in ("Toen kwam Marek.", "Toen ging Marek.")
    )
    assert one != other


def test_what_was_left_out_is_gone_and_the_rest_stays() -> None:
    written = Written("facts", "De voorman, Marek, belt met 06 1234 5678.")
    looks = looks_at([written], finder=FINDER, known=KNOWN, today=TODAY)
    looked = {look.key: OUT if look.sort == Sort.NAME else GO for look in looks}
    assert without(written, looks, looked) == f"De voorman, {LEFT_OUT}, belt met 06 1234 5678."


SPELL = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, "\u200b".join])


@given(
    before=st.text(max_size=60),
    name=st.sampled_from(["Marek", "Nowak", "Vries", "Bakker"]),
    spell=SPELL,
    after=st.text(max_size=60),
)
def test_no_text_around_it_hides_a_name(before: str, name: str, spell: object, after: str) -> None:
    assert callable(spell)
    text = f"{before} {spell(name)} {after}"
    looks = looks_at([Written("facts", text)], finder=FINDER, known=KNOWN, today=TODAY)
    left = without(Written("facts", text), looks, {look.key: OUT for look in looks})
    again = looks_at([Written("facts", left)], finder=FINDER, known=KNOWN, today=TODAY)
    assert any(look.known for look in looks)
    assert not any(look.known for look in again)


@given(text=st.text(max_size=300))
def test_marks_stand_apart_and_inside_the_text(text: str) -> None:
    marks = FINDER.marks(text, KNOWN, today=TODAY)
    ends = [0, *(each for mark in marks for each in (mark.start, mark.end)), len(text)]
    assert ends == sorted(ends)
    assert all(mark.start < mark.end for mark in marks)


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ("’s Avonds komen zij terug.", []),
        ("Het is stil. 's Nachts brandt er licht.", []),
        ("Zij slapen daar. ’s Zondags niet.", []),
        ("Zij komen ’s Avonds terug.", ["Avonds"]),
        ("Het was Jan's Kelders die belde.", ["Jan's Kelders"]),
        ("’s Pieter kwam.", ["Pieter"]),
    ],
)
def test_a_part_of_the_day_that_begins_a_sentence_is_no_name(told: str, marked: list[str]) -> None:
    assert [text for _sort, text, _known in found(told, Known())] == marked
