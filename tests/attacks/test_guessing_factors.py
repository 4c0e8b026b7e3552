"""Second factors are slowed down per account, address and overall; their owners and colleagues get in."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sluitend.kernel.access import guessing
from sluitend.kernel.organisations.models import Account
from sluitend.surfaces.signin import WORKED_HERE, factor_of
from tests import guesses
from tests.attacks.test_guessing import (
    COLLEAGUE,
    IN,
    OTHER,
    TOWN_HALL,
    sign_in_at,
    tidied,
    tried,
)
from tests.guesses import counted, strain
from tests.passkeys import Device, challenge_to_sign_in
from tests.surfaces.desk.test_sign_in import AF, code_for, lines, set_up_app

pytestmark = pytest.mark.django_db

STEP, PASSKEY = "/account/2fa/authenticate/", "/account/2fa/webauthn/login/"
WRONG, HELD = "Deze code klopt niet", "vaak geprobeerd"


@pytest.fixture(autouse=True)
def _no_tries_of_before() -> None:
    guesses.forget()


@pytest.fixture
def secret(client: Client) -> str:
    """Somebody with an app; also returns what it computes with."""
    found = set_up_app(client)
    client.post("/uitloggen/")
    guesses.forget()
    return found


@pytest.fixture
def device() -> Device:
    """A colleague with a passkey."""
    return Device(Account.objects.get(email=COLLEAGUE)).register()


def half_in(account: str = AF, address: str = TOWN_HALL, client: Client | None = None) -> Client:
    """Return a browser in which the password was right."""
    browser = client or Client()
    sign_in_at(browser, account, address)
    return browser


def enter(browser: Client, code: str, address: str = TOWN_HALL) -> Any:
    return browser.post(STEP, {"code": code}, REMOTE_ADDR=address)


def said(page: str) -> str:
    return WRONG if WRONG in page else HELD if HELD in page else page


def codes(times: int, address: str = TOWN_HALL, account: str = AF) -> list[str]:
    """Try wrong codes, each in a browser of its own, and return how each was answered."""
    return [said(enter(half_in(account, address), "000000", address).text) for _ in range(times)]


def known_to(secret: str) -> Client:
    """Return a browser in which somebody came in with a code before."""
    browser = half_in()
    assert enter(browser, code_for(secret)).status_code == IN
    browser.post("/uitloggen/")
    guesses.forget()
    return browser


def pk(account: str) -> str:
    return str(Account.objects.get(email=account).pk)


def test_a_wrong_code_counts_for_account_address_and_all(secret: str) -> None:
    codes(3)
    assert counted(f"code:{pk(AF)}", f"address:{TOWN_HALL}", "all") == [3, 3, 3]


def test_a_right_code_counts_for_nothing_and_wipes_out_nothing(secret: str) -> None:
    codes(3)
    assert enter(half_in(), code_for(secret)).status_code == IN
    assert counted(f"code:{pk(AF)}", f"address:{TOWN_HALL}", "all") == [3, 3, 3]
    assert codes(3) == [WRONG, WRONG, HELD]


def test_wrong_passwords_and_codes_of_one_address_count_together(secret: str) -> None:
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_STRAIN - 1)
    tried(COLLEAGUE, 1)
    assert codes(2) == [WRONG, HELD]
    assert enter(half_in(address="203.0.113.1"), code_for(secret), "203.0.113.1").status_code == IN


def test_guessing_codes_from_everywhere_leaves_each_account_one(secret: str) -> None:
    strain("all", guessing.ALL_STRAIN)
    assert codes(2, "203.0.113.1") == [WRONG, HELD]


def test_a_flood_from_one_address_ends_at_the_address(secret: str) -> None:
    elsewhere = half_in(address="203.0.113.1")
    here = half_in()
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_FLOOD)
    assert said(enter(here, code_for(secret)).text) == HELD
    assert enter(elsewhere, code_for(secret), "203.0.113.1").status_code == IN


def test_an_owner_gets_in_with_a_code_where_they_worked_before(secret: str) -> None:
    own = known_to(secret)
    assert codes(7) == [WRONG] * 5 + [HELD] * 2
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_FLOOD)
    assert enter(half_in(client=own), code_for(secret)).status_code == IN


def test_a_known_browser_guesses_codes_no_longer_than_another(secret: str) -> None:
    own = half_in(client=known_to(secret))
    assert [said(enter(own, "000000").text) for _ in range(7)] == [WRONG] * 5 + [HELD] * 2


def test_a_browser_of_one_account_is_no_use_for_the_codes_of_another(secret: str, device: Device) -> None:
    browser = Client()
    passkey(browser, device)
    browser.post("/uitloggen/")
    half_in(COLLEAGUE, client=browser)
    assert browser.session[WORKED_HERE]
    browser.post("/uitloggen/")
    assert [said(enter(half_in(client=browser), "000000").text) for _ in range(6)] == [WRONG] * 5 + [HELD]
    assert codes(1) == [HELD]


def test_recovery_codes_use_up_the_same_tries(secret: str) -> None:
    codes(5)
    account = Account.objects.get(email=AF)
    recovery = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES).wrap()
    with factor_of(account.pk):
        code = recovery.get_unused_codes()[0]
    assert said(enter(half_in(), code).text) == HELD
    guesses.forget()
    assert enter(half_in(), code).status_code == IN


def test_a_factor_that_was_moved_to_another_account_opens_nothing(secret: str, device: Device) -> None:
    """Whoever writes the tables and knows a password of a colleague: an own factor does not stand in."""
    mine, theirs = Account.objects.get(email=AF), Account.objects.get(email=OTHER)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        own = Authenticator.objects.get(user=mine, type=kind)
        Authenticator.objects.create(user=theirs, type=kind, data=own.data)
    browser = half_in(OTHER)
    browser.raise_request_exception = False
    assert enter(browser, code_for(secret)).status_code != IN
    assert browser.get("/werk/account/").status_code == 302
    Authenticator.objects.filter(user__email=COLLEAGUE).update(user=mine)
    answer_of_device = passkey(Client(), device, handle=str(mine.pk))
    assert answer_of_device["Location"] == "/inloggen/"


def test_who_is_in_and_confirms_with_a_code_has_no_more_tries(secret: str) -> None:
    browser = half_in()
    enter(browser, code_for(secret))
    codes(3)
    again = [browser.post("/account/2fa/reauthenticate/", {"code": "000000"}) for _ in range(3)]
    assert [said(each.text) for each in again] == [WRONG, WRONG, HELD]


def test_each_wrong_second_factor_is_in_the_ledger(secret: str, device: Device) -> None:
    browser = half_in()
    enter(browser, code_for(secret))
    before = lines().count(("signin.failed", False))
    browser.post("/account/2fa/reauthenticate/", {"code": "000000"})
    passkey(Client(), device, "AA")
    codes(6)
    assert lines().count(("signin.failed", False)) - before == 8


def passkey(client: Client, device: Device, challenge: str = "", *, handle: str = "") -> Any:
    """Sign in with a passkey alone; with another challenge than ours it is wrong."""
    ours = challenge_to_sign_in(client)
    values = {"credential": device.sign(challenge or ours, handle=handle)}
    return client.post(PASSKEY, values, REMOTE_ADDR=TOWN_HALL)


def answer(client: Client, response: Any) -> str:
    """Return what the page says to which a wrong passkey leads."""
    assert response["Location"] == "/inloggen/"
    return str(client.get("/inloggen/").text)


def test_a_right_passkey_opens(client: Client, device: Device) -> None:
    assert passkey(client, device)["Location"] == "/werk/"
    assert counted(f"passkey:{pk(COLLEAGUE)}", f"address:{TOWN_HALL}", "all") == [0, 0, 0]


def test_wrong_passkeys_count_for_account_address_and_all_and_are_slowed_down(device: Device) -> None:
    answers = []
    for _ in range(7):
        browser = Client()
        answers.append(said(answer(browser, passkey(browser, device, "AA"))))
    assert answers == [WRONG] * 5 + [HELD] * 2
    assert counted(f"passkey:{pk(COLLEAGUE)}", f"address:{TOWN_HALL}", "all") == [5, 5, 5]


def test_a_right_passkey_opens_also_while_somebody_guesses(client: Client, device: Device) -> None:
    for name in (f"passkey:{pk(COLLEAGUE)}", f"address:{TOWN_HALL}", "all"):
        strain(name, guessing.ADDRESS_FLOOD + guessing.ALL_STRAIN)
    assert passkey(client, device)["Location"] == "/werk/"
    assert counted("all") == [guessing.ADDRESS_FLOOD + guessing.ALL_STRAIN]


def test_a_town_hall_comes_in_with_passkeys_in_one_minute(device: Device) -> None:
    assert [passkey(Client(), device).status_code for _ in range(12)] == [IN] * 12


def test_a_passkey_as_second_step_counts_too(secret: str) -> None:
    device = Device(Account.objects.get(email=AF)).register()
    browser = half_in()
    for _ in range(3):
        browser.post(STEP, {"credential": device.sign("AA")}, REMOTE_ADDR=TOWN_HALL)
    assert counted(f"passkey:{pk(AF)}", f"address:{TOWN_HALL}", "all") == [3, 3, 3]
    challenge = browser.get(STEP).context["js_data"]["request_options"]["publicKey"]["challenge"]
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_FLOOD)
    right = browser.post(STEP, {"credential": device.sign(challenge)}, REMOTE_ADDR=TOWN_HALL)
    assert right["Location"] == "/werk/"


def nobody() -> str:
    return str(uuid4())


def without_passkey() -> str:
    return pk(OTHER)


@pytest.mark.parametrize("other", [nobody, without_passkey])
def test_a_wrong_passkey_tells_nothing_of_the_account(other: Callable[[], str], device: Device) -> None:
    costs = []
    for handle in (pk(COLLEAGUE), other()):
        guesses.forget()
        browser = Client()
        challenge_to_sign_in(browser)
        with CaptureQueriesContext(connection) as statements:
            response = passkey_of(browser, device, handle)
        costs.append((len(statements), tidied(answer(browser, response))))
    assert costs[0] == costs[1]


def passkey_of(browser: Client, device: Device, handle: str) -> Any:
    return browser.post(PASSKEY, {"credential": device.sign("AA", handle=handle)}, REMOTE_ADDR=TOWN_HALL)


WELL = {"id": "AA", "rawId": "AA", "type": "public-key"}


@pytest.mark.parametrize(
    "made_up",
    [
        [1],
        5,
        "x",
        {"id": "AA"},
        {**WELL, "response": 5},
        {**WELL, "response": {}},
        {**WELL, "response": {"userHandle": "AA"}},
        {**WELL, "response": {"userHandle": "eHh4"}},
        {
            **WELL,
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"},
        },
        {**WELL, "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}},
        {**WELL, "type": "x", "response": {"clientDataJSON": "W10", "authenticatorData": "", "signature": 5}},
    ],
)
def test_a_made_up_passkey_is_a_wrong_one(client: Client, made_up: Any) -> None:
    challenge_to_sign_in(client)
    page = answer(client, client.post(PASSKEY, {"credential": json.dumps(made_up)}))
    assert WRONG in page
