"""An administrator gives and ends roles, of the own organisation, never of themselves."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read
from tests.roles import give

from sluitend.journeys.administration.actions import invitations
from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Invitation, Membership, Organisation, Role
from sluitend.kernel.organisations.queries import memberships, offers

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ADMIN = "beheer@westland.example"
PEOPLE = "/werk/beheer/mensen/"


def westland() -> Organisation:
    return Organisation.objects.get(code="GM1783")


def account(email: str) -> Account:
    return Account.objects.get(email=email)


def new_person(**changes: str) -> dict[str, str]:
    """Everything that an invitation asks."""
    values = {
        "name": "Fatima Bakker",
        "email": "fatima@westland.example",
        "role": "deputy",
    }
    return values | changes


def actions_kept() -> list[str]:
    with acting(system_actor(westland().id)):
        return list(Event.objects.order_by("at").values_list("action", flat=True))


def test_an_invitation_shows_its_words_once_and_waits_for_a_second_person(client_for: ClientFor) -> None:
    client = client_for(ADMIN)
    response = client.post(PEOPLE, new_person())
    invited = account("fatima@westland.example")
    words = ", ".join(response.context["words"].split("-"))
    assert words in response.text
    assert not invited.has_usable_password()
    assert words not in client.get(f"{PEOPLE}{invited.pk}/").text
    assert memberships(invited.pk) == []
    assert [(each.role, each.waits_for_second) for each in offers(invited.pk)] == [(Role.DEPUTY, True)]
    assert {"account.invited", "account.role_offered"} <= set(actions_kept())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "geen adres"}, "e-mailadres"),
        ({"name": ""}, "utrecht-form-field--invalid"),
        ({"role": "regional_coordinator"}, ""),
        ({"role": "partner"}, ""),
        ({"until": "2020-01-01"}, "Deze dag is al voorbij"),
        ({"until": "niets"}, ""),
        ({"name": "<script>alert(1)</script>" + "x" * 200}, ""),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    client_for: ClientFor, changes: dict[str, str], words: str
) -> None:
    response = client_for(ADMIN).post(PEOPLE, new_person(**changes))
    assert response.status_code == 200
    assert words in response.text
    assert "<script>alert" not in response.text
    assert "fatima@westland.example" in response.text or "email" in changes
    assert not Account.objects.filter(name__startswith="Fatima").exists()


def test_nobody_is_invited_for_another_organisation(client_for: ClientFor) -> None:
    other = Organisation.objects.get(code="GM0518")
    client_for(ADMIN).post(PEOPLE, new_person(organisation=str(other.id)))
    found = Membership.objects.filter(account__email="fatima@westland.example")
    assert set(found.values_list("organisation__code", flat=True)) == {"GM1783"}


def test_an_administrator_offers_somebody_the_role_of_inspector(client_for: ClientFor) -> None:
    client_for(ADMIN).post(PEOPLE, new_person(email="toezicht2@westland.example", role="inspector"))
    invited = Account.objects.get(email="toezicht2@westland.example")
    assert [each.role for each in offers(invited.pk)] == [Role.INSPECTOR]


def test_a_reporter_needs_no_second_person(client_for: ClientFor) -> None:
    client_for(ADMIN).post(PEOPLE, new_person(email="melder2@westland.example", role="reporter"))
    invited = Account.objects.get(email="melder2@westland.example")
    assert [each.role for each in memberships(invited.pk)] == [Role.REPORTER]


def test_who_has_an_account_gets_the_offer_and_keeps_the_password(client_for: ClientFor) -> None:
    before = account("af@denhaag.example").password
    client_for(ADMIN).post(PEOPLE, new_person(email="af@denhaag.example"))
    assert account("af@denhaag.example").password == before
    (offered,) = offers(account("af@denhaag.example").pk)
    assert (offered.waits_for_second, offered.waits_for_person) == (True, True)


def test_nothing_tells_whether_an_account_exists(client_for: ClientFor) -> None:
    """The answer, the list and the page of the person, of a new address and of a focal point elsewhere."""
    client = client_for(ADMIN)
    pages = []
    for email in ("nieuw@denhaag.example", "af@denhaag.example"):
        seen = [client.post(PEOPLE, new_person(email=email, role="reporter")).text]
        person = account(email)
        (row,) = [each for each in as_read(client.get(PEOPLE).text).split("<tr>") if str(person.pk) in each]
        seen += [row, client.get(f"{PEOPLE}{person.pk}/").text]
        seen.append(client.post(f"{PEOPLE}{person.pk}/", {"do": "again"}).text)
        pages.append([tidied(each, person) for each in seen])
    for new, known in zip(*pages, strict=True):
        assert new.split("<") == known.split("<")


def tidied(page: str, person: Account) -> str:
    """Return a page without what differs between any two people, or between any two times."""
    page = as_read(page).replace(person.email.replace("@", "<wbr>@"), "E").replace(person.email, "E")
    page = page.replace(str(person.pk), "ID").replace(
        str(person.memberships.get(organisation=westland()).pk), "M"
    )
    page = re.sub(r'<div class="sl-receipt".*?</div>', "CODE", page, flags=re.DOTALL)
    page = re.sub(r'(csrfmiddlewaretoken|sending|since|draft|draft_page)" value="[^"]*"', r"\1", page)
    return re.sub(r"nonce-[^']*|data-[a-z-]+=\"[^\"]*\"", "", page)


def test_a_role_can_last_until_a_day_and_be_ended(client_for: ClientFor) -> None:
    client, person = client_for(ADMIN), account("vervanger@westland.example")
    member = Membership.objects.get(account=person)
    until = timezone.localdate() + timedelta(days=5)
    client.post(
        f"{PEOPLE}{person.pk}/", {"do": "end", "membership": str(member.id), "until": until.isoformat()}
    )
    assert Membership.objects.get(pk=member.id).until == until
    assert client_for("vervanger@westland.example").get("/werk/zoeken/").status_code == 200
    client.post(f"{PEOPLE}{person.pk}/", {"do": "end", "membership": str(member.id), "until": ""})
    assert client_for("vervanger@westland.example").get("/werk/zoeken/").status_code == 404


def test_the_region_invites_a_first_administrator_anew_who_never_came_in(client_for: ClientFor) -> None:
    delft = Organisation.objects.get(code="GM0503").id
    page, client = f"/werk/beheer/organisaties/{delft}/", client_for("beheer@rsiv.example")
    named = re.findall(r' id="([^"]+)"', client.get(page).text)
    assert len(named) == len(set(named)), "two forms stand on one page"
    client.post(page, {"do": "first", "name": "Eerste", "email": "eerste@delft.example"})
    Invitation.objects.update(expires=timezone.now() - timedelta(days=1))
    assert "heeft nog nooit ingelogd" in client.get(page).text
    words = client.post(page, {}).context["words"]
    with transaction.atomic():
        person = account("eerste@delft.example")
        assert invitations.invited(link_of(person.pk), words) == person
    with acting(samples.actor("beheer@rsiv.example")):
        assert Event.objects.filter(action="account.invited_again").exists()
    # Not of another municipality, and no longer once they came in.
    assert client_for(ADMIN).post(page, {}).status_code == 404
    Account.objects.filter(pk=person.pk).update(last_login=timezone.now())
    assert client.post(page, {}).status_code == 404
    assert client.get(page).status_code == 404


def test_neither_answer_nor_ledger_tells_whether_an_address_had_an_account(client_for: ClientFor) -> None:
    client = client_for(ADMIN)

    def lines() -> Counter[tuple[str, str]]:
        with acting(system_actor(westland().id)):
            found = Event.objects.filter(action__startswith="account.")
            return Counter(found.values_list("action", "purpose"))

    def told(email: str) -> tuple[Counter[tuple[str, str]], int]:
        before = lines()
        page = client.post(PEOPLE, new_person(email=email, role="reporter")).text
        client.post(f"{PEOPLE}{account(email).pk}/", {"do": "again"})
        return lines() - before, len(page.replace(email, ""))

    assert told("fatima@westland.example") == told("af@denhaag.example")


def test_who_never_came_in_and_is_invited_for_another_role_gets_words_that_work(
    client_for: ClientFor,
) -> None:
    client = client_for(ADMIN)
    client.post(PEOPLE, new_person(role="reporter"))
    words = client.post(PEOPLE, new_person(role="inspector")).context["words"]
    person = account("fatima@westland.example")
    with transaction.atomic():
        assert invitations.invited(link_of(person.pk), words) == person


def test_nobody_gives_or_ends_a_role_of_themselves(client_for: ClientFor) -> None:
    client, self = client_for(ADMIN), account(ADMIN)
    own = Membership.objects.get(account=self)
    client.post(
        f"{PEOPLE}{self.pk}/", {"do": "role", "organisation": str(westland().id), "role": "focal_point"}
    )
    client.post(PEOPLE, new_person(email=ADMIN, role="focal_point"))
    client.post(f"{PEOPLE}{self.pk}/", {"do": "end", "membership": str(own.id)})
    assert [(each.role, each.until) for each in Membership.objects.filter(account=self)] == [
        ("administrator", None)
    ]


@pytest.mark.parametrize("do", ["again", "close", "end", "role", "anders", ""])
def test_somebody_of_another_organisation_is_not_there(client_for: ClientFor, do: str) -> None:
    person = account("af@denhaag.example")
    before = person.password
    page = f"{PEOPLE}{person.pk}/"
    assert client_for(ADMIN).get(page).status_code == 404
    assert client_for(ADMIN).post(page, {"do": do}).status_code == 404
    assert account("af@denhaag.example").password == before


def test_who_is_at_home_elsewhere_is_closed_there_only(client_for: ClientFor) -> None:
    person = account("af@denhaag.example")
    give(person.pk, westland().pk, Role.DEPUTY)
    page = f"{PEOPLE}{person.pk}/"
    assert "Gemeente &#x27;s-Gravenhage" not in client_for(ADMIN).get(page).text
    assert client_for(ADMIN).post(page, {"do": "again"}).status_code == 404
    assert client_for(ADMIN).post(page, {"do": "close"}).status_code == 404
    assert client_for("beheer@denhaag.example").post(page, {"do": "close"}).status_code == 302
    assert not account("af@denhaag.example").is_active


def test_an_account_is_closed_and_opened_again(client_for: ClientFor) -> None:
    client, person = client_for(ADMIN), account("manager@westland.example")
    client.post(f"{PEOPLE}{person.pk}/", {"do": "close"})
    assert not account("manager@westland.example").is_active
    client.post(f"{PEOPLE}{person.pk}/", {"do": "open"})
    assert account("manager@westland.example").is_active
    assert actions_kept() == ["account.closed", "account.opened"]


def test_a_membership_of_somebody_else_is_not_ended(client_for: ClientFor) -> None:
    person, other = (
        account("vervanger@westland.example"),
        Membership.objects.get(account__email="manager@westland.example"),
    )
    page = f"{PEOPLE}{person.pk}/"
    assert client_for(ADMIN).post(page, {"do": "end", "membership": str(other.id)}).status_code == 404
    assert client_for(ADMIN).post(page, {"do": "end", "membership": "rommel"}).status_code == 404
    assert client_for(ADMIN).get(f"{PEOPLE}{uuid4()}/").status_code == 404


def test_an_administrator_changes_the_own_organisation_only(client_for: ClientFor) -> None:
    client, other = client_for(ADMIN), Organisation.objects.get(code="GM0518")
    values = {"name": "Gemeente Westland", "mail": "piket@westland.example", "telephone": "0174 00 00 00"}
    client.post(f"/werk/beheer/organisaties/{westland().id}/", values)
    assert westland().mail == "piket@westland.example"
    assert client.post(f"/werk/beheer/organisaties/{other.id}/", values).status_code == 404
    assert client.post("/werk/beheer/organisaties/", {"code": "X1"}).status_code == 404


def test_a_long_address_wraps_at_its_sign_on_a_phone(client_for: ClientFor) -> None:
    assert "vervanger<wbr>@westland.example" in client_for(ADMIN).get(PEOPLE).text


def test_the_own_organisation_stands_apart_from_the_directory(client_for: ClientFor) -> None:
    text = as_read(client_for(ADMIN).get("/werk/beheer/organisaties/").text)
    before, directory = text.split("<table", 1)
    assert f'href="/werk/beheer/organisaties/{westland().id}/">Wijzig uw gegevens' in before
    assert "Gemeente Delft" not in before
    assert "Gemeente Delft" in directory


def test_the_regions_administrator_adds_an_organisation(client_for: ClientFor) -> None:
    bureau = Membership.objects.get(account__email="regio@rsiv.example")
    give(bureau.account_id, bureau.organisation_id, Role.ADMINISTRATOR)
    client = client_for("regio@rsiv.example")
    values = {"kind": "partner", "code": "nieuw-1", "name": "Nieuwe partner"}
    assert client.post("/werk/beheer/organisaties/", values).status_code == 302
    again = client.post("/werk/beheer/organisaties/", values)
    assert "Er is al een organisatie met deze code." in again.text
    assert "heeft nog geen sleutel" in client.get("/werk/beheer/sleutels/").text


def test_keys_show_what_is_public_and_nothing_else(client_for: ClientFor) -> None:
    text = client_for(ADMIN).get("/werk/beheer/sleutels/").text
    assert "Het register klopt en elke organisatie heeft een sleutel." in text
    assert "private" not in text
    assert "seed" not in text


def listed(client: Client, **sought: str) -> str:
    """Return the table of people by what is sought, or by what the address asks."""
    answer = client.post(PEOPLE, sought) if "q" in sought else client.get(PEOPLE, sought)
    assert answer.status_code == 200
    return answer.text.partition("<tbody>")[2]


def test_people_are_found_by_name_address_and_role(client_for: ClientFor) -> None:
    client = client_for(ADMIN)
    for words in ("Samira", "haddou", "VERVANGER@"):
        found = listed(client, q=words)
        assert ("Samira Haddou" in found, "Ravi Sital" in found) == (True, False)
    found = listed(client, rol="deputy")
    assert ("Samira Haddou" in found, "Ravi Sital" in found) == (True, False)
    assert "Samira Haddou" not in listed(client, q="af@denhaag")
    assert "Fatima" not in client.post(PEOPLE, {"q": "%"}).text


def test_the_name_of_somebody_invited_is_not_found_where_it_is_not_shown(client_for: ClientFor) -> None:
    other = account("af@denhaag.example")
    client = client_for(ADMIN)
    client.post(PEOPLE, new_person(email=other.email, name="Iemand"))
    assert other.email in listed(client, q="af@denhaag")
    assert other.email not in listed(client, q=other.name)


def test_searching_invites_nobody_and_inviting_searches_nothing(client_for: ClientFor) -> None:
    client = client_for(ADMIN)
    page = client.post(PEOPLE, {"q": "Samira"}).text
    assert "utrecht-form-field--invalid" not in page
    assert '<details class="sl-more" open' not in page
    assert "Ravi Sital" in client.post(PEOPLE, new_person(email="geen adres")).text
