"""What a thief of a laptop, a phone, a mailbox or a place on the wire reaches in some steps, and what not.

One walk a row of `docs/threat-model.md` that `test_composed.py`, `_database` and `_roles` do not walk. Each
begins with what was taken, tries in turn all that it lends itself to, and must not reach what it is after.
"""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from sluitend.journeys.reports.slowing import FILING, GUESSING
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.desk.views.invitation import TRYING
from sluitend.surfaces.middleware import ACTIVE
from tests import guesses, samples, tiers
from tests.access_table import MAY_BE_KEPT
from tests.attacks.everywhere import browser, every_address, path_of
from tests.attacks.taken import account, comes_in, key_of, thief_with
from tests.attacks.test_stolen import PLANTED, telling
from tests.filling import filled_forms
from tests.journeys.reports.test_pages import ANSWERS, code_in, send
from tests.surfaces.desk.test_sign_in import AF, code_for, set_up_app, sign_in

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
PEOPLE, OWN = "/werk/beheer/mensen/", "fiets regen tulpenbol"


@pytest.fixture(autouse=True)
def _no_tries_of_before(db: None) -> None:
    guesses.forget()
    for each in (TRYING, FILING, GUESSING):
        each.forget()


# A colleague's laptop


def test_what_a_closed_laptop_holds_opens_nothing(client: Client) -> None:
    """Its disk is not encrypted: the browser's profile lies open, with all that outlives the browser."""
    secret = set_up_app(client)
    client.post("/uitloggen/")
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    sample = samples.whole_route()
    for address in every_address():
        if address.name not in MAY_BE_KEPT | {"account_logout"}:
            assert "no-store" in client.get(path_of(address, sample)).headers["Cache-Control"], address
    on_disk = {name: each.value for name, each in client.cookies.items() if each["max-age"]}
    assert settings.SESSION_COOKIE_NAME not in on_disk
    assert client.cookies[settings.SESSION_COOKIE_NAME]["expires"] == ""
    thief = Client()
    for name, value in on_disk.items():
        thief.cookies[name] = value
        assert AF not in unquote(value)
    # The mark of a known browser gives tries of its own, as few as anybody has, and no password.
    answers = [sign_in(thief, password=f"geraden-wachtwoord-{each}").text for each in range(6)]
    assert "vaak geprobeerd" in answers[-1]
    guesses.forget()
    sign_in(thief)
    assert not comes_in(thief), "a password from its store needs the second factor as well"
    assert not comes_in(thief, f"/werk/casussen/{sample.case}/")


def test_an_open_session_gives_nothing_that_outlasts_it(client: Client) -> None:
    """The lid was open: the thief reads as its owner does, and wants to be able to come back."""
    secret = set_up_app(client)
    before, factors = account().password, Authenticator.objects.count()
    thief = thief_with(key_of(client))
    assert comes_in(thief)
    long_ago = time.time() - 3600
    session = thief.session
    session["account_authentication_methods"] = [
        each | {"at": long_ago} for each in session["account_authentication_methods"]
    ]
    session.save()
    for path in (
        "/account/2fa/totp/activate/",
        "/account/2fa/totp/deactivate/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/recovery-codes/download/",
    ):
        answers = thief.get(path), thief.post(path, {"code": code_for(secret), "credential": "{}"})
        for answer in answers:
            assert answer.status_code in (302, 404, 405), path
            assert "/account/bevestigen/" in answer.headers.get("Location", "/account/bevestigen/"), path
    passwords = {"password1": OWN, "password2": OWN}
    for path in ("/account/wachtwoord/", "/account/wachtwoord/kiezen/"):
        thief.post(path, {"oldpassword": "een-ander-wachtwoord", **passwords})
    for guess in range(7):
        thief.post("/account/bevestigen/", {"password": f"geraden-wachtwoord-{guess}"})
    thief.post("/account/rollen/", {"do": "confirm", "membership": str(uuid4())})
    assert (account().password, Authenticator.objects.count()) == (before, factors)


def test_an_open_session_ends_at_rest_at_its_term_and_when_somebody_closes_it(
    client: Client, client_for: ClientFor
) -> None:
    def opened() -> Client:
        owner = Client()
        sign_in(owner)
        guesses.forget()
        return thief_with(key_of(owner))

    rested, used, closed = opened(), opened(), opened()
    assert all(comes_in(each) for each in (rested, used, closed))
    session = rested.session
    session[ACTIVE] = int(time.time()) - settings.SLUITEND_REST_SECONDS - 1
    session.save()
    assert not comes_in(rested)
    with pytest.MonkeyPatch.context() as patch:
        begun = time.time()
        for minutes in range(0, 13 * 60, 20):
            patch.setattr(time, "time", lambda now=begun + minutes * 60: now)
            assert comes_in(used) is (minutes < 12 * 60), minutes
    client_for("beheer@westland.example").post(f"{PEOPLE}{account().pk}/", {"do": "close"})
    assert not comes_in(closed)
    assert not account().is_active


