"""Whoever guesses is slowed down; whoever sits beside them, or is guessed at, still gets in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from sluitend.journeys.reports.slowing import GUESSING
from sluitend.kernel.access import guessing
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.organisations.models import Account, Membership
from sluitend.kernel.sealing.receipts import new_receipt
from sluitend.surfaces.signin import KNOWN_BROWSER
from tests import guesses, samples
from tests.guesses import counted, strain
from tests.surfaces.desk.test_sign_in import AF, code_for, set_up_app, sign_in

pytestmark = pytest.mark.django_db

COLLEAGUE, OTHER = "vervanger@westland.example", "fg@westland.example"
WRONG, HELD = "horen niet bij elkaar", "vaak geprobeerd"
TOWN_HALL = "198.51.100.7"
IN = 302


@pytest.fixture(autouse=True)
def _no_tries_of_before() -> None:
    guesses.forget()
    GUESSING.forget()


def sign_in_at(client: Client, account: str, address: str = TOWN_HALL, password: str = "") -> Any:
    values = {"login": account, "password": password or settings.SLUITEND_DEMO_PASSWORD}
    return client.post("/inloggen/", values, REMOTE_ADDR=address)


def known_client(account: str) -> Client:
    """Return a browser in which somebody worked before."""
    client = Client()
    sign_in_at(client, account)
    client.post("/uitloggen/")
    return client


def tried(account: str, times: int, *, client: Client | None = None, address: str = TOWN_HALL) -> list[str]:
    """Try wrong passwords, and return how each was answered."""
    answers = []
    for number in range(times):
        page = sign_in_at(client or Client(), account, address, f"verkeerd-{number}").text
        answers.append(WRONG if WRONG in page else HELD if HELD in page else page)
    return answers


def test_an_account_is_tried_five_times_from_wherever() -> None:
    answers = [tried(AF, 1, address=f"203.0.113.{number}")[0] for number in range(7)]
    assert answers == [WRONG] * 5 + [HELD] * 2
    assert (
        HELD in sign_in_at(Client(), AF).text
    )  # the right password too: else it would tell that it is right


def test_whoever_is_guessed_at_gets_in_where_they_worked_before() -> None:
    own = known_client(AF)
    tried(AF, 7)
    assert sign_in_at(own, AF).status_code == IN


def test_colleagues_behind_the_same_address_get_in() -> None:
    tried(AF, 7)
    assert sign_in_at(Client(), COLLEAGUE).status_code == IN
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_STRAIN)
    assert sign_in_at(Client(), OTHER).status_code == IN


def test_many_wrong_tries_from_one_address_leave_each_account_one() -> None:
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_STRAIN)
    assert tried(AF, 2) == [WRONG, HELD]
    assert tried(COLLEAGUE, 1, address="203.0.113.1") == [WRONG]


def test_a_flood_from_one_address_ends_at_the_address_and_known_browsers_get_in() -> None:
    own = known_client(AF)
    strain(f"address:{TOWN_HALL}", guessing.ADDRESS_FLOOD)
    assert tried(COLLEAGUE, 1) == [HELD]
    assert sign_in_at(Client(), COLLEAGUE, "203.0.113.1").status_code == IN
    assert sign_in_at(own, AF).status_code == IN


def test_guessing_from_everywhere_leaves_each_account_one_try() -> None:
    strain("all", guessing.ALL_STRAIN)
    assert tried(AF, 2, address="203.0.113.1") == [WRONG, HELD]
    assert sign_in_at(Client(), COLLEAGUE, "203.0.113.2").status_code == IN


def test_each_try_counts_for_account_address_and_all() -> None:
    tried(AF, 3)
    assert counted(f"account:{AF}", f"address:{TOWN_HALL}", "all") == [3, 3, 3]


def test_a_try_that_is_held_back_counts_for_nothing() -> None:
    """Else guessing at one account would drive everybody into strain, without a look at a password."""
    tried(AF, 20)
    assert counted(f"account:{AF}", f"address:{TOWN_HALL}", "all") == [5, 5, 5]


def test_signing_in_in_between_does_not_wipe_out_what_was_wrong() -> None:
    tried(AF, 3)
    assert sign_in_at(Client(), AF).status_code == IN
    assert tried(AF, 3) == [WRONG, WRONG, HELD]


def test_what_was_counted_is_not_pushed_out_by_trying_very_many_accounts() -> None:
    tried(AF, 5)
    for number in range(1_000):
        strain(f"account:{number}@westland.example", 1)
    assert tried(AF, 1, address="203.0.113.1") == [HELD]
    assert counted(*(f"account:{number}@westland.example" for number in range(0, 1_000, 99))) == [1] * 11


def test_a_known_browser_guesses_no_longer_than_another() -> None:
    own = known_client(AF)
    assert tried(AF, 7, client=own) == [WRONG] * 5 + [HELD] * 2


def test_the_mark_of_one_account_is_no_use_for_another() -> None:
    own = known_client(AF)
    tried(COLLEAGUE, 7)
    assert tried(COLLEAGUE, 1, client=own) == [HELD]


@pytest.mark.parametrize("mark", ["", "x", "WyJ4IiwgWyJ4Il1d:1abc:def", "a" * 4000, "\u00e9"])
def test_a_mark_that_was_made_up_is_none(mark: str) -> None:
    assert guessing.known_browser(mark, AF) == ""


def test_the_mark_names_nobody_and_goes_to_one_page() -> None:
    client = Client()
    cookie = sign_in_at(client, AF).cookies[KNOWN_BROWSER]
    assert "westland" not in cookie.value
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == ("/inloggen/", True, "Strict")


def test_a_browser_is_known_for_the_last_people_who_shared_it() -> None:
    mark = ""
    people = [f"{number}@westland.example" for number in range(guessing.MOST_ACCOUNTS + 1)]
    for each in people:
        mark = guessing.mark_browser(mark, each, fresh="fresh")
    assert [bool(guessing.known_browser(mark, each)) for each in people] == [False] + [
        True
    ] * guessing.MOST_ACCOUNTS


def test_a_code_of_the_second_factor_is_tried_five_times_an_account_not_a_session(client: Client) -> None:
    secret = set_up_app(client)
    client.post("/uitloggen/")
    guesses.forget()
    answers = []
    for number in range(7):
        browser = Client()
        sign_in(browser)  # signing in anew gives no new tries
        address = f"203.0.113.{number}"
        page = browser.post("/account/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=address)
        answers.append("Deze code klopt niet" in page.text)
    assert answers == [True] * 5 + [False] * 2
    browser = Client()
    sign_in(browser)
    assert browser.post("/account/2fa/authenticate/", {"code": code_for(secret)}).status_code == 200


def test_codes_of_one_colleague_hold_up_no_other(client: Client) -> None:
    set_up_app(client)
    client.post("/uitloggen/")
    guesses.forget()
    sign_in(client)
    for _ in range(12):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert sign_in(Client(), COLLEAGUE).status_code == IN


class Work:
    """What a sign-in cost: statements, and how often a password was hashed."""

    def __init__(self, statements: int, hashed: int, page: str, status: int) -> None:
        self.cost = (statements, hashed)
        self.page, self.status = page, status


@contextmanager
def counting_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note each time that a password is hashed."""
    done: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def noted(self: Any, *arguments: Any, **named: Any) -> str:
        done.append("hashed")
        return str(encode(self, *arguments, **named))

    with monkeypatch.context() as patch:
        patch.setattr(hasher, "encode", noted)
        yield done


