"""A list of visits comes in whole: each fault of each line is told at once, and nothing is planned before."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.journeys.visits.situations import Town, days, make_town
from tests.journeys.visits.test_no_release_without_consultation import at_once

from sluitend.journeys.visits import actions
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.listing import ForAll, Listed, read
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError

type Clients = Callable[[str], Client]
PLANNER, LIST = "toezicht@westland.example", "/werk/toezicht/lijst/"


def listed(text: str, **more: Any) -> Listed:
    """Read lines of checks in three days."""
    return read(text, ForAll(**{"kind": "check", "day": days(3), **more}))


def faults(text: str, **more: Any) -> dict[int, tuple[str, ...]]:
    """Return what is wrong, by line."""
    return {each.number: each.faults for each in listed(text, **more).faulty}


def test_pasted_addresses_are_a_line_each() -> None:
    found = listed("\nKwakelweg 12, De Lier\r\n\r\n  Kwakelweg 14, De Lier  \n")
    assert [each.place.address for each in found.right] == ["Kwakelweg 12, De Lier", "Kwakelweg 14, De Lier"]
    assert {(each.kind, each.day) for each in found.right} == {("check", days(3))}


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_table_has_dutch_names_on_top(separator: str) -> None:
    day = days(9)
    rows = [
        [
            "Straat",
            "Huisnummer",
            "Toevoeging",
            "Postcode",
            "Plaats",
            "Bedrijf",
            "KvK-nummer",
            "Datum",
            "Soort",
        ],
        ["Kwakelweg", "12", "a", "2678 AB", "De Lier", "Kas", "90004127", f"{day:%d-%m-%Y}", "Brief"],
        ["Kwakelweg", "14", "", "", "", "", "", "", ""],
    ]
    first, second = listed("\n".join(separator.join(row) for row in rows)).right
    assert first.place == Place("Kwakelweg 12 a, 2678 AB De Lier", company="Kas", kvk="90004127")
    assert (first.kind, first.day) == ("letter", day)
    assert (second.place.address, second.kind, second.day) == ("Kwakelweg 14", "check", days(3))


def test_every_fault_of_every_line_is_told_at_once() -> None:
    text = (
        "Adres;KvK;Kenteken;Dag;Soort\n"
        "Kwakelweg;123;?;31-02-2027;feest\n"
        "Kwakelweg 12;;;01-01-2020;\n"
        "Kwakelweg 14;;;;\n"
        "KWAKELWG. 14;;;;\n"
        '=HYPERLINK("x");;;;\n'
        ";;;;;los\n"
        f"{'a' * 170} 1;;;;\n"
    )
    found = faults(text)
    assert sorted(found) == [2, 3, 5, 6, 7, 8]
    assert len(found[2]) == 5
    assert found[3] == ("Kies een dag vanaf vandaag, binnen een jaar.",)
    assert found[5] == ("Dit staat ook op regel 4.",)
    assert "formule" in found[6][0]
    assert any("zonder naam" in each for each in found[7])
    assert any("160 tekens" in each for each in found[8])
    assert [each.place.address for each in listed(text).right] == ["Kwakelweg 14"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "geen regel"),
        ("Adres;Dag", "geen regel"),
        ("Adres;Geheim\nKwakelweg 12;x", "“Geheim” kennen wij niet"),
        ("Adres;Locatie\nKwakelweg 12;x", "twee keer"),
        ('Adres;Dag\n"Kwakelweg 12;', "aanhalingsteken"),
        ("Kwakelweg 12;De Lier", "eerste regel"),
        ("Adres\n" + "Kwakelweg 12\n" * 201, "201 regels"),
        ("a" * 60_001, "te lang"),
    ],
)
def test_what_is_no_list_is_said_of_all_of_it(text: str, said: str) -> None:
    found = listed(text)
    assert found.lines == ()
    assert any(said in each for each in found.wrong)


@given(text=st.text(max_size=400), day=st.one_of(st.none(), st.dates()))
def test_whatever_is_pasted_is_read_or_refused_in_words(text: str, day: date | None) -> None:
    found = listed(text, day=day)
    assert found.wrong or found.lines
    assert len(found.right) + len(found.faulty) == len(found.lines)
    for plan in found.right:
        assert not actions.faults_of(plan)


def sheet(*rows: list[Any]) -> bytes:
    """Return a spreadsheet."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def send(client: Client, content: bytes | str = "", *, name: str = "lijst.xlsx", **more: str) -> Any:
    """Send a list: a file, or lines."""
    sent: dict[str, Any] = {"kind": "check", "day": days(3).isoformat(), "aim": "", **more}
    given = {"rows": content} if isinstance(content, str) else {"file": SimpleUploadedFile(name, content)}
    return client.post(LIST, {**sent, **given}, follow=True)


