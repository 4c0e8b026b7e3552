"""A kind of matter in a folder of its own stands in the list and on Vandaag, without a line in either."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests import samples
from tests.kernel.flow.third import LOOK_AT_THIRD, THIRD, a_third_kind

from sluitend.kernel.access.acting import acting
from sluitend.kernel.flow.models import kinds
from sluitend.kernel.followup.queries import open_steps
from sluitend.surfaces.desk.rows import RowMaker, about_steps

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
SENDER, RECEIVER, PARTNER = "af@westland.example", "af@denhaag.example", "nla@arbeidsinspectie.example"
THERE, HERE = "Gemeente &#x27;s-Gravenhage", "Gemeente Westland"


@pytest.fixture
def code() -> str:
    """A matter of Westland with The Hague."""
    return samples.ask(samples.actor(SENDER), "GM0518")


def listed(client: Client) -> str:
    page = client.get("/werk/uitwisselen/")
    assert page.status_code == 200
    return page.text


def test_both_sides_have_it_in_the_list(code: str, client_for: ClientFor) -> None:
    with a_third_kind():
        sent, received = listed(client_for(SENDER)), listed(client_for(RECEIVER))
    for page, title in ((sent, f"Derde soort aan {THERE}"), (received, f"Derde soort van {HERE}")):
        assert title in page
        assert f'href="/werk/derde/{code}/"' in page
        assert "Verstuurd" in page
    assert "Derde soort" not in listed(client_for(SENDER))


def test_who_may_see_it_on_neither_side_has_it_in_no_list(client_for: ClientFor) -> None:
    asked = samples.ask(samples.actor(PARTNER), "GM1783", kind="question")
    with a_third_kind():
        page = client_for(PARTNER).get("/werk/vragen/").text
    assert asked in page
    assert "Derde soort" not in page


def test_vandaag_names_the_other_side(code: str) -> None:
    who = samples.actor(RECEIVER)
    with a_third_kind() as model, acting(who):
        assert kinds()[THIRD] is model
        (step,) = [each for each in open_steps(who) if each.code == code]
        its_step = replace(step, subject_kind=THIRD, what=LOOK_AT_THIRD)
        row = RowMaker([], about_steps(who, [its_step])).of(its_step)
    assert (row.words, row.kind, row.button) == (f"{HERE} vraagt u iets derdes", "Derde soort", "Bekijk")
    assert row.url == f"/werk/derde/{code}/"
