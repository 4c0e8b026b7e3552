"""The directory names who answers where, only as far as they answer, and says how sure that is."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

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
from sluitend.journeys.exchanges.listed import AHEAD, HALF_A_YEAR
from sluitend.journeys.exchanges.models import DirectoryEntry
from sluitend.journeys.exchanges.queries import addressees
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup import escalation
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Membership, Organisation, Role
from sluitend.surfaces.templatetags.sluitend import nlyear

pytestmark = pytest.mark.django_db

INSPECTOR, FOCAL = "nla@arbeidsinspectie.example", "af@westland.example"
COORDINATOR = "regio@rsiv.example"
WESTLAND, SILENT, REGION = "GM1783", "GM0569", "rsiv"
ONE_DAY = timedelta(days=1)


def look(who: Actor, named: str = "") -> queries.Directory:
    """Return the directory as somebody sees it."""
    with acting(who):
        return queries.directory(who, named=named)


def entry(view: queries.Directory, code: str) -> queries.Entry:
    """Return one organisation of the directory."""
    return next(each for each in (*view.municipalities, *view.partners) if each.code == code)


def id_of(code: str) -> UUID:
    """Return the id of an organisation."""
    return Organisation.objects.get(code=code).id


def ask(code: str, *, later: timedelta = timedelta(0)) -> bool:
    """Do what the clock does for one organisation, so many days from now."""
    with acting(system_actor(id_of(code))) as actor:
        return actions.ask_to_confirm(actor, timezone.localdate() + later)


def asked(code: str) -> list[NextStep]:
    """Return the open steps about the directory of an organisation."""
    with acting(system_actor(id_of(code))):
        open_steps = NextStep.objects.filter(done__isnull=True, what__in=["confirm_entry", "check_silent"])
        return list(open_steps)


def confirmed_by(client: Client) -> str:
    """Press that it is right, and return the page that follows."""
    return as_read(client.post("/werk/gids/klopt/", follow=True).text)


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


def test_who_confirms_is_asked_again_after_half_a_year_as_the_page_says(
    client_for: Callable[[str], Client],
) -> None:
    assert "Bevestigd. Over een half jaar vragen wij het opnieuw." in confirmed_by(client_for(FOCAL))
    assert asked(WESTLAND) == []
    assert ask(WESTLAND, later=HALF_A_YEAR - AHEAD - ONE_DAY) is False
    assert ask(WESTLAND, later=HALF_A_YEAR - AHEAD) is True
    (step,) = asked(WESTLAND)
    # Who answers by then never stands there as unconfirmed.
    assert timezone.localdate(step.due) == timezone.localdate() + HALF_A_YEAR


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


def test_who_stands_in_the_directory_is_asked_once_until_they_answer(
    client_for: Callable[[str], Client],
) -> None:
    for code, role in ((WESTLAND, Role.FOCAL_POINT), ("avim", Role.PARTNER)):
        assert ask(code) is True
        assert [(each.what, each.owner_role, each.code) for each in asked(code)] == [
            ("confirm_entry", role, "")
        ]
        assert ask(code) is False
        assert ask(code, later=timedelta(days=400)) is False
        assert len(asked(code)) == 1
    # It stands on Vandaag, also for the deputy, and leads to the page where it is answered.
    for email in (FOCAL, "vervanger@westland.example"):
        today = as_read(client_for(email).get("/werk/").text)
        assert "Klopt wat er over u in de gids staat?" in today
        assert 'href="/werk/gids/"' in today
    assert "Klopt dit nog?" in client_for(FOCAL).get("/werk/gids/").text
    confirmed_by(client_for(FOCAL))
    assert asked(WESTLAND) == []
    assert "Klopt wat er over u in de gids staat?" not in client_for(FOCAL).get("/werk/").text
    # What one organisation confirms answers for no other.
    assert len(asked("avim")) == 1


def test_what_nobody_answers_climbs_like_any_other_step() -> None:
    ask(WESTLAND)
    (step,) = asked(WESTLAND)
    with acting(system_actor(id_of(WESTLAND))) as actor:
        reached = escalation.escalate(actor, step.due + timedelta(days=21)).reached
    assert Account.objects.get(email="manager@westland.example").pk in reached
    assert asked(WESTLAND)[0].level > 1


def test_where_nobody_stands_in_the_directory_the_region_is_asked_about_all_of_them(
    client_for: Callable[[str], Client],
) -> None:
    assert ask(SILENT) is False
    assert asked(SILENT) == []
    assert ask(REGION) is True
    assert [(each.what, each.owner_role) for each in asked(REGION)] == [
        ("check_silent", Role.REGIONAL_COORDINATOR)
    ]
    assert ask(REGION) is False
    client = client_for(COORDINATOR)
    assert "Niemand bevestigt de gids voor sommige organisaties." in as_read(client.get("/werk/").text)
    page = as_read(client.get("/werk/gids/").text)
    assert Organisation.objects.get(code=SILENT).name in page.partition("Laatst bevestigd")[0]
    assert not entry(look(samples.actor(INSPECTOR)), SILENT).confirmed
    client.post("/werk/gids/nagekeken/")
    assert asked(REGION) == []
    found = entry(look(samples.actor(INSPECTOR)), SILENT)
    assert (found.confirmed_on, found.by_region) == (timezone.localdate(), True)
    # It says nothing of who can answer for themselves.
    assert not entry(look(samples.actor(INSPECTOR)), WESTLAND).confirmed
    assert ask(REGION, later=HALF_A_YEAR) is True


def test_only_the_region_looks_at_the_lines_of_others() -> None:
    for email in (FOCAL, INSPECTOR):
        with acting(samples.actor(email)) as who, pytest.raises(PermissionDenied):
            actions.check_silent(actor=who)
        assert look(samples.actor(email)).unanswered == ()
    with acting(samples.actor(COORDINATOR)) as who, pytest.raises(PermissionDenied):
        actions.confirm_entry(actor=who)


def test_who_left_is_asked_no_more_and_who_comes_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("avim") is True
    monkeypatch.setitem(addressees.ANSWERS_FOR, Organisation.Kind.PARTNER, (Role.REPORTER,))
    assert ask("avim") is False
    assert asked("avim") == []
    monkeypatch.undo()
    assert ask("avim") is True


def test_the_directory_says_when_a_line_was_confirmed_last_also_when_that_is_long_ago(
    client_for: Callable[[str], Client],
) -> None:
    who, long_ago = samples.actor(FOCAL), timezone.localdate() - timedelta(days=300)
    with acting(who):
        actions.confirm_entry(actor=who)
        DirectoryEntry.objects.update(confirmed_on=long_ago)
    page = as_read(client_for(INSPECTOR).post("/werk/gids/", {"zoek": "westland"}).text)
    assert nlyear(long_ago) in page
    assert "Langer dan een half jaar geleden" in page


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
        assert (found.hours, found.other_telephone) == (line.hours.nl, "")
    own = with_line[0].id
    Organisation.objects.filter(code=own).update(telephone="070-111 22 33")
    found = entry(look(samples.actor(FOCAL)), own)
    # Its own number comes first; the other one that the handbook has is not hidden by it.
    assert (found.telephone, found.hours) == ("070-111 22 33", "")
    line = pack.help_lines[with_line[0].help_line or ""]
    assert (found.other_telephone, found.other_sure) == (line.number, line.confirmed)
    Organisation.objects.filter(code=own).update(telephone=line.number.replace(" ", "").replace("-", ""))
    assert entry(look(samples.actor(FOCAL)), own).other_telephone == ""