def test_a_sheet_that_was_downloaded_leads_nowhere_and_its_name_names_nobody() -> None:
    """What lies in the folder of downloads: its name says nothing, and nothing in it opens a page."""
    sample = samples.whole_route()
    names = []
    for who in ("focal_point", "recipient"):
        client = browser(who)
        for address in every_address():
            answer: Any = client.get(path_of(address, sample))
            held = answer.headers.get("Content-Disposition", "")
            if "filename" not in held:
                continue
            names.append(held)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert sample.report_receipt.encode() not in body
            assert not re.search(rb"/(ophalen|uitnodiging)/[\w:-]{20,}", body), address
    assert len(names) > 5
    assert [each for each in names for word in PLANTED if word in unquote(each)] == []


# The laptop or phone of whoever reports


WITH_A_NAME = ("reporter_name", "reporter_phone", "reporter_mail")
"""Boxes for who does give a name; a browser may fill those in by itself."""


class Boxes(HTMLParser):
    """The boxes of a page in which a browser may remember what somebody typed."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attributes}
        typed = held.get("type", "text") in ("text", "search", "email", "tel", "url")
        if tag == "input" and typed and held.get("autocomplete") != "off" and held["name"] not in WITH_A_NAME:
            self.remembered.append(held.get("name", ""))


def test_the_phone_of_who_reported_without_a_name_tells_that_it_was_here_and_nothing_else() -> None:
    """History, cookies, cache and remembered forms, after a report, a look with the receipt and some help."""
    phone, addresses, pages = Client(), list[str](), list[Any]()

    def keeps(answer: Any) -> Any:
        addresses.append(f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']}")
        addresses.append(answer.headers.get("Location", ""))
        pages.append(answer)
        return answer

    keeps(phone.get("/"))
    keeps(phone.get("/melden/"))
    for step in range(1, 5):
        keeps(send(phone, step))
    receipt = code_in(keeps(send(phone, 5, "send")).text)
    keeps(phone.get("/ontvangst/"))
    keeps(phone.post("/ontvangst/", {"code": receipt}))
    keeps(phone.post("/ontvangst/", {"code": receipt, "go": "add", "text": "Er kwam een tweede busje"}))
    keeps(phone.get("/werken-en-wonen/"))
    keeps(phone.get("/weg/"))
    assert phone.cookies == {}
    assert {each.headers["Cache-Control"] for each in pages} == {"no-store"}
    typed = [str(each) for each in ANSWERS.values() if len(str(each)) > 5]
    history = " ".join(unquote(each) for each in addresses)
    assert [each for each in (receipt, *typed) if each in history] == []
    for each in pages:
        boxes = Boxes()
        boxes.feed(each.text)
        assert boxes.remembered == [], each.request["PATH_INFO"]
    # Whoever finds it comes back by those addresses, and by the way back.
    finder = Client()
    for each in filter(None, addresses):
        if each.startswith("/"):
            found = finder.get(each).text
            assert [word for word in (receipt, *typed) if word in found and len(word) > 6] == [], each


# A partner's account, and every other that has no business with a case


FORGERS = (
    "recipient",
    "other_partner",
    "other_focal_point",
    "reporter",
    "manager",
    "privacy_officer",
    "inspector",
    "administrator",
    "regional_coordinator",
)


def forms_of_the_desk(sample: samples.Sample) -> list[tuple[str, dict[str, str]]]:
    """Return where the focal point's pages send what, as whoever worked here before knows it."""
    client, found = browser("focal_point"), list[tuple[str, dict[str, str]]]()
    for address in every_address():
        path = path_of(address, sample)
        answer = client.get(path)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            forms = filled_forms(answer.text, "woord")
            found += [(form.action or path, form.values) for form in forms]
    return [(path, values) for path, values in found if path.startswith("/werk/")]


THEIRS = ("cases_case", "cases_observation", "cases_subject", "cases_weighing", "reports_report")
"""What only the municipality changes, by table."""


def of_the_municipality() -> dict[tuple[str, str], str]:
    """Return each row that is the municipality's, as it stands."""
    found = dict[tuple[str, str], str]()
    westland = Organisation.objects.get(code="GM1783")
    with acting(system_actor(westland.id)), connection.cursor() as cursor:
        for table in THEIRS:
            cursor.execute(
                f"SELECT id::text, t::text FROM {table} t WHERE organisation_id = %s", [westland.id]
            )
            found |= {(table, str(key)): str(row) for key, row in cursor.fetchall()}
    return found


@pytest.mark.parametrize("who", tiers.either(("recipient", "other_focal_point"), FORGERS))
def test_whoever_sends_every_form_of_a_focal_point_reads_and_changes_nothing(who: str) -> None:
    """With the codes of a matter, and the names of all fields: each form in turn, twice, then each page."""
    sample = samples.whole_route()
    forms, before = forms_of_the_desk(sample), of_the_municipality()
    thief = browser(who)
    read = telling(thief, sample)
    assert len(forms) > 40
    for _round in range(2):
        for path, values in forms:
            answer = thief.post(path, values)
            assert answer.status_code < 500, path
    after = of_the_municipality()
    assert {key: row for key, row in after.items() if key in before} == before
    assert telling(thief, sample) <= read
