"""A backup brought back a yes: the file says which one, and asks somebody to look what went on."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.care_shares.conftest import COORDINATOR, Desk
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.actions.putting_back import withdraw_again
from sluitend.journeys.care_files.queries import opened
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError

HELP = "De persoon had dit teruggenomen"


def test_the_page_says_which_yes_and_who_looked_says_so(
    desk: Desk, client_for: Callable[[str], Client]
) -> None:
    share, code = desk.sent()
    day = timezone.localdate() - timedelta(days=1)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/"
    assert HELP not in as_read(browser.get(path).text)
    with acting(desk.coordinator):
        assert withdraw_again({UUID(share): day, uuid4(): day}) == (1, ())
        assert withdraw_again({UUID(share): day}) == (0, ())
    assert desk.row(code).state == "recalled"
    assert desk.shares()[-1].withdrawn == day.isoformat()
    page = as_read(browser.get(path).text)
    assert HELP in page
    assert "Kijk wat nog doorging" in page
    assert "stond in een back-up nog op ja" in page
    assert browser.post(f"{path}teruggezet/", {"revision": "1"}).status_code == 422
    assert "look_put_back" in desk.steps(desk.code, desk.coordinator)
    assert browser.post(f"{path}teruggezet/", {}).status_code == 302
    assert HELP not in as_read(browser.get(path).text)
    assert "look_put_back" not in desk.steps(desk.code, desk.coordinator)


def test_a_help_that_was_taken_back_sends_nobody_to_the_person_again(desk: Desk) -> None:
    said = files.Agreed(
        kind="help_agreement", answer="yes", on=timezone.localdate().isoformat(), form="paper", language="nl"
    )
    desk.do(desk.coordinator, files.answer, code=desk.code, agreed=said, revision=None)
    with acting(desk.coordinator):
        (kept,) = opened(desk.code, desk.coordinator).consents.answers
        assert kept.id
        assert withdraw_again({UUID(kept.id): timezone.localdate()}) == (1, ())
        assert opened(desk.code, desk.coordinator).consents.standing("help_agreement") == "withdrawn"
    assert {"end_help", "look_put_back"} <= desk.steps(desk.code, desk.coordinator)


def test_a_file_is_not_closed_before_somebody_looked_at_what_went_on(desk: Desk) -> None:
    """With the file the step would go, and nobody would know that the person had said no."""
    share, _code = desk.sent()
    close = {"code": desk.code, "end": "safe_own", "revision": None}
    with acting(desk.coordinator):
        withdraw_again({UUID(share): timezone.localdate()})
    with pytest.raises(DomainError, match="nog niemand keek wat doorging na een back-up"):
        desk.do(desk.coordinator, files.close, **close)
    desk.do(desk.coordinator, files.saw_put_back, code=desk.code, revision=None)
    desk.do(desk.coordinator, files.close, **close)
