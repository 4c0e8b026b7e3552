"""Anything at all, sent to every address and in every form: no error, no script back, nothing of another.

Addresses come from the URL map and fields from the forms that the pages show, so that new ones are tried as
well. Of both an OpenAPI description is made, from which Schemathesis draws what to send.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests import samples, tiers
from tests.attacks.everywhere import amiss, browser, every_address, path_of
from tests.filling import filled_forms
from tests.test_access_matrix import PEOPLE, Address

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
PIECE = re.compile(r"<(?:\w+:)?(\w+)>")
QUERIES = ("q", "page", "next", "sort", "van", "tot", "after", "soort", "team")
NOT_TRIED = {"account_logout"}
"""Signing out would make of everybody a stranger, who is tried as such."""
DRAWN = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def draw_two(number: int, drawn: st.SearchStrategy[Any], tell: Callable[[Any], None]) -> None:
    """Tell what is drawn: the simplest, and one that is another for each number and the same each run."""
    seed(number)(settings(DRAWN, max_examples=2)(given(drawn)(tell)))()  # two, as the name says


def draw_one(number: int, drawn: st.SearchStrategy[Any], tell: Callable[[Any], None]) -> None:
    """Tell the second of two: the simplest of an address is an empty form, which others send already."""
    count = iter(range(2))
    draw_two(number, drawn, lambda each: tell(each) if next(count, 1) else None)


def text(*seen: str) -> dict[str, Any]:
    """Describe a field: what the page offers, or what is hostile.

    Not "or any text": that is all of it, and then neither of the two is drawn.
    """
    return {"enum": list(dict.fromkeys([*(each for each in seen if len(each) < 200), *HOSTILE]))}


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


def route_of(address: Address) -> str:
    """Return the pattern of an address as OpenAPI writes it."""
    return "/" + PIECE.sub(r"{\1}", address.route)


def description(sample: samples.Sample) -> dict[str, Any]:
    """Return all addresses and forms as an OpenAPI description."""
    people = ("focal_point", "recipient", "administrator", None)
    fields = seen_fields(sample, (*PEOPLE, None) if tiers.DEEP else people)
    paths: dict[str, Any] = {}
    for address in every_address():
        if address.name in NOT_TRIED:
            continue
        route = route_of(address)
        whole = re.fullmatch(PIECE.sub(r"(?P<\1>[^/]+)", address.route), path_of(address, sample)[1:])
        right = whole.groupdict() if whole else {}
        asked = [{"name": each, "in": "query", "schema": text("1")} for each in QUERIES]
        answers = {"responses": {"default": {"description": "an answer"}}}
        # Optional fields are mostly left out, and then nothing is sent.
        typed = {name: text(*sorted(values)) for name, values in fields[address.name].items()}
        form = {"type": "object", "properties": typed, "required": sorted(typed)}
        body = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
        paths[route] = {
            "get": {
                "parameters": [*pieces(right, "x"), *({**each, "required": True} for each in asked)],
                **answers,
            },
            "post": {"parameters": pieces(right), "requestBody": body, **answers},
        }
    return {"openapi": "3.1.0", "info": {"title": "Sluitend", "version": "1"}, "paths": paths}


def pieces(right: dict[str, str], *others: str) -> list[dict[str, Any]]:
    """Describe the pieces of an address: of something that exists, or others."""
    return [
        {"name": name, "in": "path", "required": True, "schema": {"enum": [value, *others]}}
        for name, value in right.items()
    ]


def wrong(answer: Any) -> Iterator[str]:
    """Give what is wrong with an answer to whatever was sent."""
    yield from amiss(answer)
    page = b"" if answer.streaming else answer.content
    for each in (SCRIPT, PICTURE):
        if each.encode() in page:
            yield f"gives {each} back"
    if "Set-Cookie" in answer.headers:
        yield "a header that was typed"


def body_of(case: Any) -> dict[str, Any]:
    """Return the fields of what was drawn; none where only an address was."""
    return case.body if isinstance(case.body, dict) else {}


def send(client: Client, case: Any) -> Any:
    """Send what was drawn."""
    path, _, _query = case.formatted_path.partition("?")
    query = urlencode({k: str(v) for k, v in (case.query or {}).items()}, errors="surrogatepass")
    if case.method == "GET":
        return client.get(f"{path}?{query}")
    values = {str(k): v if isinstance(v, list) else str(v) for k, v in body_of(case).items()}
    form = urlencode(values, doseq=True, errors="surrogatepass")
    return client.generic("POST", path, form, "application/x-www-form-urlencoded")


WHO = ("focal_point", "other_focal_point", "recipient", None)
STRANGERS = ("other_focal_point", None)
TAKEN_OVER = ("other_focal_point", "/werk/overdrachten/")
"""Who gets what is handed over sees it there once somebody drew that it is accepted."""


def test_whatever_is_sent_to_whatever_address_is_answered_calmly(sample: samples.Sample) -> None:
    """Each thing that is drawn is sent by everybody in turn, strangers first."""
    described = schemathesis.openapi.from_dict(description(sample))
    people = {who: browser(who) for who in reversed(WHO)}
    found, sent = set[str](), list[str]()

    def tell(case: Any) -> None:
        sent.extend(map(str, [*(case.query or {}).values(), *body_of(case).values()]))
        for who, client in people.items():
            answer = send(client, case)
            here = f"{who} {case.method} {case.operation.path}"
            found.update(f"{here}: {what}" for what in wrong(answer))
            page = b"" if answer.streaming else answer.content
            own = who == TAKEN_OVER[0] and case.operation.path.startswith(TAKEN_OVER[1])
            if who in STRANGERS and not own and samples.PLANT.encode() in page:
                found.add(f"{here}: shows what another organisation knows")

    results: list[Any] = list(described.get_all_operations())
    operations = [result.ok() for result in results]
    for number, operation in enumerate(operations):
        draw_one(number, operation.as_strategy(), tell)
    assert len(operations) > 2 * len(PEOPLE)
    assert len(sent) > 5 * len(operations)
    assert set(HOSTILE) - set(sent) == set()
    assert found == set()


def type_in(
    client: Client, path: str, kept: dict[str, str], drawn: st.SearchStrategy[dict[str, str]], number: int
) -> set[str]:
    """Send a form twice with what is drawn over what stood in it, and return what is wrong."""
    found = set[str]()

    def tell(values: dict[str, str]) -> None:
        body = urlencode({**kept, **values}, errors="surrogatepass")
        answer = client.generic("POST", path, body, "application/x-www-form-urlencoded")
        found.update(f"{path}: {what}" for what in wrong(answer))

    draw_two(number, drawn, tell)
    return found


@pytest.mark.parametrize("who", tiers.either(["focal_point"], ["focal_point", "recipient"]))
def test_whatever_is_typed_in_every_form_is_answered_calmly(sample: samples.Sample, who: str | None) -> None:
    client, found = browser(who), set[str]()
    typed = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
    for number, address in enumerate(every_address()):
        path = path_of(address, sample)
        page = client.get(path)
        if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            continue
        for form in filled_forms(page.content.decode(), "woord"):
            target = form.action or path
            if form.typed and "uitloggen" not in target:
                drawn = st.fixed_dictionaries(dict.fromkeys(sorted(form.typed), typed))
                found |= type_in(client, target, form.values, drawn, number)
    assert found == set()
