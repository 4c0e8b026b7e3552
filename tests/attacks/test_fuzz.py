"""Anything at all, sent to every address and in every form: no error, no script back, nothing of another.

Addresses come from the URL map and fields from the forms that the pages show, so that new ones are tried as
well. Of both an OpenAPI description is made, from which Schemathesis draws what to send.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import samples
from tests.attacks.everywhere import amiss, browser, every_address, path_of
from tests.filling import filled_forms
from tests.test_access_matrix import PEOPLE

pytestmark = pytest.mark.django_db

SCRIPT, PICTURE = "<script>alert(7)</script>", '"><img src=x onerror=alert(7)>'
HOSTILE = [
    SCRIPT,
    PICTURE,
    "{{7*7}}{% debug %}${7*7}#{7*7}",
    "' OR 1=1; DROP TABLE reports_report; --",
    "\x00\x08\x1b[31m",
    "\u202e\u2066\ufeff\ud7ff\U0010ffff",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "a\r\nSet-Cookie: x=y\r\n",
    "9" * 400,
    "-1",
    "2999-99-99",
    "x" * 5_000,
    "",
]
QUERIES = ("q", "page", "next", "sort", "van", "tot", "after", "soort", "team")
NOT_TRIED = {"account_logout"}
"""Signing out would make of everybody a stranger, who is tried as such."""
DRAWN = settings(
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def text(*seen: str) -> dict[str, Any]:
    """Describe a field: what the page offers, what is hostile, or anything."""
    offered = [each for each in dict.fromkeys(seen) if len(each) < 200]
    return {"anyOf": [*([{"enum": offered}] if offered else []), {"enum": HOSTILE}, {"type": "string"}]}


def seen_fields(sample: samples.Sample, people: tuple[str | None, ...]) -> dict[str, dict[str, set[str]]]:
    """Return of each address by name which fields its forms have, with the values that pages offer."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for who in people:
        client = browser(who)
        for address in every_address():
            path = path_of(address, sample)
            page = client.get(path)
            if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
                continue
            for form in filled_forms(page.content.decode(), "woord"):
                name = named(form.action or path)
                for field, value in form.values.items():
                    found[name][field].add(value)
    return found


def named(path: str) -> str:
    """Return the name of the pattern behind an address."""
    try:
        return resolve(path.partition("?")[0].partition("#")[0]).view_name
    except Resolver404:
        return ""


def description(sample: samples.Sample) -> dict[str, Any]:
    """Return all addresses and forms as an OpenAPI description."""
    fields = seen_fields(sample, ("focal_point", "recipient", "administrator", None))
    codes = [sample.case, sample.new_report, sample.report, sample.referral, sample.transfer]
    paths: dict[str, Any] = {}
    for address in every_address():
        if address.name in NOT_TRIED:
            continue
        pieces = re.findall(r"<(?:(\w+):)?(\w+)>", address.route)
        route = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address.route)
        given_here = [parameter(kind, name, codes) for kind, name in pieces]
        asked = [{"name": each, "in": "query", "schema": text("1")} for each in QUERIES]
        answers = {"responses": {"default": {"description": "an answer"}}}
        form = {"type": "object", "properties": {n: text(*v) for n, v in fields[address.name].items()}}
        body = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
        paths[route] = {
            "get": {"parameters": [*given_here, *asked], **answers},
            "post": {"parameters": given_here, "requestBody": body, **answers},
        }
    return {"openapi": "3.1.0", "info": {"title": "Sluitend", "version": "1"}, "paths": paths}


def parameter(kind: str, name: str, codes: list[str]) -> dict[str, Any]:
    """Describe a piece of an address: mostly of something that exists."""
    numbers = {"type": "integer", "minimum": 0, "maximum": 2**40}
    known = {"enum": [*codes, "place", "person", "bag", "x"]}
    schema = {"int": numbers, "uuid": {"type": "string", "format": "uuid"}}.get(kind, known)
    return {"name": name, "in": "path", "required": True, "schema": schema}


def wrong(answer: Any) -> Iterator[str]:
    """Give what is wrong with an answer to whatever was sent."""
    yield from amiss(answer)
    page = b"" if answer.streaming else answer.content
    for each in (SCRIPT, PICTURE):
        if each.encode() in page:
            yield f"gives {each} back"
    if "Set-Cookie" in answer.headers:
        yield "a header that was typed"


def send(client: Client, case: Any) -> Any:
    """Send what was drawn."""
    path, _, _query = case.formatted_path.partition("?")
    query = urlencode({k: str(v) for k, v in (case.query or {}).items()}, errors="surrogatepass")
    if case.method == "GET":
        return client.get(f"{path}?{query}")
    body = case.body if isinstance(case.body, dict) else {}
    values = {str(k): v if isinstance(v, list) else str(v) for k, v in body.items()}
    form = urlencode(values, doseq=True, errors="surrogatepass")
    return client.generic("POST", path, form, "application/x-www-form-urlencoded")


WHO = ("focal_point", "other_focal_point", "recipient", None)
STRANGERS = ("other_focal_point", None)


def test_whatever_is_sent_to_whatever_address_is_answered_calmly(sample: samples.Sample) -> None:
    """Each thing that is drawn is sent by everybody in turn, strangers first."""
    described = schemathesis.openapi.from_dict(description(sample))
    people = {who: browser(who) for who in reversed(WHO)}
    found = set[str]()

    def tell(case: Any) -> None:
        for who, client in people.items():
            answer = send(client, case)
            here = f"{who} {case.method} {case.operation.path}"
            found.update(f"{here}: {what}" for what in wrong(answer))
            page = b"" if answer.streaming else answer.content
            if who in STRANGERS and samples.PLANT.encode() in page:
                found.add(f"{here}: shows what another organisation knows")

    results: list[Any] = list(described.get_all_operations())
    operations = [result.ok() for result in results]
    for operation in operations:
        settings(DRAWN, max_examples=1)(given(case=operation.as_strategy())(tell))()
    assert len(operations) > 2 * len(PEOPLE)
    assert found == set()


def type_in(
    client: Client, path: str, kept: dict[str, str], drawn: st.SearchStrategy[dict[str, str]]
) -> set[str]:
    """Send a form twice with what is drawn over what stood in it, and return what is wrong."""
    found = set[str]()

    def tell(values: dict[str, str]) -> None:
        body = urlencode({**kept, **values}, errors="surrogatepass")
        answer = client.generic("POST", path, body, "application/x-www-form-urlencoded")
        found.update(f"{path}: {what}" for what in wrong(answer))

    settings(DRAWN, max_examples=2)(given(drawn)(tell))()
    return found


@pytest.mark.parametrize("who", ["focal_point", "recipient"])
def test_whatever_is_typed_in_every_form_is_answered_calmly(sample: samples.Sample, who: str | None) -> None:
    client, found = browser(who), set[str]()
    typed = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
    for address in every_address():
        path = path_of(address, sample)
        page = client.get(path)
        if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            continue
        for form in filled_forms(page.content.decode(), "woord"):
            target = form.action or path
            if form.typed and "uitloggen" not in target:
                drawn = st.fixed_dictionaries(dict.fromkeys(sorted(form.typed), typed))
                found |= type_in(client, target, form.values, drawn)
    assert found == set()
