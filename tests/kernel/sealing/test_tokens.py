"""One thing, however it was written, has one token; and another organisation has another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.sealing.conftest import HOME, OTHER

from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.phonetics import dutch_sound
from sluitend.kernel.sealing.tokens import KINDS, Kind, normalise, tokens_for

SAME: list[tuple[Kind, list[str]]] = [
    ("phone", ["06-12345678", "06 1234 5678", "+31 6 12345678", "0031612345678", "+31 (0)6 12345678"]),
    ("phone", ["070 353 3000", "+31703533000"]),
    ("plate", ["xx-99-yy", "XX 99 YY", "xx99yy", " XX.99.YY "]),
    ("kvk", ["12345678", "1234 5678", "KvK: 12345678", "12.34.56.78"]),
    (
        "address",
        [
            "Hoofdstr. 12 a",
            "Hoofdstraat 12A",
            "HOOFDSTRAAT 12-a",
            "hoofd str 12a, Delft",
            "Hoofdstrt 12 a Delft",
        ],
    ),
    ("address", ["'s-Gravenhaagseweg 3", "s Gravenhaagse weg 3", "s-Gravenhaagsewg. 3"]),
    ("address", ["IJssellaan 4", "Ĳsselln 4", "Yssellaan 4", "ijssel laan 4"]),
    ("address", ["De Ruijterkade 7-2", "de Ruyterkd 7 2"]),
    ("address", ["Burg. de Vlugtlaan 5 bis", "Burgemeester De Vlugtln. 5bis"]),
    ("address", ["Café Plein 1", "cafepln 1"]),
    ("address", ["Den Dijk 3", "Dyk 3"]),
    ("address", ["Stationssgl 9", "Stationssingel 9"]),
    ("address", ["Jan v.d. Heijdenstraat 8", "Jan van der Heydenstr 8"]),
    ("address", ["Plein 1944 12", "plein 1944 12, Delft"]),
    ("company", ["Kwekerij De Zon B.V.", "kwekery de zon", "KWEKERIJ ZON bv, Naaldwijk", "Kwekerij-Zon"]),
    ("company", ["Smit & Zn. VOF", "Smit en Zn"]),
    ("account", ["@Jan_Jansen", "jan_jansen", " JAN_JANSEN "]),
    ("account", ["https://www.instagram.com/Jan/", "instagram.com/@jan", "http://m.instagram.com/jan?x=1"]),
    ("name_birth", ["Jan de Vries|1990-02-01", "vries, JAN de|1-2-1990", "Ján de Vriës|01/02/1990"]),
]
DIFFERENT: list[tuple[Kind, str, str]] = [
    ("phone", "06-12345678", "06-12345679"),
    ("address", "Hoofdstraat 12", "Hoofdstraat 12a"),
    ("address", "Hoofdstraat 12", "Hoofdlaan 12"),
    ("address", "Hoofdstraat 1 2", "Hoofdstraat 1 3"),
    ("company", "Kwekerij De Zon", "Kwekerij De Zee"),
    ("account", "jan", "jan1"),
    ("name_birth", "Jan de Vries|1990-02-01", "Jan de Vries|1990-02-02"),
]


@pytest.mark.parametrize(("kind", "spellings"), SAME, ids=[spellings[0] for _, spellings in SAME])
def test_spellings_of_one_thing_meet(kind: Kind, spellings: list[str]) -> None:
    assert {tuple(normalise(kind, each)[:1]) for each in spellings} == {
        tuple(normalise(kind, spellings[0])[:1])
    }
    assert normalise(kind, spellings[0])


@pytest.mark.parametrize(("kind", "one", "another"), DIFFERENT)
def test_different_things_stay_apart(kind: Kind, one: str, another: str) -> None:
    assert not set(normalise(kind, one)[:1]) & set(normalise(kind, another)[:1])


def test_a_postcode_with_number_is_a_second_way_to_an_address() -> None:
    forms = normalise("address", "Hoofdstr. 12 a, 2511 ab Den Haag")

    assert forms == ["hoofdstraat 12a", "2511ab 12a"]
    assert normalise("address", "2511AB 12A") == forms[1:]


@pytest.mark.parametrize("value", ["Hoofdstraat", "", "12", "2511 AB"])
def test_without_a_house_number_there_is_no_address(value: str) -> None:
    assert normalise("address", value) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [("phone", "112x"), ("kvk", "1234567"), ("plate", "x"), ("name_birth", "Jan|31-2-1990")],
)
def test_what_cannot_be_has_no_token(kind: Kind, value: str) -> None:
    assert normalise(kind, value) == []


def test_names_that_sound_alike_meet_by_sound_only() -> None:
    meijer, meier = normalise("name_birth", "Meijer|1990-02-01"), normalise("name_birth", "Meier|1990-02-01")

    assert meijer[0] != meier[0]
    assert meijer[1] == meier[1]
    for alike in (
        ["bakker", "backer"],
        ["dirks", "dircks"],
        ["schmidt", "smit", "smid"],
        ["visser", "fisser"],
        ["mohammed", "muhamad"],
    ):
        assert len({dutch_sound(name) for name in alike}) == 1


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_any_text_is_taken_without_an_error(kind: Kind, value: str) -> None:
    assert all(form and form == form.strip() for form in normalise(kind, value))


def test_tokens_of_two_organisations_or_two_kinds_never_meet(folder: Path) -> None:
    here = tokens_for(HOME, "plate", "12345678")

    assert here == tokens_for(HOME, "plate", "12-34-56-78")
    assert here != tokens_for(OTHER, "plate", "12345678")
    assert here != tokens_for(HOME, "kvk", "12345678")


def test_the_public_process_makes_no_tokens(folder: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SLUITEND_PUBLIC_ONLY = True

    with pytest.raises(NoKey):
        tokens_for(HOME, "plate", "XX99YY")
