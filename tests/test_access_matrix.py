"""Every address × every role × own and other organisation × signed out.

The addresses come from the URL map itself: one that is not in `MAY` fails, so that a new one cannot be
forgotten. Which roles pass the guard of a view is read from its rule, and must be what the table says. What
a rule does not tell is asked for: that the guard is there, that the page opens, and what it says to who is of
the right role on the wrong side. `make prove` asks everything of everybody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sluitend.demo import region
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.sealing import envelopes
from sluitend.kernel.sealing.proofs import Opened
from tests import samples
from tests.access_table import ANYONE, MAY, SIGNED_IN

pytestmark = pytest.mark.django_db

NOBODY_ID = UUID("11111111-1111-4111-8111-111111111111")
SIGN_IN = "/inloggen/"
OUTSIDE = ("styleguide:", "mfa_", "account_")
"""Names of addresses that others look after: the style guide (not in production) and allauth's own pages."""

PEOPLE = {
    "reporter": "melder@westland.example",
    "focal_point": "af@westland.example",
    "deputy": "vervanger@westland.example",
    "manager": "manager@westland.example",
    "privacy_officer": "fg@westland.example",
    "administrator": "beheer@westland.example",
    "inspector": "toezicht@westland.example",
    "recipient": "nla@arbeidsinspectie.example",
    "other_partner": "avim@politie.example",
    "care_coordinator": "zorg@shop.example",
    "regional_coordinator": "regio@rsiv.example",
    "other_focal_point": "af@denhaag.example",
    "other_manager": "manager@denhaag.example",
    "other_privacy_officer": "fg@denhaag.example",
}
ROLES = {who: each.role for who, mail in PEOPLE.items() for each in region.PEOPLE if each.email == mail}
ASKS_MORE = frozenset(
    {
        *("presence", "who_may"),
        *("exchanges:accept_transfer", "exchanges:return_transfer"),
        *("exchanges:accept_request", "exchanges:answer_request", "exchanges:return_request"),
        *("exchanges:further_request", "exchanges:remind_request", "exchanges:recall_request"),
        "exchanges:handle_request",
        *("care_files:back", "care_files:mode", "care_files:copy", "care_files:copy_pdf"),
        *("care_files:document_page", "care_files:take_document"),
        *("care_shares:care_share", "care_shares:recall_share", "care_shares:note_reply"),
        *("care_shares:accept_share", "care_shares:answer_share", "care_shares:keep_number"),
        *("shelter:hotel_ask", "shelter:answer_hotel", "shelter:recall_hotel", "shelter:note_hotel"),
        *("care_shares:decline_share", "care_shares:ask_first", "care_shares:note_told"),
        "care_shares:note_contact_read",
        *("care_moves:care_move", "care_moves:recall_move", "care_moves:note_move"),
        *("care_moves:accept_move", "care_moves:give_back_move"),
        *("assurance:board", "assurance:one", "assurance:heard"),
    }
)
"""Addresses that some people of a right role never reach: it depends on the matter, or its side."""


