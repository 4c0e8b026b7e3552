"""Every form of people who are signed in keeps what is filled in: over all templates, and over all addresses.

A template that is not on the short list of exceptions must name a draft in each form that asks something.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from tests import samples
from tests.access_table import ANYONE, MAY, SIGNED_IN
from tests.reading import as_read
from tests.test_access_matrix import PEOPLE, addresses

import sluitend
from sluitend.forms.drafts import is_name
from sluitend.kernel.organisations.models import Account

pytestmark = pytest.mark.django_db

SOURCE = Path(sluitend.__file__).parent
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
ASKS = re.compile(
    r"form_field\.html|choices\.html|tiles\.html|{% for field|{{ form\.\w+ }}|<textarea|<select"
    r"|<input "
)
ASKS_NOT = re.compile(r'<input [^<]*type="(?:hidden|file|password|search)"[^<]*>')
KEEPS = re.compile(r"{% draft |components/draft\.html|data-draft=")
WITHOUT_ACCOUNT = "for who has no account; nothing is kept of them"
SECRET = "signing in, a password or a second factor"
EXCEPTIONS = {
    "journeys/care/templates/care/ask.html": WITHOUT_ACCOUNT,
    "journeys/care_files/templates/care_files/registration.html": "what goes into a file is kept nowhere",
    "journeys/cases/templates/cases/list.html": "rows that are ticked, and no word that is typed",
    "journeys/cases/templates/cases/parts/known.html": "presses, and no word that is typed",
    "journeys/cases/templates/cases/parts/why_form.html": "a reason of the list, one with a sentence",
    "journeys/editing/templates/editing/check.html": WITHOUT_ACCOUNT,
    "journeys/editing/templates/editing/unconfirmed.html": "rows that are ticked, and no word that is typed",
    "journeys/reports/templates/reports/receipt.html": "a receipt code opens a mailbox: it is stored nowhere",
    "journeys/reports/templates/reports/sent_before.html": "the form before keeps these words as its draft",
    "journeys/referrals/templates/referrals/pickup_after.html": WITHOUT_ACCOUNT,
    "journeys/referrals/templates/referrals/pickup_code.html": WITHOUT_ACCOUNT,
    "surfaces/desk/templates/desk/assign_several.html": "a choice of a list, and no word that is typed",
    "surfaces/desk/templates/desk/search.html": "what is looked for belongs in no store",
    "surfaces/handbook/templates/handbook/who.html": "what the handbook is asked is kept nowhere",
    "surfaces/styleguide/templates/styleguide/forms.html": "samples, which lead nowhere",
    "templates/account/invitation.html": SECRET,
    "templates/account/login.html": SECRET,
    "templates/account/password_change.html": SECRET,
    "templates/account/password_set.html": SECRET,
    "templates/account/reauthenticate.html": SECRET,
    "templates/mfa/authenticate.html": SECRET,
    "templates/mfa/reauthenticate.html": SECRET,
    "templates/mfa/totp/activate_form.html": SECRET,
    "templates/mfa/webauthn/add_form.html": SECRET,
    "templates/mfa/webauthn/edit_form.html": SECRET,
    "templates/mfa/webauthn/reauthenticate.html": SECRET,
}
"""Templates with a form that keeps nothing, and why."""

KEEPS_NOTHING = (
    *("pickup", "handbook_who", "help_request", "cases:list", "cases:plan"),
    "care_files:registration",
)
"""Addresses of which no form keeps anything: their templates stand above."""

NOT_FILLED_IN = {"hidden", "submit", "button", "file", "password", "search", "image", "reset"}
NOT_KEPT = {"code", "q"}
"""The way into a mailbox, and what is looked for."""


def without_draft() -> set[str]:
    """Return the templates in which a form asks something and names no draft."""
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.html")
        for form in FORM.findall(as_read(path.read_text()))
        if 'method="post"' in form.split("<")[1]
        and ASKS.search(ASKS_NOT.sub("", form))
        and not KEEPS.search(form)
    }


def test_every_template_with_a_form_names_a_draft_or_says_why_not() -> None:
    assert without_draft() == set(EXCEPTIONS)


class Reader(HTMLParser):
    """Reads what can be filled in, form by form, and the draft that each names."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[set[str], str]] = []
        self._fields: set[str] | None = None
        self._draft = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note a form, a field or the name of a draft."""
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._fields, self._draft = set(), "report" if "data-draft" in given else ""
        elif self._fields is not None and (name := given.get("name", "")):
            if name == "draft":
                self._draft = given["value"]
            elif tag in ("textarea", "select") or (tag == "input" and given.get("type") not in NOT_FILLED_IN):
                self._fields.add(name)

    def handle_endtag(self, tag: str) -> None:
        """End a form."""
        if tag == "form" and self._fields is not None:
            self.forms.append((self._fields, self._draft))
            self._fields = None


def forms_of(client: Client, path: str) -> list[tuple[set[str], str]]:
    """Return the forms of a page that ask something; nothing for what is no page."""
    page = client.get(path)
    if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
        return []
    reader = Reader()
    reader.feed(page.text)
    return [(fields, draft) for fields, draft in reader.forms if fields - NOT_KEPT]


ROLES = (
    *("reporter", "focal_point", "other_focal_point", "manager", "privacy_officer", "administrator"),
    *("inspector", "recipient"),
)
"""Who together reach every page; who only looks like another is left out."""


def reaches(role: str, name: str) -> bool:
    """Return whether to look at an address as this role; at what is for everybody as the reporter."""
    return role in MAY[name] or (role == "reporter" and MAY[name] in (ANYONE, SIGNED_IN))


def test_every_form_of_every_address_names_a_draft_of_its_own() -> None:
    whole = samples.whole_route()
    who = samples.actor("af@westland.example")
    transfer = samples.hand_over(samples.ready_to_hand_over(), who)
    asked = samples.ask(samples.actor(PEOPLE["recipient"]), "GM1783", kind="question")
    sample = replace(whole, transfer=transfer, request=asked)
    seen: set[str] = set()
    for role in ROLES:
        client = Client()
        client.force_login(Account.objects.get(email=PEOPLE[role]))
        for address in addresses():
            if address.name.startswith(KEEPS_NOTHING) or not reaches(role, address.name):
                continue
            forms = forms_of(client, address.path(sample))
            names = [draft for _fields, draft in forms]
            assert [fields for fields, draft in forms if not is_name(draft)] == [], address.name
            assert len(names) == len(set(names)), address.name
            seen |= {f"{address.name}:{draft.partition('-')[0]}" for draft in names}
    assert len(seen) > 50
