"""Words in a form that no page of ours makes, sealed rightly by whoever took over the public process."""

from collections.abc import Callable

import pytest
from django.test import Client

from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.kernel.organisations.models import Organisation
from tests import samples

pytestmark = pytest.mark.django_db
AF = "af@westland.example"
OTHERWISE: list[object] = [
    [],
    "words",
    7,
    {"where": {"a": 1}, "signals": 7, "marks": "boom"},
    {"signals": [None, {"a": []}, 5], "marks": {"a": 1}},
    {"where": "\x00", "saw": "\x00\x1b", "signals": ["\uffff"]},
    {"day": "2026-02-31", "when": "other", "time": "\x00"},
    {"day": 5, "latitude": "far", "longitude": 1e300},
    {"latitude": True, "longitude": -(10**400)},
    {"phone": 31612345678, "plate": ["12-ABC-3"], "kvk": None, "account": {"a": 1}},
    {"form": [], "role": {"a": 1}, "wants": 3.5, "people": False, "language": 0},
]


@pytest.mark.parametrize("sealed", OTHERWISE, ids=range(len(OTHERWISE)))
def test_a_report_in_another_form_is_read_and_stops_no_page(
    client_for: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, sealed: object
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    sound, _receipt = samples.file_report(westland)
    with monkeypatch.context() as patch:
        patch.setattr(ReportContent, "to_json", lambda self: sealed)
        patch.setattr(IdentityContent, "to_json", lambda self: sealed or ["x"])
        code, _receipt = samples.file_report(westland)
    client = client_for(AF)
    for address in ("/werk/", "/werk/binnen/", f"/werk/binnen/{code}/", f"/werk/binnen/{sound}/"):
        assert client.get(address).status_code == 200, address
    assert sound in client.get("/werk/binnen/").text
    name = client.post(f"/werk/binnen/{code}/melder/", {"reason": "contact"})
    assert name.status_code < 500
    case = samples.take_in(code, samples.actor(AF))
    assert client.get(f"/werk/casussen/{case}/").status_code == 200


def test_half_a_character_is_a_mark_that_every_page_can_show() -> None:
    found = ReportContent.from_json({"where": "De Lier \ud800", "signals": ["\udfff"]})
    assert (found.where, found.signals) == ("De Lier ?", ("?",))