@dataclass(frozen=True)
class Address:
    """One pattern of the URL map, and what its view asks of whoever comes."""

    name: str
    route: str
    guard: Permission | None = None

    def passes(self, who: str) -> bool:
        """Return whether the guard of the view lets a role through."""
        return self.guard is None or ROLES[who] in self.guard.rule.roles

    def is_for(self, who: str) -> bool:
        """Return whether the table says that this person may come here."""
        return MAY[self.name] in (ANYONE, SIGNED_IN) or who in MAY[self.name]

    def path(self, sample: samples.Sample) -> str:
        """Return the address of a thing that exists in the sample."""
        codes = {
            "casussen": sample.case,
            "binnen": sample.new_report,
            "wachtverzoeken": sample.wait_request,
            "besluit": sample.wait_request,
            "vrijgeven": sample.visit,
            "toezicht": sample.visit,
            "overdrachten": sample.transfer,
            "verzoeken": sample.request,
            "dossier/<": sample.care_file,
            "geborgd": sample.assured,
            "zorg/plek": sample.search,
            "zorg": sample.help_request,
        }
        code = next((each for word, each in codes.items() if word in self.route), sample.referral)
        path = self.route
        for piece, value in {
            "<str:code>": code,
            "<str:track>": "place",
            "<str:wait_request>": sample.wait_request,
            "<slug:code>": "ar",
            "<slug:colours>": "0e5c3a-0a4529-e5f1ea-9bc5ae-ffffff-0e5c3a",
            "<slug:key>": "K02",
            "<slug:slug>": "loon",
            "<slug:subject>": "referral",
            "<slug:kind>": "place",
            "<slug:rule>": "told",
            "<slug:act>": "help_agreement",
            "<slug:what>": "statistics",
            "<slug:asking>": "nobody",
            "<slug:purpose>": "ondersteuning",
            "<slug:share>": "none",
            "<slug:copy>": "none",
            "<slug:of>": "place",
            "<slug:source>": "bag",
            "<slug:partner>": "arbeidsinspectie",
            "<str:token>": "een-adres-dat-niet-bestaat",
            "<str:link>": "een-link-die-niet-bestaat",
            "<slug:form>": f"note-{sample.case}",
            "<slug:part>": "help_lines",
            "<str:entry_id>": "112",
            "<int:number>": "1",
            "<str:exploitation>": "seksuele_uitbuiting",
            "<str:sector>": "glastuinbouw",
            "<str:partner>": "shop",
            "<str:branch>": "hotels",
            "<str:group>": "jongeren",
            "<str:moment>": "brp_eerste",
            "<str:role>": "brp",
            "<str:barrier>": "arb_recruit",
            "<str:consent>": "registration",
            "<slug:language>": "nl",
            "<str:instrument>": "exploitation_permit",
            "<str:heading>": "intern_meldroute",
            "<str:readers>": "hosts",
            "<str:section>": "goals",
            "<slug:row>": "nothing",
            "<str:field>": "before",
        }.items():
            path = path.replace(piece, value)
        while "<uuid:" in path:
            start = path.index("<uuid:")
            path = path[:start] + str(NOBODY_ID) + path[path.index(">", start) + 1 :]
        return "/" + path


def addresses() -> list[Address]:
    """Return every named address of the project."""
    return [
        address
        for address in _walk(get_resolver().url_patterns, "", "")
        if not address.name.startswith(OUTSIDE)
    ]


