"""A key of a session that somebody else knows is worth nothing once it matters."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from sluitend.kernel.organisations.models import Account, Organisation, Role
from sluitend.surfaces.errors import SESSION
from tests import guesses
from tests.reading import as_read
from tests.roles import give
from tests.surfaces.desk.test_sign_in import AF, code_for, set_up_app, sign_in

pytestmark = pytest.mark.django_db

PLANTED = "abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture(autouse=True)
def _no_tries_of_before(db: None) -> None:
    guesses.forget()


def key_of(client: Client) -> str:
    """Return the key that a browser holds."""
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def comes_in(key: str) -> bool:
    """Return whether somebody with this key, and nothing else, gets to the desk."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return bool(client.get("/werk/account/").status_code == 200)


def test_a_key_that_was_planted_is_not_used(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = PLANTED
    client.get("/inloggen/")
    sign_in(client)
    assert key_of(client) != PLANTED
    assert not comes_in(PLANTED)


def test_the_key_of_before_signing_in_is_not_that_of_after(client: Client) -> None:
    client.get("/inloggen/")
    before = key_of(client)
    sign_in(client)
    assert comes_in(key_of(client))
    assert key_of(client) != before
    assert not comes_in(before)


def test_the_key_of_between_the_two_factors_opens_nothing_after_either(client: Client) -> None:
    secret = set_up_app(client)
    client.post("/uitloggen/")
    sign_in(client)
    between = key_of(client)
    assert not comes_in(between)
    guesses.forget()
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    assert comes_in(key_of(client))
    assert key_of(client) != between
    assert not comes_in(between)


def test_a_code_of_the_app_works_once(client: Client) -> None:
    secret = set_up_app(client)
    client.post("/uitloggen/")
    guesses.forget()
    code = code_for(secret)
    sign_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    other = Client()
    sign_in(other)
    assert "Deze code klopt niet" in other.post("/account/2fa/authenticate/", {"code": code}).text


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1}."])
def test_a_code_of_the_app_works_once_however_it_is_written_and_wherever_it_is_asked(
    client: Client, written: str
) -> None:
    """Another process knows nothing of the first, as the memory of the library is that of one."""
    secret = set_up_app(client)
    client.post("/uitloggen/")
    guesses.forget()
    code = code_for(secret)
    sign_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    cache.clear()
    other = Client()
    sign_in(other)
    again = written.format(code[:3], code[3:])
    assert "Deze code klopt niet" in other.post("/account/2fa/authenticate/", {"code": again}).text


def test_a_session_that_ended_opens_nothing(client: Client) -> None:
    sign_in(client)
    key = key_of(client)
    client.post("/uitloggen/")
    assert not comes_in(key)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    sign_in(client)
    stolen = Client()
    sign_in(stolen)
    own, old = "fiets regen tulpenbol", settings.SLUITEND_DEMO_PASSWORD
    client.post("/account/wachtwoord/", {"oldpassword": old, "password1": own, "password2": own})
    assert comes_in(key_of(client))
    assert not comes_in(key_of(stolen))


def test_another_organisation_is_another_key(client: Client) -> None:
    account = Account.objects.get(email=AF)
    leiden = Organisation.objects.get(code="GM0546")
    give(account.pk, leiden.pk, Role.DEPUTY)
    sign_in(client)
    before = key_of(client)
    client.post("/werk/account/organisatie/", {"organisation": str(leiden.id)})
    assert key_of(client) != before
    assert comes_in(key_of(client))
    assert not comes_in(before)


def test_an_organisation_that_was_made_up_is_none_of_yours(client: Client) -> None:
    sign_in(client)
    other = Organisation.objects.get(code="GM0518")
    assert client.post("/werk/account/organisatie/", {"organisation": str(other.id)}).status_code == 404


@pytest.mark.parametrize(
    "value", ["", "x" * 5000, "../../etc/passwd", "' OR 1=1 --", "\u00e9", PLANTED.upper()]
)
def test_a_strange_key_is_nobody(client: Client, value: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = value
    answer: Any = client.get("/werk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inloggen/?next=/werk/")


def test_no_session_holds_in_plain_what_opens_something(client: Client) -> None:
    secret = set_up_app(client)
    sign_in(client)
    for row in Session.objects.all():
        assert secret not in str(row.get_decoded())
        assert settings.SLUITEND_DEMO_PASSWORD not in str(row.get_decoded())


def test_only_a_form_that_needs_a_session_says_that_it_ended() -> None:
    client = Client(enforce_csrf_checks=True)
    desk = client.post("/werk/zoeken/", {"q": "x"})
    forged = client.post("/melden/", {"q": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert [desk.status_code, forged.status_code] == [400, 400]
    assert desk.headers[SESSION] == "ended"
    assert 'href="/inloggen/" target="_blank"' in as_read(desk.text)
    assert SESSION not in forged.headers
    assert "/inloggen/" not in forged.text
