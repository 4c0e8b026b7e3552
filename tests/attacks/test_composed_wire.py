"""What the proxy, or whoever sits on the wire, and the mail server reach with all that passes through them.

What passes they read; these walks are about what they do with it, or add to it, afterwards.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from sluitend.journeys.administration.actions import invitations, people
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports.slowing import FILING, GUESSING
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.desk.views.invitation import TRYING
from tests import guesses, samples
from tests.attacks.everywhere import amiss, browser
from tests.attacks.taken import account, comes_in, key_of, thief_with
from tests.attacks.test_stolen import PLANTED
from tests.journeys.referrals.situations import make_ready
from tests.journeys.referrals.test_pickup import LINK, started
from tests.journeys.reports.test_pages import ANSWERS, code_in, send
from tests.surfaces.desk.test_sign_in import AF, code_for, set_up_app, sign_in
from tests.working import mailing

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
NEW, OWN = "nieuw@westland.example", "fiets regen tulpenbol"


@pytest.fixture(autouse=True)
def _no_tries_of_before(db: None) -> None:
    guesses.forget()
    for each in (TRYING, FILING, GUESSING):
        each.forget()


# The proxy


FORGED_HEADERS: tuple[dict[str, str], ...] = (
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": "127.0.0.1, 127.0.0.1, 127.0.0.1"},
    {"X-Forwarded-Host": "kwaad.example"},
    {"X-Forwarded-Server": "kwaad.example"},
    {"Forwarded": "for=127.0.0.1;host=kwaad.example;proto=https"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Port": "8443"},
    {"X-Forwarded-Prefix": "/static"},
    {"X-Script-Name": "/static"},
    {"X-Original-URL": "/werk/"},
    {"X-Rewrite-URL": "/werk/"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Real-IP": "127.0.0.1"},
    {"X-Remote-User": AF},
    {"Remote-User": AF},
    {"X-Forwarded-User": AF},
    {"X-Forwarded-Email": AF},
    {"Authorization": "Basic YWZAd2VzdGxhbmQuZXhhbXBsZTp4"},
    {"X-Accel-Redirect": "/werk/"},
)


def test_no_header_that_the_wire_can_add_opens_anything(sample: samples.Sample) -> None:
    """Said to be somebody, somewhere or somewhere else, a request gets what it got without saying so."""
    doors = (f"/werk/casussen/{sample.case}/", "/werk/", "/werk/beheer/mensen/", "/healthz", "/")
    client = Client()
    plain = {path: client.get(path) for path in doors}
    for headers in FORGED_HEADERS:
        for path, before in plain.items():
            answer = client.get(path, headers=headers)
            assert (answer.status_code, answer.headers.get("Location")) == (
                before.status_code,
                before.headers.get("Location"),
            ), (headers, path)
            assert list(amiss(answer)) == []
            assert "kwaad.example" not in answer.text
    colleague = browser("manager")
    for headers in FORGED_HEADERS:
        assert colleague.get(doors[0], headers=headers).status_code == 404


def test_addresses_that_are_made_up_give_no_more_tries() -> None:
    """Our own proxy is believed about addresses: one that lies passes a count per address, and no other."""
    with override_settings(SLUITEND_TRUSTED_PROXIES=1):
        answers = [
            Client()
            .post(
                "/inloggen/",
                {"login": AF, "password": f"geraden-wachtwoord-{each}"},
                headers={"X-Forwarded-For": f"203.0.113.{each}"},
            )
            .text
            for each in range(7)
        ]
    assert ["vaak geprobeerd" in each for each in answers] == [False] * 5 + [True] * 2


def test_what_the_wire_saw_and_sends_again_works_nothing_twice(client: Client) -> None:
    """It has password, code, cookie, form and receipt, as they passed; afterwards it repeats them."""
    secret = set_up_app(client)
    client.post("/uitloggen/")
    code = code_for(secret)
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": code})
    seen = key_of(client)
    assert comes_in(client)
    client.post("/uitloggen/")
    assert not comes_in(thief_with(seen)), "a session that was signed out"
    for again in (code, f"{code[:3]} {code[3:]}", "-".join(code)):
        cache.clear()  # another process answers
        replaying = Client()
        sign_in(replaying)
        replaying.post("/account/2fa/authenticate/", {"code": again})
        assert not comes_in(replaying), "a code of the app that was used"

    reporter = Client()
    receipt = code_in(send(reporter, 5, "send").text)
    again = send(Client(), 5, "send", saw="Iets heel anders")
    assert code_in(again.text) == receipt
    assert "Iets heel anders" not in Client().post("/ontvangst/", {"code": receipt}).text


def test_the_wire_repeats_no_pick_up_and_takes_no_session_elsewhere() -> None:
    """Link, code and cookie passed through it. The first two work once; the cookie ends with a recall."""
    waiting = started(make_ready())
    partner, _answer = waiting.opened()
    _again, answer = waiting.opened()
    assert answer.status_code == 422
    thief = Client()
    for name, each in partner.cookies.items():
        thief.cookies[name] = each.value
    partner.post(waiting.path, {"act": "accept"})
    assert thief.get(waiting.path).status_code == 200, "what passes through it the wire can take along"
    with acting(waiting.ready.focal_point):
        referrals.recall(code=waiting.code, reason="mistake", actor=waiting.ready.focal_point)
    assert samples.PLANT not in thief.get(waiting.path).text
    thief.post(waiting.path, {"act": "accept"})
    assert samples.PLANT not in thief.get(waiting.path).text


def test_an_answer_that_the_wire_drops_loses_nothing_and_does_nothing_twice() -> None:
    """The report arrived and its receipt did not; whoever sends again gets the very one."""
    Client().post("/melden/", {**ANSWERS, "step": "5", "go": "send"})  # its answer reached nobody
    again = send(Client(), 5, "send")
    receipt = code_in(again.text)
    assert code_in(send(Client(), 5, "send").text) == receipt
    assert "Hoe ver zijn wij?" in Client().post("/ontvangst/", {"code": receipt}).text


@override_settings(
    SECURE_SSL_REDIRECT=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    ALLOWED_HOSTS=["testserver"],
)
def test_a_line_without_tls_serves_nothing_and_leads_to_our_own_name() -> None:
    client = Client()
    for path in ("/melden/", "/inloggen/", "/werk/", "/ontvangst/"):
        for headers in ({}, {"X-Forwarded-Proto": "http"}, {"Forwarded": "proto=https"}):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 301, (path, headers)
            assert answer.headers["Location"].startswith("https://testserver/")
            assert client.post(path, ANSWERS, headers=headers).status_code == 301
        assert client.get(path, headers={"Host": "kwaad.example"}).status_code == 400


# The mail server


def every_mail() -> Iterator[Any]:
    """Let each job that mails do so, to everybody, and give what left."""
    ids = [str(each.pk) for each in Organisation.objects.all()]
    for task in mailing():
        with suppress(Account.DoesNotExist):
            task.func(ids=ids)
    yield from mail.outbox


LINKS = re.compile(r"https?://[^\s/]+(/\S*)")


def test_whoever_reads_all_mail_opens_nothing_with_it(client_for: ClientFor) -> None:
    """No mail resets a password or signs in; what an invitation and a pick-up open needs their words."""
    waiting = started(make_ready())
    words = invitations.invite(people.add_account(email=NEW, name="Nieuw"))
    from sluitend.journeys.administration.jobs import tell_person

    tell_person(ids=[str(account(NEW).pk)])
    texts = [f"{each.subject}\n{each.body}" for each in every_mail()]
    paths = {path for each in texts for path in LINKS.findall(each)}
    assert any("/uitnodiging/" in each for each in paths)
    assert any("/ophalen/" in each for each in paths)
    assert [each for each in texts for secret in (words, waiting.told, *PLANTED) if secret in each] == []
    thief = Client()
    for guess in ("", "abcd-efgh-jkmn", "000000", "ABCDE-FGHJK"):
        for path in sorted(paths):
            for answer in (
                thief.get(path),
                thief.post(path, {"words": guess, "password1": OWN, "password2": OWN}),
                thief.post(path, {"act": "code", "code": guess}),
                thief.post(path, {"act": "accept"}),
            ):
                assert not any(word in answer.text for word in PLANTED), path
    for path in ("wachtwoord/vergeten/", "password/reset/", "2fa/", "code/", "login/code/confirm/", "email/"):
        for place in (f"/account/{path}", f"/accounts/{path}"):
            answer = thief.post(place, {"email": AF, "login": AF})
            assert answer.status_code in (302, 404), place
            assert answer.headers.get("Location", "/inloggen/").startswith("/inloggen/")
    assert not account(NEW).has_usable_password()
    assert not comes_in(thief)
    assert thief.get("/werk/").status_code == 302


def test_mail_that_never_comes_loses_no_work(client_for: ClientFor) -> None:
    """The server swallows all: each matter still stands on somebody's page, and has somebody who climbs."""
    westland = Organisation.objects.get(code="GM1783")
    code, _receipt = samples.file_report(westland, acute=True)
    waiting = started(make_ready())
    mail.outbox.clear()
    assert code in client_for(AF).get("/werk/").text
    assert not LINK.search("".join(str(each.body) for each in mail.outbox))
    with acting(system_actor(westland.id)):
        step = NextStep.objects.get(code=waiting.code, done__isnull=True)
        assert step.due < timezone.now() + timedelta(days=60)


def test_a_mail_that_was_forged_makes_nothing_happen() -> None:
    """Nothing here reads mail, and an address in a form changes where no mail goes."""
    source = [path.read_text() for path in (settings.ROOT / "src").rglob("*.py")]
    assert not [each for each in source if re.search(r"\b(imaplib|poplib|smtpd|aiosmtpd)\b", each)]