def _walk(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield Address(f"{namespace}{pattern.name}", here, getattr(pattern.callback, "guard", None))


def test_every_address_has_a_name_and_a_line_in_the_table() -> None:
    known = {address.name for address in addresses()}
    assert known - set(MAY) == set()
    assert set(MAY) - known == set()


def outcome(response: HttpResponse) -> str:
    """Say in a word what somebody got: in, sign_in, none, or only that this is not how one asks."""
    if response.status_code == 405:
        return "method"
    if response.status_code in (301, 302) and response["Location"].startswith(SIGN_IN):
        return "sign_in"
    return "none" if response.status_code in (403, 404) else "in"


def every_kind() -> samples.Sample:
    """Make one matter of Westland that the labour inspectorate accepted, and one to be handed over."""
    whole = samples.whole_route()
    who = samples.actor("af@westland.example")
    transfer = samples.hand_over(samples.ready_to_hand_over(), who)
    inspector = samples.actor(PEOPLE["recipient"])
    return replace(whole, transfer=transfer, request=samples.ask(inspector, "GM1783", kind="question"))


def ask(client: Client, method: str, path: str) -> str:
    """Ask an address with an empty form or none, and return the outcome."""
    response: HttpResponse = getattr(client, method)(path)
    assert response.status_code < 500, path
    return outcome(response)


def test_a_view_without_a_guard_is_for_everybody_or_for_all_who_signed_in() -> None:
    unguarded = {address.name for address in addresses() if address.guard is None}
    assert {name for name in unguarded if MAY[name] not in (ANYONE, SIGNED_IN)} == set()
    assert {address.name for address in addresses() if MAY[address.name] is ANYONE} <= unguarded
    assert len(unguarded) < len(addresses()) / 2


def test_no_page_opens_anything_without_a_line_of_who_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    sample, opened, unlogged = every_kind(), list[str](), list[tuple[str, str]]()
    keys_of = envelopes._keys_of

    def seen(seals: Sequence[envelopes.HeldSeal], actor: Actor, purpose: str) -> list[Opened]:
        opened.extend([purpose] * (purpose != "draft.read"))  # what somebody was typing is their own
        return keys_of(seals, actor, purpose)

    monkeypatch.setattr(envelopes, "_keys_of", seen)
    reads = 0
    for who in ("focal_point", "inspector", "recipient", "care_coordinator", "other_focal_point"):
        client, actor = Client(), samples.actor(PEOPLE[who])
        client.force_login(Account.objects.get(email=PEOPLE[who]))
        for address in (each for each in addresses() if each.is_for(who) and each.name != "account_logout"):
            opened.clear()
            before = _lines_of(actor)
            client.get(address.path(sample))
            reads += bool(opened)
            if opened and _lines_of(actor) == before:
                unlogged.append((who, address.name))
    assert reads > 40
    assert unlogged == []


def _lines_of(actor: Actor) -> int:
    with acting(actor):
        return Event.objects.filter(account=actor.account_id).count()


def test_the_roles_of_a_guard_are_those_of_the_table() -> None:
    assert set(ROLES) == set(PEOPLE)
    wrong, more = {}, set()
    for address in addresses():
        if address.guard is not None:
            roles, table = address.guard.rule.roles, {ROLES[who] for who in PEOPLE if address.is_for(who)}
            more |= {address.name} if roles > table else set()
            if not roles >= table or (roles > table and address.name not in ASKS_MORE):
                wrong[address.name] = (sorted(roles), sorted(table))
    assert wrong == {}
    assert more == ASKS_MORE
    assert {each.role for each in region.PEOPLE} == set(ROLES.values()) == set(Role)


def test_signed_out_people_reach_only_what_is_for_anyone(sample: samples.Sample) -> None:
    got = {
        method: {address.name: ask(Client(), method, address.path(sample)) for address in addresses()}
        for method in ("get", "post")
    }
    anyone = {name for name, who in MAY.items() if who is ANYONE}
    assert {name for each in got.values() for name, what in each.items() if what == "in"} <= anyone
    assert anyone <= {name for name, what in got["get"].items() if what in ("in", "method")}


def telling(who: str) -> list[Address]:
    """Return the addresses of which only an answer tells what somebody gets.

    Whoever passes the guard and stands on the wrong side; and of each address one of those who may come
    there, and one whom the guard refuses, by turns.
    """
    found = []
    for number, address in enumerate(addresses()):
        welcome = [each for each in sorted(PEOPLE) if address.is_for(each)]
        refused = [each for each in sorted(PEOPLE) if not address.passes(each)]
        chosen = {each[number % len(each)] for each in (welcome, refused) if each}
        if who in chosen or (address.passes(who) and not address.is_for(who)):
            found.append(address)
    return found


def amiss(sample: samples.Sample, who: str, asked: list[Address]) -> dict[str, str]:
    """Ask for addresses as somebody, and return what is not as the table says."""
    client = Client()
    client.force_login(Account.objects.get(email=PEOPLE[who]))
    wrong = {}
    for address in asked:
        for method in ("get", "post"):
            got = ask(client, method, address.path(sample))
            if got not in expected(address, method, allowed=address.is_for(who)):
                wrong[f"{method} {address.name}"] = got
    return wrong


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_what_only_an_answer_tells_is_as_the_table_says(sample: samples.Sample, who: str) -> None:
    asked = telling(who)
    assert len(asked) > 15
    assert amiss(sample, who, asked) == {}


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_role_reaches_only_its_own_pages(sample: samples.Sample, who: str) -> None:
    assert amiss(sample, who, addresses()) == {}


def expected(address: Address, method: str, *, allowed: bool) -> set[str]:
    """Return the outcomes that are right for somebody who is allowed, or is not."""
    if not allowed:
        return {"none", "method"}
    # A thing that is absent is absent for whoever may look, too; an empty form may be answered with the page
    # again.
    absent = method == "post" or "<" in address.route or address.name == "report_draft"
    return {"in", "none", "method"} if absent else {"in", "method"}


def test_whoever_may_read_a_thing_does_read_it(sample: samples.Sample) -> None:
    readable = {
        "focal_point": (
            "cases:intake",
            "cases:case",
            "cases:weigh",
            "cases:enrich",
            "cases:plan",
            "cases:measures",
            "cases:residents",
            "referrals:sent",
            "referrals:compose",
        ),
        "recipient": ("referrals:received",),
    }
    by_name = {address.name: address for address in addresses()}
    for who, names in readable.items():
        client = Client()
        client.force_login(Account.objects.get(email=PEOPLE[who]))
        assert {name: ask(client, "get", by_name[name].path(sample)) for name in names} == dict.fromkeys(
            names, "in"
        )


def test_absent_and_forbidden_are_the_same_page(sample: samples.Sample) -> None:
    client = Client()
    client.force_login(Account.objects.get(email=PEOPLE["other_focal_point"]))
    forbidden = client.get(f"/werk/casussen/{sample.case}/")
    absent = client.get("/werk/casussen/C-0000/")
    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert without_tokens(forbidden) == without_tokens(absent)
    assert dict(forbidden.headers) == dict(absent.headers)


def without_tokens(response: Any) -> str:
    """Return a page without the tokens that differ each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
