"""Addresses beside the pack: from what people type to at most five doors, and never to a guess."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.handbook.invented_addresses import DAY, RENUMBERED, rows, table_file, write_register
from tests.kernel.handbook.invented_borders import FOLDER

from sluitend.cli import main
from sluitend.cli.checks_services import addresses
from sluitend.kernel.handbook import address_book
from sluitend.kernel.handbook.address_book import MOST, AddressBookBroken, doors, facts

SOURCE = "verzonnen, van niemand"
NUMBERS = {
    f"{row['openbareruimte']} {row['huisnummer']}{row['huisletter']}"
    f"{'-' if row['huisnummertoevoeging'] else ''}{row['huisnummertoevoeging']}"
    f", {row['postcode']} {row['woonplaats']}": row["nummeraanduiding"]
    for row in rows()
}


def make(extract: Path, into: Path, *words: str) -> int:
    """Make a file of addresses as a command does."""
    said = ["--source", SOURCE, "--day", DAY.isoformat(), "--into", str(into), "--pack", str(FOLDER)]
    return main(["handbook", "addresses", str(extract), *said, *words])


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The addresses of the invented region, made of the XML of the register."""
    folder = tmp_path_factory.mktemp("addresses")
    write_register(folder / "lvbag-extract.zip")
    assert make(folder / "lvbag-extract.zip", folder / "addresses.sqlite") == 0
    return folder / "addresses.sqlite"


@pytest.fixture(autouse=True)
def _installed(book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("django.conf.settings.SLUITEND_ADDRESSES", book, raising=False)
        yield


@pytest.mark.parametrize(
    "text",
    [
        "Hoofdstraat 12a, Klein Grijsveen",
        "hoofdstr. 12 A, klein grijsveen",
        "HOOFDSTRAAT 12-a Klein Grijsveen",
        "Klein Grijsveen, Hoofdstraat 12 a",
        "1002 AA 12a",
        "12a, 1002aa",
        "Hoofdstraat 12a, 1002 AA Klein Grijsveen",
    ],
)
def test_one_door_is_found_however_it_is_typed(text: str) -> None:
    answer = doors(text)
    assert answer.sure
    assert answer.found[0].text == "Hoofdstraat 12A, 1002 AA Klein Grijsveen"
    assert answer.found[0].municipality == "GM9001"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("Burg. de Vriesstr. 14, Grijsveen", "Burgemeester de Vriesstraat 14", id="abbreviated"),
        pytest.param("Plein 1944 12a, Grijsveen", "Plein 1944 12A", id="a year in the street"),
        pytest.param("1e wilgenlaan 14, Grijsveen", "1e Wilgenlaan 14", id="a figure before the street"),
        pytest.param("Dr Ir van t Veldpad 14, Oosterhage", "Dr. Ir. van 't Veldpad 14", id="titles"),
        pytest.param("'t hofke 14, Oosterhage", "'t Hôfke 14", id="an accent"),
        pytest.param("ysselkade 14, Lindewold", "IJsselkade 14", id="ij and y"),
        pytest.param("Hoofdstraat 12-2, Grijsveen", "Hoofdstraat 12-2", id="a figure after the number"),
        pytest.param("Hoofdstraat 12 hs, Grijsveen", "Hoofdstraat 12-hs", id="a floor"),
        pytest.param("Hoofdstraat 12 b bis, Grijsveen", "Hoofdstraat 12B-bis", id="letter and suffix"),
        pytest.param(
            "Grensweg 14, De Ree", "Grensweg 14, 1004 JA Oosterhage-Haven", id="a place by another name"
        ),
    ],
)
def test_real_shapes_are_understood(text: str, first: str) -> None:
    assert doors(text).found[0].text.startswith(first)


def test_one_name_in_three_places_is_asked() -> None:
    answer = doors("Hoofdstraat 14")
    assert not answer.sure
    assert {each.place for each in answer.found} == {"Grijsveen", "Klein Grijsveen", "Oosterhage"}


def test_a_street_over_a_border_is_of_the_municipality_of_its_door() -> None:
    assert doors("Grensweg 14, Klein Grijsveen").found[0].municipality == "GM9001"
    assert doors("Grensweg 14, Oosterhage-Haven").found[0].municipality == "GM9002"


def test_a_number_alone_may_mean_each_of_its_doors_and_at_most_five_are_shown() -> None:
    answer = doors("Hoofdstraat 12, Grijsveen")
    assert not answer.sure
    assert answer.found[0].door == "12"
    assert len(answer.found) == MOST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hoofdstraat",
        "Achter de grote loods",
        "Hoofdstraat 400, Grijsveen",
        "Nergensweg 12, Grijsveen",
        "hoo 12",
        "Hoofd 12 achter de loods",
        "12",
        "2026",
        "Hoofdstraat 12 " * 20,
    ],
)
def test_what_is_no_door_here_is_not_guessed(text: str) -> None:
    assert doors(text).found == ()


