"""Every page of every role, in the states in which the demonstration has it: found by following links.

`make test` goes everywhere and looks at each kind of page once; `make prove` in each state, as each role.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests import tiers
from tests.browser.looking import look
from tests.browser.people import People

DESK = re.compile(r"^/(werk|account)/")
NO_PAGE = re.compile(r"/(uitloggen|static|weg)/|\.pdf$|\.jsonld$|/bestanden/|/rekenblad/$")
STATES = {
    "visits:visit": 3,
    "visits:wait_request": 2,
    "visits:own": 3,
    "cases:case": 3,
    "cases:intake": 3,
    "referrals:sent": 3,
    "referrals:received": 3,
    "manage_person": 3,
    "care:request": 3,
    "help_topic": 3,
    "help_card": 2,
}
MOST = 120
# States of the demonstration that are looked at first: what other tests made may stand before them.
CASES = (
    "/werk/casussen/C-9T3F/plan/",
    "/werk/casussen/C-9T3F/beeld/",
    "/werk/casussen/C-9T3F/bewoners/",
    "/werk/casussen/C-VY5Y/wens/",
    "/werk/casussen/C-VQPZ/weging/",
)

SAME = frozenset(
    {
        *("account_change_password", "account_reauthenticate"),
        *("mfa_activate_totp", "mfa_add_webauthn", "mfa_index"),
    }
)
"""What somebody does with their own account; looked at once."""
ACCOUNT = {*SAME, "account", "own_absence", "today"}
FOCAL_POINT = {
    "care:shared",
    "duty",
    *("cases:against_wish", "cases:ask", "cases:case", "cases:close", "cases:correct", "cases:due"),
    *("cases:enrich", "cases:inbox", "cases:intake", "cases:list", "cases:look_up", "cases:note"),
    *("cases:observation", "cases:subject", "cases:track", "cases:track_close"),
    *("cases:picture", "cases:plan", "cases:residents", "cases:measures", "cases:measure"),
    *("cases:weigh", "cases:wish", "enter_report", "referrals:sent", "referrals:sent_list", "region"),
    *("assurance:figures", "assurance:years"),
    *("exchanges:inquire", "exchanges:directory", "exchanges:hand_over", "exchanges:list"),
    *("exchanges:request", "exchanges:transfer"),
    *("visits:waiting", "visits:visit", "visits:wait_requests", "visits:wait_request", "visits:note"),
    *("visits:at_case", "visits:own_list", "visits:plan", "visits:plan_list"),
}
PARTNER = {
    *("exchanges:ask", "exchanges:directory", "exchanges:questions"),
    "visits:asked",
    "visits:asked_wait_request",
    "visits:ask",
    "referrals:received_list",
    "referrals:done_list",
    "referrals:received",
    "duty",
    "colleague_absence",
}
PEOPLE = {
    "af@westland.example": FOCAL_POINT,
    "melder@westland.example": set[str](),
    "manager@westland.example": {
        *("overview", "region", "assurance:figures", "assurance:years", "colleague_absence", "duty"),
        *("escalation", "hand_over"),
        *("visits:decisions", "visits:overrule"),
    },
    "toezicht@westland.example": {"visits:own_list", "visits:own", "visits:plan", "visits:plan_list"},
    "fg@westland.example": {"overview", "who_looked"},
    "beheer@westland.example": {
        *(
            "manage_organisations",
            "manage_organisation",
            "manage_people",
            "manage_person",
            "manage_keys",
            "running",
        ),
        *("manage_teams", "manage_pools", "picket", "hand_over"),
    },
    "avim@politie.example": PARTNER,
    "zorg@legerdesheils.example": {"care_shares:supported"},
    "zorg@shop.example": {
        "assurance:board",
        "care:list",
        "care:request",
        "care:shared",
        "care_files:file",
        "care_files:ask",
        "care_files:share",
        "care_files:agenda",
        "care_files:moving",
        "care_files:copies",
        "care_files:share_for",
        "shelter:search",
        "duty",
        "colleague_absence",
    },
    "regio@rsiv.example": {
        *(
            "region",
            "assurance:figures",
            "assurance:board",
            "assurance:record",
            "assurance:years",
            "editing:overview",
            "editing:list",
            "editing:entry",
            "editing:attention",
            "editing:unconfirmed",
            "manual",
        ),
    },
}
ANYBODY = {
    *(
        "home",
        "handbook",
        "report_start",
        "help_request",
        "report_mark",
        "advice",
        "receipt",
        "help",
        "help_in",
    ),
    *("help_topic", "help_check", "help_where", "help_cards", "help_card", "help_wipe"),
    *("language", "privacy", "accessibility", "account_login"),
    *("handbook_forms", "handbook_form", "handbook_sectors", "handbook_sector", "handbook_branches"),
    *("handbook_who", "handbook_numbers", "handbook_partners", "handbook_partner", "handbook_points"),
    *("handbook_branch", "handbook_groups", "handbook_group", "handbook_moments", "handbook_moment"),
    *("handbook_cards", "handbook_card_role", "handbook_card_form", "handbook_counter", "handbook_barriers"),
    *("handbook_barrier_model", "handbook_barrier", "handbook_instrument", "handbook_headings"),
    *("handbook_heading", "handbook_registers", "handbook_figures", "handbook_readers"),
}


def crawl(page: Page, starts: Iterable[str], *, desk: bool) -> Iterator[str]:
    """Go to each kind of page once, or as often as it has states, and yield the name of its address."""
    waiting, seen = list(starts), Counter[str]()
    addresses: set[str] = set()
    while waiting and len(addresses) < MOST:
        address = waiting.pop(0)
        name = resolve(urlsplit(address).path).view_name
        if address in addresses or seen[name] >= STATES.get(name, 1):
            continue
        addresses.add(address)
        seen[name] += 1
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        yield name
        waiting += [each for each in links(page) if bool(DESK.match(each)) == desk]


def links(page: Page) -> list[str]:
    """Return the addresses on this site that a page leads to."""
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.filter((a) => a.origin === location.origin).map((a) => a.pathname)"
    )
    return [each for each in dict.fromkeys(found) if not NO_PAGE.search(each)]


def look_at_all(
    page: Page,
    starts: Iterable[str],
    *,
    desk: bool,
    seen: frozenset[str] = frozenset(),
    other_words: bool = False,
) -> set[str]:
    """Look at every page that can be reached, say everything that is wrong, and return the names.

    Args:
        seen: pages that are the same for everybody, and were looked at as somebody else.
        other_words: the pages were looked at in another language.
    """
    faults, names = [], set()
    for name in crawl(page, starts, desk=desk):
        again = name in names
        names.add(name)
        if name in seen or (again and not tiers.DEEP):
            continue
        try:
            look(page, other_words=other_words)
        except AssertionError as fault:
            faults.append(str(fault))
    assert faults == [], "\n\n".join(faults)
    return names


def starts_of(email: str, start: str) -> list[str]:
    """Return where somebody begins."""
    return [start, *(CASES if email == "af@westland.example" else ())]


@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_of_the_desk(people: People, email: str) -> None:
    seen = frozenset() if email == "af@westland.example" else SAME | tiers.either(FOCAL_POINT, set())
    names = look_at_all(people.someone(email), starts_of(email, "/werk/"), desk=True, seen=seen)
    assert names >= PEOPLE[email] | ACCOUNT


def test_every_page_without_an_account(people: People) -> None:
    names = look_at_all(people.anyone(phone=True), ["/"], desk=False)
    assert names >= ANYBODY


@pytest.mark.parametrize("address", ["/melden/", "/melden/markeer/", "/ontvangst/"])
def test_the_public_pages_of_a_colleague_who_is_signed_in(people: People, address: str) -> None:
    page = people.someone("melder@westland.example", phone=True)
    page.goto(address)
    look(page)


@pytest.mark.parametrize(
    ("email", "start", "expected"),
    [
        ("af@westland.example", "/werk/", FOCAL_POINT),
        ("avim@politie.example", "/werk/", PARTNER),
        ("", "/", ANYBODY),
    ],
)
def test_every_page_in_english(people: People, email: str, start: str, expected: set[str]) -> None:
    page = people.someone(email) if email else people.anyone(phone=True)
    page.context.add_cookies([{"name": "taal", "value": "en", "url": people.site.address}])
    names = look_at_all(page, starts_of(email, start), desk=bool(email), other_words=True)
    assert names >= expected
    assert page.locator("html").get_attribute("lang") == "en"
