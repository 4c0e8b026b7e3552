"""Whoever may not do something is refused with a form that is filled in, too.

An empty form may be sent back for what is missing before anybody asks who sent it.
"""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve

from sluitend.kernel.organisations.models import Account
from tests import samples
from tests.access_table import ANYONE, MAY, SIGNED_IN
from tests.filling import filled_forms
from tests.test_access_matrix import PEOPLE, addresses, outcome

SHOWN_TO = ("focal_point", "manager", "administrator", "inspector", "recipient")
REFUSED = (*SHOWN_TO, "reporter")


@dataclass(frozen=True)
class Form:
    """A form as somebody sees it who may send it."""

    name: str
    path: str
    values: tuple[tuple[str, str], ...]


def forms(sample: samples.Sample) -> dict[str, Form]:
    """Return of each address one form that leads there, filled in."""
    found: dict[str, Form] = {}
    for who in SHOWN_TO:
        client = signed_in(who)
        for address in addresses():
            if MAY[address.name] not in (ANYONE, SIGNED_IN) and who not in MAY[address.name]:
                continue
            path = address.path(sample)
            page = client.get(path)
            if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
                continue
            for form in filled_forms(page.text, samples.PLANT):
                to = form.action or path
                name = name_of(to)
                if name in MAY and MAY[name] not in (ANYONE, SIGNED_IN):
                    found.setdefault(name, Form(name, to, tuple(form.values.items())))
    return found


def name_of(path: str) -> str:
    """Return the name of an address."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def sent(client: Client, form: Form) -> str:
    """Send a form, and say in a word what somebody got."""
    response: Any = client.post(form.path, dict(form.values))
    return outcome(response)


def signed_in(who: str) -> Client:
    """Return the browser of somebody."""
    client = Client()
    client.force_login(Account.objects.get(email=PEOPLE[who]))
    return client


def test_a_filled_form_of_who_may_not_is_refused(sample: samples.Sample) -> None:
    shown = forms(sample)
    assert len(shown) > 60, sorted(shown)
    assert {"referrals:recall", "cases:close", "assign_report"} - set(shown) == set()
    through = [
        (who, form.name)
        for who in REFUSED
        for client in [signed_in(who)]
        for form in shown.values()
        if who not in MAY[form.name] and sent(client, form) == "in"
    ]
    assert through == []
