"""Every address × every role × own and other organisation × signed out.

The addresses come from the URL map itself: one that is not in `MAY` fails, so that a new one cannot be
forgotten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sluitend.kernel.organisations.models import Account
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
    "regional_coordinator": "regio@rsiv.example",
    "other_focal_point": "af@denhaag.example",
    "other_manager": "manager@denhaag.example",
    "other_privacy_officer": "fg@denhaag.example",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the URL map."""

    name: str
    route: str

    def path(self, sample: samples.Sample) -> str:
        """Return the address of a thing that exists in the sample."""
        codes = {
            "casussen": sample.case,
            "binnen": sample.new_report,
            "wachtverzoeken": sample.hold,
            "besluit": sample.hold,
            "vrijgeven": sample.contact,
            "toezicht": sample.contact,
            "overdrachten": sample.transfer,
            "verzoeken": sample.request,
        }
        code = next((each for word, each in codes.items() if word in self.route), sample.referral)
        path = self.route
        for piece, value in {
            "<str:code>": code,
            "<str:track>": "place",
            "<str:hold>": sample.hold,
            "<slug:code>": "ar",
            "<slug:key>": "K02",
            "<slug:slug>": "loon",
            "<slug:subject>": "referral",
            "<slug:kind>": "place",
            "<slug:of>": "place",
            "<slug:source>": "bag",
            "<slug:partner>": "arbeidsinspectie",
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
            "<str:instrument>": "exploitation_permit",
            "<str:heading>": "intern_meldroute",
            "<str:readers>": "hosts",
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
            yield Address(f"{namespace}{pattern.name}", here)


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
    return replace(whole, transfer=transfer, request=samples.ask(inspector, "GM1783", kind="signal"))


def ask(client: Client, method: str, path: str) -> str:
    """Ask an address with an empty form or none, and return the outcome."""
    response: HttpResponse = getattr(client, method)(path)
    assert response.status_code < 500, path
    return outcome(response)


def test_signed_out_people_reach_only_what_is_for_anyone(sample: samples.Sample) -> None:
    for method in ("get", "post"):
        got = {address.name: ask(Client(), method, address.path(sample)) for address in addresses()}
        assert {name for name, what in got.items() if what == "in"} <= {
            name for name, who in MAY.items() if who is ANYONE
        }
    assert {name for name, who in MAY.items() if who is ANYONE} <= {
        address.name
        for address in addresses()
        if ask(Client(), "get", address.path(sample)) in ("in", "method")
    }


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_role_reaches_only_its_own_pages(sample: samples.Sample, who: str) -> None:
    client = Client()
    client.force_login(Account.objects.get(email=PEOPLE[who]))
    wrong = {}
    for address in addresses():
        allowed = MAY[address.name] in (ANYONE, SIGNED_IN) or who in MAY[address.name]
        for method in ("get", "post"):
            got = ask(client, method, address.path(sample))
            if got not in expected(address, method, allowed=allowed):
                wrong[f"{method} {address.name}"] = got
    assert wrong == {}


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
            "cases:route",
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