def planned(town: Town) -> list[tuple[str, date]]:
    """Return what is planned: kind and day."""
    with acting(town.focal_point):
        return sorted(Visit.objects.values_list("kind", "day"))


def test_a_spreadsheet_is_planned_line_by_line_and_waits_like_any_other(
    town: Town, client_for: Clients
) -> None:
    day = days(5)
    content = sheet(
        ["Adres", "KvK-nummer", "Datum", "Waarvoor"],
        ["Kwakelweg 12, De Lier", 90004127, datetime.combine(day, time()), "Bewoning"],
        [None],
        ["Kwakelweg 14, De Lier"],
    )
    page = send(client_for(PLANNER), content)
    assert "2 contacten gepland." in page.text
    assert planned(town) == [("check", days(3)), ("check", day)]
    held = town.note_wait_request()
    with acting(town.focal_point):
        codes = list(Visit.objects.order_by("day").values_list("code", flat=True))
    came = town.do(town.focal_point, actions.release_together, codes=codes)
    assert came.released == (codes[0],)
    assert held


def test_what_is_wrong_is_told_and_nothing_is_planned_until_it_is_left_out(
    town: Town, client_for: Clients
) -> None:
    client = client_for(PLANNER)
    content = sheet(["Adres", "Dag"], ["Kwakelweg 12"], ["Kwakelweg", "=1+1"], ["Kwakelweg 14", "31-12-2019"])
    page = send(client, content)
    assert page.status_code == 422
    assert planned(town) == []
    for said in (
        "Regel 3",
        "Regel 4",
        "formule",
        "Schrijf straat en huisnummer",
        "Kies een dag vanaf vandaag",
    ):
        assert said.lower() in page.text.lower()
    assert "Plan de 1 goede" in page.text
    text = page.context["form"]["rows"].value()
    assert "Kwakelweg 14;31-12-2019" in text
    page = send(client, text, leave="1")
    assert "1 contact gepland." in page.text
    assert planned(town) == [("check", days(3))]
    again = send(client, text, leave="1")
    assert "Dit hebt u al gepland." in again.text
    assert len(planned(town)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("Adres\nCafé 12".encode("cp1252"), "lijst.csv", "CSV UTF-8"),
        ("Adres\nKade 12".encode("utf-16"), "lijst.csv", "CSV UTF-8"),
        (b"%PDF-1.7", "lijst.pdf", "Kies een Excel-bestand"),
        (b"PK\x03\x04 geen zip", "lijst.xlsx", "geen Excel-bestand"),
        (b"Adres\n" + b"a" * (1024 * 1024), "lijst.csv", "te groot"),
        (b"", "lijst.csv", "geen regel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    town: Town, client_for: Clients, content: bytes, name: str, said: str
) -> None:
    page = send(client_for(PLANNER), content, name=name)
    assert page.status_code == 422
    assert said in page.text
    assert planned(town) == []


def test_a_far_or_huge_cell_ends_nothing(town: Town, client_for: Clients) -> None:
    far, huge = Workbook(), Workbook()
    far.active["XFD1048576"] = "ver"  # type: ignore[index]
    huge.active.append(["Adres"])  # type: ignore[union-attr]
    for _each in range(8):
        huge.active.append(["a" * 32_000])  # type: ignore[union-attr]
    for book in (far, huge):
        out = io.BytesIO()
        book.save(out)
        page = send(client_for(PLANNER), out.getvalue())
        assert page.status_code == 422
        assert "Er staat te veel in dit bestand" in page.text
    assert planned(town) == []


def test_no_list_goes_beyond_forty_open_at_once(town: Town, client_for: Clients) -> None:
    client = client_for(PLANNER)
    rows = [f"Heel ergens anders {number}" for number in range(1, 42)]
    assert "Dit zijn er 41." in send(client, "\n".join(rows)).text
    assert planned(town) == []
    send(client, "\n".join(rows[:39]))
    assert len(planned(town)) == 39
    assert "U kunt er nu 1 plannen" in send(client, "Elders 1\nElders 2").text
    send(client, rows[39])
    with pytest.raises(DomainError):
        town.plan()


def test_two_lists_in_the_same_instant_stay_within_the_bound(own_database: str) -> None:
    town = make_town()

    def plans(street: str) -> list[Plan]:
        return [Plan("check", days(3), Place(address=f"{street} {number}")) for number in range(1, 26)]

    buttons = [
        lambda street=street: town.do(town.planner, actions.plan_visits, plans=plans(street))
        for street in ("Noord", "Zuid")
    ]
    assert at_once(*buttons) == []
    assert len(planned(town)) == 25


@pytest.mark.parametrize("who", ["nla@arbeidsinspectie.example", "manager@westland.example"])
def test_nobody_else_plans_a_list(client_for: Clients, who: str, db: None) -> None:
    assert client_for(who).get(LIST).status_code == 404
