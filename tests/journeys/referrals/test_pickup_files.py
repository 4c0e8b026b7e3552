"""A file on the pick-up page: its clean copy, for the one browser, as long as its session lives."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.referrals.situations import Ready, days
from tests.journeys.referrals.test_files import SECRET, with_photo  # noqa: F401 - a fixture
from tests.journeys.referrals.test_pickup import ADDRESS, Waiting, started, without_number

from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting
from sluitend.kernel.sealing.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(with_photo: Ready) -> Waiting:  # noqa: F811 - the fixture
    """A referral with a photo that waits to be collected."""
    return started(
        with_photo, with_photo.send(channel="pickup", parts=with_photo.rows("facts", "attachments"))
    )


def file_of(waiting: Waiting) -> str:
    """Return the path of the one file that went along, as the sender knows it."""
    who = waiting.ready.focal_point
    with acting(who):
        (file,) = queries.sent(waiting.code, who).content.files
    return f"{waiting.path}bestanden/{file.id}/"


def accepted(waiting: Waiting) -> Client:
    """Open the page with its code, take the referral on, and return the browser."""
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    return client


def test_the_page_offers_the_clean_copy_under_a_neutral_name(waiting: Waiting) -> None:
    client, path = accepted(waiting), file_of(waiting)
    assert f'href="{path}"' in client.get(waiting.path).content.decode()
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Content-Disposition"] == f'attachment; filename="{waiting.code}-1.jpg"'
    assert response.content.startswith(b"\xff\xd8\xff")
    assert SECRET.encode() not in response.content


def test_there_is_no_file_without_the_session_that_took_it_on(waiting: Waiting) -> None:
    path, entrance = file_of(waiting), without_number(Client().get(waiting.path))
    client, _ = waiting.opened()
    assert client.get(path).status_code == 404  # opened, but not taken on yet
    client.post(waiting.path, {"act": "accept"})
    assert client.get(path)["Content-Type"] == "image/jpeg"
    assert without_number(Client().get(path)) == entrance
    thief, _ = waiting.opened()
    assert without_number(thief.get(path)) == entrance


@pytest.mark.parametrize("how", ["recalled", "expired", "session over", "new link"])
def test_the_file_goes_when_the_session_goes(waiting: Waiting, how: str) -> None:
    client, path, who = accepted(waiting), file_of(waiting), waiting.ready.focal_point
    assert client.get(path)["Content-Type"] == "image/jpeg"
    with acting(who):
        if how == "recalled":
            actions.recall(code=waiting.code, reason="mistake", actor=who)
        elif how == "new link":
            actions.start_pickup(code=waiting.code, address=ADDRESS, actor=who)
        elif how == "expired":
            Referral.objects.filter(code=waiting.code).update(expires=days(-1))
        else:
            waiting.set_back(session_until=timezone.now() - timedelta(hours=1))
    assert without_number(client.get(path)) == without_number(Client().get(waiting.path))


def test_a_file_of_another_referral_is_not_there(waiting: Waiting) -> None:
    other = started(
        waiting.ready, waiting.ready.send(channel="pickup", parts=waiting.ready.rows("facts", "attachments"))
    )
    client, own, others = accepted(waiting), file_of(waiting), file_of(other)
    beside = own.replace(own.split("/")[-2], others.split("/")[-2])
    absent = own.replace(own.split("/")[-2], str(uuid4()))
    assert client.get(own).status_code == 200
    for path in (beside, absent):
        response = client.get(path)
        assert response.status_code == 404, path
        assert b"JFIF" not in response.content
    assert accepted(other).get(others)["Content-Type"] == "image/jpeg"


def test_a_copy_in_which_a_virus_was_found_since_is_not_there(waiting: Waiting) -> None:
    client, path, who = accepted(waiting), file_of(waiting), waiting.ready.focal_point
    with acting(who):
        assert Attachment.objects.filter(pk=path.split("/")[-2]).update(state=Attachment.State.INFECTED) == 1
    assert client.get(path).status_code == 404
