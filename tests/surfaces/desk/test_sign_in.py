"""Signing in: every try is kept, guessing is slowed down, and somebody returns to where they were."""

import base64
import hashlib
import hmac
import struct
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import guesses

from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import PLATFORM_ID, Account
from sluitend.surfaces.middleware import ACTIVE

pytestmark = pytest.mark.django_db

AF = "af@westland.example"


@pytest.fixture(autouse=True)
def _no_tries_of_before() -> None:
    guesses.forget()


def sign_in(client: Client, email: str = AF, password: str = "", **extra: str) -> Any:
    """Fill in the entrance."""
    return client.post(
        "/inloggen/", {"login": email, "password": password or settings.SLUITEND_DEMO_PASSWORD, **extra}
    )


def lines() -> list[tuple[str, bool]]:
    """What the platform's ledger keeps: the action, and whether it names an account."""
    with acting(system_actor(PLATFORM_ID)):
        return [(each.action, each.account is not None) for each in Event.objects.order_by("at", "action")]


def code_for(secret: str) -> str:
    """What an app on a phone would show now."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def set_up_app(client: Client) -> str:
    """Sign in, confirm, and set an app up. Returns its secret."""
    sign_in(client)
    client.post("/account/bevestigen/", {"password": settings.SLUITEND_DEMO_PASSWORD})
    secret = str(client.get("/account/2fa/totp/activate/").context["form"].secret)
    assert secret not in str(dict(client.session))
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    guesses.forget()
    return secret


def test_a_good_sign_in_leads_to_today_and_is_kept(client: Client) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/werk/")
    assert lines() == [("signin.good", True)]


@pytest.mark.parametrize("email", [AF, "niemand@westland.example"])
def test_a_failed_sign_in_is_kept_without_saying_who(client: Client, email: str) -> None:
    response = sign_in(client, email, "verkeerd-wachtwoord")
    assert response.status_code == 200
    assert "horen niet bij elkaar" in response.text
    assert "verkeerd-wachtwoord" not in response.text
    assert lines() == [("signin.failed", False)]


def test_guessing_is_slowed_down_and_each_try_is_kept(client: Client) -> None:
    for _ in range(5):
        sign_in(client, password="verkeerd-wachtwoord")
    response = sign_in(client, password="verkeerd-wachtwoord")
    assert "vaak geprobeerd" in response.text
    assert sign_in(client).status_code == 200
    assert lines() == [("signin.failed", False)] * 7


def test_it_leads_back_to_where_somebody_was(client: Client) -> None:
    assert client.get("/werk/account/")["Location"] == "/inloggen/?next=/werk/account/"
    assert sign_in(client, next="/werk/account/")["Location"] == "/werk/account/"


def test_it_leads_nowhere_outside(client: Client) -> None:
    assert sign_in(client, next="https://elders.example/")["Location"] == "/werk/"


def test_nobody_signs_up(client: Client) -> None:
    for url in (
        "/account/aanmelden/",
        "/account/signup/",
        "/accounts/signup/",
        "/account/2fa/webauthn/signup/",
    ):
        assert client.get(url).status_code == 404


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    Account.objects.filter(email=AF).update(is_active=False)
    sign_in(client)
    assert client.get("/werk/").status_code == 302


def test_signing_out_takes_a_press_on_a_button(client: Client) -> None:
    sign_in(client)
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"
    assert client.get("/werk/").status_code == 302


def test_a_session_ends_after_rest_and_leads_back(client: Client) -> None:
    sign_in(client)
    session = client.session
    session[ACTIVE] = int(time.time()) - settings.SLUITEND_REST_SECONDS - 1
    session.save()
    assert client.get("/werk/account/")["Location"] == "/inloggen/?next=/werk/account/"


def test_when_somebody_was_here_before_means_an_earlier_day(client: Client) -> None:
    earlier = timezone.now() - timedelta(days=6)
    Account.objects.filter(email=AF).update(seen=earlier)
    sign_in(client)
    account = Account.objects.get(email=AF)
    assert account.seen_before == earlier
    client.post("/uitloggen/")
    sign_in(client)
    assert Account.objects.get(email=AF).seen_before == earlier


def test_a_second_factor_is_asked_for_and_its_secret_is_sealed(client: Client) -> None:
    secret = set_up_app(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, '') FROM mfa_authenticator")
        assert secret not in cursor.fetchone()[0]
    client.post("/uitloggen/")
    assert sign_in(client)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/werk/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Deze code klopt niet" in wrong.text
    guesses.forget()
    assert client.post("/account/2fa/authenticate/", {"code": code_for(secret)})["Location"] == "/werk/"
    assert [action for action, _ in lines()] == ["signin.good", "signin.failed", "signin.good"]


def test_the_use_of_a_recovery_code_is_kept(client: Client) -> None:
    set_up_app(client)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    client.post("/uitloggen/")
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert ("signin.recovery_code", True) in lines()
    client.post("/uitloggen/")
    sign_in(client)
    assert "Deze code klopt niet" in client.post("/account/2fa/authenticate/", {"code": codes[0]}).text


def test_passkeys_are_bound_to_the_configured_name(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SLUITEND_RP_ID", "sluitend.example")
    answer = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["rpId"] == "sluitend.example"


def test_outside_the_demonstration_nobody_works_without_a_second_factor(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    monkeypatch.setattr(settings, "SLUITEND_SECOND_FACTOR_REQUIRED", True)
    for url in ("/werk/", "/werk/account/", "/werk/overzicht/"):
        assert client.get(url)["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200


def test_accounts_and_password_stand_there_in_the_demonstration_only(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.SLUITEND_DEMO_PASSWORD not in client.get("/inloggen/").text
    monkeypatch.setattr(settings, "DEMO", True)
    text = client.get("/inloggen/").text
    assert settings.SLUITEND_DEMO_PASSWORD in text
    assert AF in text


def test_a_password_is_changed_with_the_old_one(client: Client) -> None:
    sign_in(client)
    new = "fiets regen tulpenbol"
    page = "/account/wachtwoord/"
    assert client.post(page, {"oldpassword": "mis", "password1": new, "password2": new}).status_code == 200
    old = settings.SLUITEND_DEMO_PASSWORD
    short = client.post(page, {"oldpassword": old, "password1": "kort", "password2": "kort"})
    assert short.status_code == 200
    assert (
        client.post(page, {"oldpassword": old, "password1": new, "password2": new})["Location"]
        == "/werk/account/"
    )
    assert Account.objects.get(email=AF).check_password(new)
    assert lines().count(("signin.failed", False)) == 1  # the wrong one, not the one that was too short


def test_a_second_factor_is_looked_up_once_and_not_believed_after_it_may_have_changed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    monkeypatch.setattr(settings, "SLUITEND_SECOND_FACTOR_REQUIRED", True)
    account = Account.objects.get(email=AF)
    factor = Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    assert client.get("/werk/").status_code == 200
    factor.delete()
    assert client.get("/werk/").status_code == 200  # remembered: nothing was sent that could change it
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/werk/")["Location"] == "/account/2fa/"


def test_a_second_factor_of_one_account_is_not_that_of_another(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_SECOND_FACTOR_REQUIRED", True)
    account = Account.objects.get(email=AF)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    client.force_login(account)
    assert client.get("/werk/").status_code == 200
    client.force_login(Account.objects.get(email="vervanger@westland.example"))
    assert client.get("/werk/")["Location"] == "/account/2fa/"
