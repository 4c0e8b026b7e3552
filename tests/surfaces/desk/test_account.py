"""One's own account."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.roles import give

from sluitend.kernel.access.acting import actor_for
from sluitend.kernel.organisations.models import Account, Organisation, Role

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AF = "af@westland.example"


def test_preferences_are_kept_and_shown(client_for: ClientFor) -> None:
    client = client_for(AF)
    values = {"work_days": ["1", "3"], "theme": "dark", "language": "nl", "covers_itself": "on"}
    assert client.post("/werk/account/", values).status_code == 302
    account = Account.objects.get(email=AF)
    assert (account.work_days, account.theme, account.single_keys, account.covers_itself) == (
        [1, 3],
        "dark",
        False,
        True,
    )
    text = client.get("/werk/").text
    assert 'data-theme="dark"' in text
    assert "maandag en woensdag" in text


@pytest.mark.parametrize("values", [{"work_days": "8"}, {"theme": "roze"}, {"language": "xx"}, {}])
def test_what_is_not_offered_is_not_kept(client_for: ClientFor, values: dict[str, str]) -> None:
    client = client_for(AF)
    before = Account.objects.values().get(email=AF)
    response = client.post("/werk/account/", {"language": "nl", **values} if values else {"x": "y"})
    assert response.status_code == 200
    assert Account.objects.values().get(email=AF) == before


def test_somebody_with_two_hats_chooses_and_sees_only_that_one(client_for: ClientFor) -> None:
    other = Organisation.objects.get(code="GM0518")
    give(Account.objects.get(email=AF).pk, other.pk, Role.MANAGER)
    client = client_for(AF)
    chosen = client.session
    chosen["membership"] = str(Organisation.objects.get(code="GM1783").id)
    chosen.save()
    assert client.get("/werk/overzicht/").status_code == 404
    assert client.post("/werk/account/organisatie/", {"organisation": str(other.id)}).status_code == 302
    assert client.get("/werk/overzicht/").status_code == 200
    assert client.get("/werk/zoeken/").status_code == 404


def test_who_has_several_places_starts_where_they_were(client_for: ClientFor) -> None:
    account = Account.objects.get(email=AF)
    other = Organisation.objects.get(code="GM0518")
    give(account.pk, other.pk, Role.MANAGER)
    assert actor_for(account).own_organisation != other.id
    client_for(AF).post("/werk/account/organisatie/", {"organisation": str(other.id)})
    account.refresh_from_db()
    assert actor_for(account).own_organisation == other.id
    assert client_for(AF).get("/werk/overzicht/").status_code == 200


def test_a_page_of_one_hat_sends_nothing_under_the_other(client_for: ClientFor) -> None:
    other, account = Organisation.objects.get(code="GM0518"), Account.objects.get(email=AF)
    give(account.pk, other.pk, Role.MANAGER)
    client = client_for(AF)
    client.handler.enforce_csrf_checks = True
    here, token = str(Organisation.objects.get(code="GM1783").id), "csrfmiddlewaretoken"
    typed = {"language": "nl", "theme": "dark"}
    page = client.get("/werk/account/")
    for organisation in (here, str(other.id)):
        before = str(page.context["csrf_token"])
        chosen = {"organisation": organisation, token: before}
        assert client.post("/werk/account/organisatie/", chosen).status_code == 302
        late = client.post("/werk/account/", {**typed, token: before})
        assert (late.status_code, late.headers["Sluitend-Session"]) == (400, "ended")
        page = client.get("/werk/account/")
        assert f'data-working-as="{account.pk} {organisation}"' in page.text
    assert client.post("/werk/account/", {**typed, token: str(page.context["csrf_token"])}).status_code == 302


@pytest.mark.parametrize("wanted", ["", "rommel", "GM0518"])
def test_nobody_acts_for_an_organisation_without_a_role_there(client_for: ClientFor, wanted: str) -> None:
    if wanted == "GM0518":
        wanted = str(Organisation.objects.get(code=wanted).id)
    assert client_for(AF).post("/werk/account/organisatie/", {"organisation": wanted}).status_code == 404


def test_without_any_role_there_is_nothing(client_for: ClientFor) -> None:
    Account.objects.create_user("los@westland.example", "Los", "x")
    assert client_for("los@westland.example").get("/werk/").status_code == 404