def wrong_sign_in(account: str, monkeypatch: pytest.MonkeyPatch) -> Work:
    guesses.forget()
    client = Client()
    client.get("/inloggen/")
    with counting_hashes(monkeypatch) as hashed, CaptureQueriesContext(connection) as statements:
        answer = sign_in_at(client, account, password="verkeerd-wachtwoord")
    return Work(len(statements), len(hashed), answer.text.replace(account, "WIE"), answer.status_code)


def nobody() -> str:
    return "niemand@westland.example"


def closed() -> str:
    Account.objects.filter(email=COLLEAGUE).update(is_active=False)
    return COLLEAGUE


def without_work() -> str:
    Membership.objects.filter(account__email=COLLEAGUE).update(until="2026-01-01")
    return COLLEAGUE


def invited() -> str:
    account = Account.objects.get(email=COLLEAGUE)
    account.set_unusable_password()
    account.save()
    return COLLEAGUE


@pytest.mark.parametrize("other", [nobody, closed, without_work, invited])
def test_a_wrong_password_tells_nothing_of_the_account(
    other: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same page, the same statements, a password hashed as often: no clock is needed to compare those."""
    one = wrong_sign_in(AF, monkeypatch)
    two = wrong_sign_in(other(), monkeypatch)
    assert one.cost == two.cost
    assert (one.status, tidied(one.page)) == (two.status, tidied(two.page))


def tidied(page: str) -> str:
    """Return a page without what is new each time."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_account_that_does_not_exist_is_held_back_as_well() -> None:
    assert tried("niemand@westland.example", 7) == [WRONG] * 5 + [HELD] * 2


def test_there_is_no_page_that_sends_a_password_to_an_address(client: Client) -> None:
    for path in ("/account/password/reset/", "/account/wachtwoord/vergeten/", "/accounts/password/reset/"):
        assert client.get(path).status_code == 404


def ask(client: Client, code: str, address: str = TOWN_HALL) -> Any:
    return client.post("/ontvangst/", {"code": code}, REMOTE_ADDR=address)


def test_whoever_guesses_receipts_is_slowed_down_and_who_has_one_gets_in(region: Any) -> None:
    _code, receipt = samples.file_report(region.organisation("GM1783"))
    statuses = [ask(Client(), new_receipt()).status_code for _ in range(GUESSING.number + 2)]
    assert statuses == [200] * GUESSING.number + [429] * 2
    assert "Hoe ver zijn wij?" in ask(Client(), receipt).text
    assert ask(Client(), new_receipt(), "203.0.113.1").status_code == 200


def test_twenty_who_mistype_their_code_in_one_office_are_each_told_to_look_again(region: Any) -> None:
    pages = [ask(Client(), new_receipt()) for _ in range(2 * 20)]
    assert {each.status_code for each in pages} == {200}
    assert all("Wij vinden deze code niet." in each.text for each in pages)


def test_guessing_receipts_from_everywhere_is_slowed_down(
    monkeypatch: pytest.MonkeyPatch, region: Any
) -> None:
    from sluitend.journeys.reports.slowing import ALL_GUESSING

    monkeypatch.setattr(ALL_GUESSING, "number", 5)
    assert [ask(Client(), new_receipt(), f"203.0.113.{each}").status_code for each in range(6)] == [
        200
    ] * 5 + [429]


def test_a_receipt_that_is_none_costs_what_one_costs_that_is_not_there(region: Any) -> None:
    costs = []
    ask(Client(), new_receipt())  # whose doors there are is read once in half a minute, whatever is asked
    for code in (new_receipt(), new_receipt(), new_receipt()[:-1] + "0"):
        with CaptureQueriesContext(connection) as statements:
            page = ask(Client(), code)
        costs.append((len(statements), page.status_code, tidied(page.text).replace(code, "CODE")))
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("unix:", "unix:"),
    ],
)
def test_a_network_that_one_subscriber_has_counts_as_one(address: str, counted: str) -> None:
    assert sender(RequestFactory().get("/", REMOTE_ADDR=address)) == counted
