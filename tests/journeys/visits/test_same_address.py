"""One address however it was written or picked: a hold binds both, and a page says which is only perhaps."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from tests.journeys.cases.matters import YES, filed, opened, somebody, taken_in
from tests.journeys.visits.situations import Town
from tests.kernel.handbook.invented_addresses import make_book, row_of, write_register
from tests.kernel.handbook.invented_borders import FOLDER

from sluitend.cli import main
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.actions import NewSubject
from sluitend.journeys.cases.journey import CASE_READ
from sluitend.journeys.cases.queries.earlier import earlier_for_case
from sluitend.journeys.cases.queries.rows import find_case
from sluitend.journeys.visits import queries
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.address_book import Address, doors

pytestmark = pytest.mark.django_db

type Install = Callable[[Path | None], None]
TYPED = Place(address="Hoofdstr. 14")
"""Of which three towns have one."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Addresses of the invented region."""
    return make_book(tmp_path_factory.mktemp("same"))


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Let the installation read a file of addresses from now on."""
    return lambda path: monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", path)


@pytest.fixture
def there(book: Path, install: Install) -> Address:
    """An address of the register that is installed, in one of the three towns."""
    install(book)
    return next(each for each in doors(TYPED.address).found if each.place == "Oosterhage")


def picked(address: Address) -> Place:
    return Place(address=address.text, door=address.id)


def seen(town: Town, code: str) -> queries.VisitView:
    with acting(town.focal_point):
        return queries.visit(code, town.focal_point)


def holds(town: Town, visit: str) -> list[str]:
    """Return what the page says of each wait request that keeps a visit back: where it only perhaps is."""
    with pytest.raises(DomainError):
        town.release(visit)
    return [each.perhaps for each in seen(town, visit).wait_requests]


def test_a_hold_on_the_typed_address_binds_the_picked_one_and_the_other_way_round(
    town: Town, there: Address
) -> None:
    visit = town.plan(picked(there))
    town.note_wait_request(TYPED)
    assert holds(town, visit) == [TYPED.address]
    town.note_wait_request(replace(picked(there), plate="VB-999-X"))
    assert holds(town, visit) == [TYPED.address, ""]


def test_a_picked_address_binds_what_was_typed_before_there_was_a_register(
    town: Town, book: Path, install: Install, there: Address
) -> None:
    install(None)
    by_street, by_postcode = town.plan(TYPED), town.plan(Place(address=f"{there.postcode} {there.door}"))
    install(book)
    town.note_wait_request(picked(there))
    assert holds(town, by_street) == [there.text]
    assert holds(town, by_postcode) == [there.text]


def test_a_street_that_got_another_name_is_the_same_address(
    town: Town, there: Address, install: Install, tmp_path: Path
) -> None:
    visit = town.plan(picked(there))
    renamed = {row_of(there.id): {"openbareruimte": "Vredeslaan", "postcode": "1099ZZ"}}
    install(make_book(tmp_path, renamed))
    new = doors("Vredeslaan 14, Oosterhage").found[0]
    assert new.id == there.id
    town.note_wait_request(picked(new))
    assert holds(town, visit) == [""]
    assert seen(town, visit).place.address == there.text


def test_what_was_typed_and_can_be_one_address_keeps_its_number(
    town: Town, there: Address, install: Install, tmp_path: Path
) -> None:
    visit = town.plan(Place(address="hoofdstr 14, Oosterhage"))
    install(make_book(tmp_path, {row_of(there.id): {"openbareruimte": "Vredeslaan", "postcode": "1099ZZ"}}))
    town.note_wait_request(Place(address="Vredeslaan 14, Oosterhage"))
    assert holds(town, visit) == [""]


def test_an_address_that_ended_stays_readable_and_still_holds(
    town: Town, there: Address, install: Install, tmp_path: Path
) -> None:
    visit = town.plan(picked(there))
    install(make_book(tmp_path, {row_of(there.id): {"nummeraanduiding": ""}}))
    assert there.id not in {each.id for each in doors(there.text).found}
    town.note_wait_request(Place(address="Hoofdstraat 14, Oosterhage"))
    assert holds(town, visit) == ["Hoofdstraat 14, Oosterhage"]
    assert seen(town, visit).place.address == there.text


def test_a_number_that_was_taken_back_and_its_new_one_are_one_address(
    town: Town, install: Install, tmp_path: Path
) -> None:
    write_register(tmp_path / "extract.zip")
    target = tmp_path / "renumbered.sqlite"
    words = ["--source", "verzonnen", "--day", "2026-11-01", "--into", str(target), "--pack", str(FOLDER)]
    assert main(["handbook", "addresses", str(tmp_path / "extract.zip"), *words]) == 0
    install(target)
    visit = town.plan(Place(address="Een andere naam 1", door="9990200000009001"))
    town.note_wait_request(Place(address="Weer anders 2", door="9990200000000001"))
    assert holds(town, visit) == [""]


def test_another_address_is_not_held(town: Town, there: Address) -> None:
    visit = town.plan(picked(there))
    town.note_wait_request(Place(address="Hoofdstraat 12, Oosterhage"))
    assert seen(town, visit).wait_requests == ()
    town.release(visit)


def test_a_report_with_the_picked_address_holds_a_typed_visit_and_says_perhaps(
    town: Town, there: Address
) -> None:
    case = taken_in(where="Hoofdstraat 14", address=there.text, door=there.id)
    typed, chosen = town.plan(TYPED), town.plan(picked(there))
    assert seen(town, typed).gates == seen(town, chosen).gates == (case,)
    assert case in seen(town, typed).perhaps
    assert case not in seen(town, chosen).perhaps
    assert seen(town, chosen).perhaps == {typed}
    with acting(town.focal_point):
        planned, _found = queries.at_case(case, town.focal_point)
    assert {each.code: each.perhaps for each in planned} == {typed: True, chosen: False}


def test_earlier_signals_say_whether_it_is_the_same_address(town: Town, there: Address) -> None:
    same = filed(where="Hoofdstr 14", address=there.text, door=there.id, company="", kvk="")
    perhaps = filed(where="Hoofdstraat 14", company="", kvk="")
    case = taken_in(where=there.text, address=there.text, door=there.id, company="", kvk="")
    with somebody() as actor:
        found = earlier_for_case(find_case(case, actor, CASE_READ), actor)
        words = {each.code: each.shares_words for each in found}
        assert (words[same], words[perhaps]) == ("zelfde adres", "misschien zelfde adres")
        lines = {
            each.end.code: each.words for each in case_queries.picture(case, actor).bonds if each.end.code
        }
        assert (lines[same], lines[perhaps]) == ("zelfde adres", "misschien zelfde adres")


def test_the_picture_draws_one_address_as_sure_and_two_alike_as_perhaps(town: Town, there: Address) -> None:
    case = taken_in(where=there.text, address=there.text, door=there.id, company="", kvk="")
    with somebody() as actor:
        for name, known in (
            ("Loods", (("address", "Hoofdstraat 14"),)),
            ("Kas", (("address", there.text), ("door", there.id))),
        ):
            cases.add_subject(actor=actor, code=case, new=NewSubject("place", name, identifiers=known))
        page = case_queries.picture(case, actor)
    drawn = {each.start.name: (each.words, each.sure) for each in page.bonds if each.end.name == there.text}
    assert drawn["Loods"] == ("misschien zelfde adres", False)
    assert drawn["Kas"] == ("zelfde adres", True)


def test_the_number_of_the_register_is_read_by_nobody(town: Town, there: Address) -> None:
    case = taken_in(where=there.text, address=there.text, door=there.id)
    with somebody() as actor:
        view = case_queries.case(case, actor)
    assert not any(there.id in value for each in view.subjects for _kind, value in each.identifiers)
    assert any(there.id in each.doors for each in view.subjects)


def test_two_addresses_written_alike_do_not_become_one_subject(town: Town, there: Address) -> None:
    case = taken_in(where=there.text, address=there.text, door=there.id, company="", kvk="")
    other = next(each for each in doors(TYPED.address).found if each.place == "Grijsveen")
    for address in (other, there):
        report = filed(where="Hoofdstraat 14", address=address.text, door=address.id, company="", kvk="")
        with somebody() as actor:
            cases.add_to_case(actor=actor, report=opened(report, actor), judgement=YES, case_code=case)
    with somebody() as actor:
        names = [each.name for each in case_queries.case(case, actor).subjects if each.kind == "place"]
    assert sorted(names) == sorted([there.text, other.text])


def test_the_page_of_a_visit_says_perhaps(
    town: Town, there: Address, client_for: Callable[[str], Client]
) -> None:
    visit = town.plan(picked(there))
    town.note_wait_request(TYPED)
    page = client_for("af@westland.example").get(f"/werk/vrijgeven/{visit}/").text
    assert "Misschien zelfde adres" in page
