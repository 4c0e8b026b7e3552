"""The directory names who answers where, only as far as they answer, and says how sure that is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.reading import as_read
from tests.roles import give

from sluitend.journeys.administration.actions import absence
from sluitend.journeys.exchanges import actions, queries
from sluitend.journeys.exchanges.models import DirectoryEntry
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Membership, Organisation, Role

pytestmark = pytest.mark.django_db

INSPECTOR, FOCAL = "nla@arbeidsinspectie.example", "af@westland.example"


def look(who: Actor, named: str = "") -> queries.Directory:
    """Return the directory as somebody sees it."""
    with acting(who):
        return queries.directory(who, named=named)


def entry(view: queries.Directory, code: str) -> queries.Entry:
    """Return one organisation of the directory."""
    return next(each for each in (*view.municipalities, *view.partners) if each.code == code)


def test_a_partner_finds_the_focal_point_and_the_way_to_ask() -> None:
    found = entry(look(samples.actor(INSPECTOR)), "GM1783")
    assert [(one.name, one.days) for one in found.contacts][-1] == ("Noor de Bruin", "di, do")
    assert found.may_ask


def test_areas_stand_in_the_order_of_their_names() -> None:
    heit = Organisation.objects.get(code="heit")
    parts = sorted(heit.subregions.all(), key=lambda part: part.name)
    assert len(parts) == 2
    for order in (parts, parts[::-1]):
        heit.subregions.clear()
        for part in order:
            heit.subregions.add(part)
        assert entry(look(samples.actor(INSPECTOR)), "heit").areas == tuple(part.name for part in parts)


def test_only_who_answers_is_named() -> None:
    view = look(samples.actor(INSPECTOR))
    names = {one.name for each in (*view.municipalities, *view.partners) for one in each.contacts}
    others = Membership.objects.exclude(role__in=[Role.FOCAL_POINT, Role.DEPUTY])
    assert not names & set(others.values_list("account__name", flat=True))
    assert entry(view, "avim").contacts == ()
    assert not entry(view, "avim").may_ask


def test_who_is_away_is_shown_with_who_stands_in() -> None:
    who = samples.actor(FOCAL)
    with acting(who):
        absence.write_down(
            who.own_account,
            organisation_id=who.own_organisation,
            first=timezone.localdate(),
            last=timezone.localdate() + timedelta(days=5),
            deputy_id=Account.objects.get(email="vervanger@westland.example").pk,
            by=who.own_account,
        )
    found = entry(look(samples.actor(INSPECTOR)), "GM1783")
    away = next(one for one in found.contacts if one.name == "Noor de Bruin")
    assert away.away_until == timezone.localdate() + timedelta(days=5)
    assert away.stands_in == "Samira Haddou"


def test_one_press_confirms_for_half_a_year() -> None:
    who = samples.actor(FOCAL)
    assert not entry(look(who), "GM1783").confirmed
    with acting(who):
        actions.confirm_entry(actor=who)
    assert entry(look(samples.actor(INSPECTOR)), "GM1783").confirmed
    with acting(who):
        DirectoryEntry.objects.update(confirmed_on=timezone.localdate() - timedelta(days=184))
    assert not entry(look(who), "GM1783").confirmed


def test_who_confirms_is_promised_no_question_that_nobody_asks(client_for: Callable[[str], Client]) -> None:
    page = client_for(FOCAL).post("/werk/gids/klopt/", follow=True).text
    assert "Over een half jaar staat hier weer dat het niet is bevestigd." in page
    assert "vragen wij het opnieuw" not in page


def test_an_own_number_is_shown_only_by_choice() -> None:
    who = samples.actor(FOCAL)
    with acting(who), pytest.raises(DomainError):
        actions.show_number(telephone="bel mij", actor=who)
    with acting(who):
        actions.show_number(telephone="06 00 00 00 01", actor=who)
    numbers = [one.telephone for one in entry(look(samples.actor(INSPECTOR)), "GM1783").contacts]
    assert "06 00 00 00 01" in numbers
    with acting(who):
        actions.show_number(telephone="", actor=who)
    assert not any(one.telephone for one in entry(look(who), "GM1783").contacts)


def test_nobody_of_a_partner_shows_a_number() -> None:
    who = samples.actor(INSPECTOR)
    with acting(who), pytest.raises(PermissionDenied):
        actions.show_number(telephone="06 00 00 00 01", actor=who)


def test_nobody_confirms_for_another() -> None:
    who = samples.actor(FOCAL)
    other = Organisation.objects.get(code="GM0518")
    with pytest.raises(DatabaseError), acting(who):
        DirectoryEntry.objects.create(
            organisation_id=other.id, confirmed_on=timezone.localdate(), confirmed_by_id=who.own_account
        )


def test_it_is_searched_by_name_of_place_and_person() -> None:
    who = samples.actor(INSPECTOR)
    assert [each.code for each in look(who, "westland").municipalities] == ["GM1783"]
    assert [each.code for each in look(who, "noor de").municipalities] == ["GM1783"]
    assert look(who, "bestaat niet").municipalities == ()


def test_more_organisations_take_no_more_statements(client_for: Callable[[str], Client]) -> None:
    client = client_for(FOCAL)
    client.get("/werk/gids/")  # what a process remembers is remembered from here on
    counts = []
    for number in range(2):
        for extra in range(number * 5):
            organisation = Organisation.objects.create(
                code=f"X{extra}", name=f"Gemeente X{extra}", kind="municipality"
            )
            account = Account.objects.create_user(f"x{extra}@x.example", f"Xander {extra}")
            give(account.pk, organisation.pk, Role.FOCAL_POINT)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/werk/gids/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_where_nobody_answers_is_folded_and_open_to_who_looks_for_it(
    client_for: Callable[[str], Client],
) -> None:
    view = look(samples.actor(INSPECTOR))
    assert view.answering
    assert view.silent
    assert {*view.answering, *view.silent} == {*view.municipalities}
    client, folded = client_for(INSPECTOR), '<details class="sl-more"><summary>'
    text = as_read(client.get("/werk/gids/").text)
    assert text.index(view.answering[-1].name) < text.index(folded) < text.index(view.silent[0].name)
    found = as_read(client.post("/werk/gids/", {"zoek": view.silent[0].name}).text)
    assert '<details class="sl-more" open><summary>' in found
    assert view.silent[0].name in found


def test_a_partner_without_an_own_number_has_that_of_the_handbook() -> None:
    pack = current_release().pack
    with_line = [one for one in pack.partners if one.help_line and Organisation.objects.filter(code=one.id)]
    assert with_line
    view = look(samples.actor(FOCAL))
    for partner in with_line:
        line = pack.help_lines[partner.help_line or ""]
        found = entry(view, partner.id)
        assert (found.telephone, found.telephone_sure) == (line.number, line.confirmed)
    own = with_line[0].id
    Organisation.objects.filter(code=own).update(telephone="070-111 22 33")
    assert entry(look(samples.actor(FOCAL)), own).telephone == "070-111 22 33"