def test_the_beginning_of_a_street_is_enough_and_never_sure() -> None:
    answer = doors("Burgemeester de Vrie 14")
    assert [each.street for each in answer.found] == ["Burgemeester de Vriesstraat"]
    assert not answer.sure


def test_a_slip_in_the_street_beside_a_good_postcode_is_asked() -> None:
    answer = doors("Hofdstraat 14, 1001 AA")
    assert [each.text for each in answer.found] == ["Hoofdstraat 14, 1001 AA Grijsveen"]
    assert not answer.sure


def test_a_street_beside_the_region_says_which_municipality() -> None:
    assert doors("Strandweg 14, Verweg aan Zee").beside == "Verweg"
    assert doors("Strandweg 14").beside == ""


def test_a_number_that_was_taken_back_leads_to_the_one_of_now(book: Path) -> None:
    old, new = (int(each) for each in RENUMBERED)
    with closing(sqlite3.connect(book)) as file:
        assert (old, new) in file.execute("SELECT old, new FROM renumbered").fetchall()
        kept = {each for (each,) in file.execute("SELECT id FROM address")}
    assert new in kept
    assert old not in kept


def test_each_door_of_the_register_knows_where_it_is(book: Path) -> None:
    with closing(sqlite3.connect(book)) as file:
        found = file.execute("SELECT id, x, y FROM address").fetchall()
    told = {int(row["nummeraanduiding"]): (int(row["x"]), int(row["y"])) for row in rows()}
    assert found
    assert {number: (x, y) for number, x, y in found}.items() <= told.items()


@pytest.mark.parametrize("text", sorted(NUMBERS)[::7])
def test_an_address_as_it_is_written_leads_back_to_itself(text: str) -> None:
    if "Verweg" in text:
        return
    assert doors(text).found[0].id == NUMBERS[text]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"[a-z*\"' -]{0,12} [0-9]{1,6}[a-z\"*-]{0,3}", fullmatch=True))
def test_any_text_has_an_answer(text: str) -> None:
    assert len(doors(text).found) <= MOST


def test_a_table_makes_the_same_file_and_its_faults_are_counted(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = {
        1: {"huisnummer": "x"},
        2: {"postcode": "1001"},
        3: {"nummeraanduiding": ""},
        4: {"openbareruimte": ""},
        5: {"gemeente": "Elders"},
        6: {"nummeraanduiding": rows()[0]["nummeraanduiding"]},
    }
    table = table_file(tmp_path / "adressen.csv", spoilt)
    assert make(table, tmp_path / "out.sqlite") == 0
    told = capsys.readouterr().out
    for fault in (
        "1 zonder huisnummer",
        "1 met een postcode die niet kan",
        "1 zonder nummer van 16 cijfers",
        "1 zonder straat",
        "1 dubbel",
    ):
        assert f"Overgeslagen: {fault}." in told
    assert int(facts(tmp_path / "out.sqlite")["addresses"]) == int(facts(book)["addresses"]) - 6


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("weg.csv", None, "Lezen of schrijven lukt niet", id="no file"),
        pytest.param(
            "lijst.csv", "a;b\n1;2\n", "in de eerste regel ontbreekt: nummeraanduiding", id="a list"
        ),
        pytest.param("iets.zip", "geen zip", "geef een CSV, een ZIP of een map met XML", id="no ZIP"),
        pytest.param("half.csv", "half", "in de eerste regel ontbreekt", id="a word"),
    ],
)
def test_what_is_no_extract_is_told_and_the_file_of_before_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, told: str
) -> None:
    kept = tmp_path / "kept.sqlite"
    kept.write_text("van eerder")
    if content is not None:
        (tmp_path / name).write_text(content)
    assert make(tmp_path / name, kept) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "Er is niets veranderd." in said
    assert kept.read_text() == "van eerder"
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        {"kept.sqlite"} | ({name} if content else set())
    )


def test_another_file_is_no_address_book(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("iets anders")
    with pytest.raises(AddressBookBroken):
        facts(tmp_path / "x.sqlite")
    with pytest.raises(AddressBookBroken):
        facts(tmp_path / "weg.sqlite")


@pytest.mark.parametrize("content", ["", "iets anders"])
def test_a_broken_file_costs_nobody_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    broken = tmp_path / "x.sqlite"
    broken.write_text(content)
    for path in (broken, tmp_path / "weg.sqlite"):
        monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", path)
        assert doors("Hoofdstraat 12a, Klein Grijsveen") == address_book.NONE
        assert addresses().level == "bad"


def test_doctor_says_of_which_day_the_addresses_are_and_warns_of_old_ones(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_book, "facts", lambda _path: {"addresses": "97", "day": "2020-01-01"})
    assert addresses().level == "warn"
    today = timezone.localdate().isoformat()
    monkeypatch.setattr(address_book, "facts", lambda _path: {"addresses": "97", "day": today})
    assert addresses().sentence == f"97 adressen van {today}."


def test_without_a_file_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", None)
    assert doors("Hoofdstraat 12a, Klein Grijsveen").found == ()
    assert addresses().level == "ok"
