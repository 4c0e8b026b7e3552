"""Two hundred draws for every address and every form, as each role and signed out.

`test_fuzz.py` sends a few at each change; this is what `make prove` sends. Each role sends two hundred in
each form that it sees. Of an address two hundred go to those who may open it, in turn, for only there
something reads what was drawn; who may not is refused before that, and those together get the same two
hundred. Two hundred of each of fourteen people for each address would be 1.3 million requests: fifty minutes
more on two cores, of which nine in ten for a refusal that `test_access_matrix.py` asks for already.
SLUITEND_DRAWS=20 takes a tenth of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests import samples, tiers
from tests.access_table import ANYONE, MAY, SIGNED_IN
from tests.attacks.everywhere import STRANGE_PIECES, bent, browser, every_address, path_of
from tests.attacks.test_fuzz import DRAWN, HOSTILE, NOT_TRIED, description, route_of, send, wrong
from tests.filling import Filled, filled_forms
from tests.test_access_matrix import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

PARTS = 12
"""Into how many tests the addresses are dealt, so that workers share them."""
EVERYBODY = (*PEOPLE, None)


def inside(name: str) -> tuple[str | None, ...]:
    """Return who may open an address; of one of the library everybody."""
    may = MAY.get(name, ANYONE)
    if may is ANYONE:
        return EVERYBODY
    return tuple(PEOPLE) if may is SIGNED_IN else tuple(sorted(may))


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happened inside, so that the next form finds the matter as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def draw(number: int, drawn: st.SearchStrategy[Any], tell: Any) -> None:
    """Tell what is drawn, the same for each number and each seed."""
    seed(number + tiers.SEED)(settings(DRAWN, max_examples=tiers.DRAWS)(given(drawn)(tell)))()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_two_hundred_draws_calmly(sample: samples.Sample, part: int) -> None:
    described = schemathesis.openapi.from_dict(description(sample))
    results: list[Any] = list(described.get_all_operations())
    operations = [result.ok() for result in results]
    browsers = {who: browser(who) for who in EVERYBODY}
    names = {route_of(address): address.name for address in every_address()}
    found, sent = set[str](), 0

    def try_address(number: int, operation: Any) -> None:
        may = inside(names[operation.path])
        turns = [cycle(some) for some in (may, [who for who in EVERYBODY if who not in may]) if some]

        def tell(case: Any) -> None:
            nonlocal sent
            for who in map(next, turns):
                sent += 1
                here = f"{who} {case.method} {case.operation.path}"
                found.update(f"{here}: {what}" for what in wrong(send(browsers[who], case)))

        draw(number, operation.as_strategy(), tell)

    for number, operation in enumerate(operations[part::PARTS]):
        with undone():
            try_address(number, operation)
    assert sent > 10 * len(operations[part::PARTS])
    assert found == set()


@pytest.mark.parametrize("part", range(4))
def test_every_strange_piece_of_an_address_is_answered_calmly(sample: samples.Sample, part: int) -> None:
    people = cycle([(who, browser(who)) for who in EVERYBODY])
    found, sent = set[str](), 0
    for address in every_address()[part::4]:
        if address.name in NOT_TRIED:
            continue
        for path in (each for piece in STRANGE_PIECES for each in bent(address, sample, piece)):
            who, client = next(people)
            for answer in (client.get(path), client.post(path, {"code": "x", "do": "x"})):
                found.update(f"{who} {address.name} {path[:80]}: {what}" for what in wrong(answer))
            sent += 1
    assert sent > 1_000
    assert found == set()


def forms_of(client: Client, sample: samples.Sample) -> Iterator[tuple[str, Filled]]:
    """Give every form that somebody can type in, with the address that it goes to."""
    for address in every_address():
        path = path_of(address, sample)
        page = client.get(path)
        if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            continue
        for form in filled_forms(page.content.decode(), "woord"):
            target = form.action or path
            if form.typed and "uitloggen" not in target:
                yield target, form


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_form_answers_two_hundred_draws_calmly(sample: samples.Sample, who: str | None) -> None:
    client, found, tried = browser(who), set[str](), 0
    typed = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))

    def try_form(number: int, target: str, form: Filled) -> None:
        def tell(values: dict[str, str]) -> None:
            body = urlencode({**form.values, **values}, errors="surrogatepass")
            answer = client.generic("POST", target, body, "application/x-www-form-urlencoded")
            found.update(f"{target}: {what}" for what in wrong(answer))

        draw(number, st.fixed_dictionaries(dict.fromkeys(sorted(form.typed), typed)), tell)

    for number, (target, form) in enumerate(forms_of(client, sample)):
        tried += 1
        with undone():
            try_form(number, target, form)
    assert tried > 0
    assert found == set()
