"""Going back to an earlier release: every kind goes back, or is named before anything is done."""

import pytest
from django.test import Client
from tests.journeys.editing.drafting import MEREL, offered

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import StaysBehind
from sluitend.journeys.editing.actions.drafts import _changes_to, _staying
from sluitend.journeys.editing.models import Draft
from sluitend.journeys.editing.queries.drafts import content_of
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.loading import list_parts, pack_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.organisations.models import Account


@pytest.mark.parametrize("part", Pack.model_fields)
@pytest.mark.usefixtures("region")
def test_each_kind_goes_back_or_is_named(part: str) -> None:
    now = current_release().pack
    if part in list_parts():
        entries = getattr(now, part)
        fewer = type(entries)(tuple(entries)[1:])
        then = now.model_copy(update={part: fewer})
        gone = [(each, one) for each, one, content in _changes_to(now, then) if content is None]
        assert gone == [(part, one.id) for one in list(entries)[:1]]
        assert _staying(now, then) == ()
        return
    other = now.description.model_copy(update={"notes": ()}) if part == "description" else None
    then = now.model_copy(update={part: other})
    assert _changes_to(now, then) == ()
    (named,) = _staying(now, then)
    assert named != part, "it has words"


@pytest.mark.usefixtures("region")
def test_the_number_and_the_day_of_a_release_are_its_own() -> None:
    now = current_release().pack
    numbered = now.description.model_copy(update={"version": "9.9"})
    assert _staying(now, now.model_copy(update={"description": numbered})) == ()


def other_question() -> None:
    """Let who keeps the server publish a pack with another question about the residents."""
    now = current_release()
    content = content_of(now.pack)
    content["residents"]["question"]["nl"] += " Echt?"
    publish_pack(pack_of(content), actor_name="beheer", base=now.number)
    release.cache_clear()


def test_who_goes_back_hears_first_what_does_not_go_with_it(merel: Actor, joris: Actor) -> None:
    first = current_release().number
    other_question()
    with acting(merel):
        with pytest.raises(StaysBehind, match="de vraag over de bewoners"):
            actions.go_back(actor=merel, number=first)
        with pytest.raises(StaysBehind):  # nothing else differs: there is nothing to begin
            actions.go_back(actor=merel, number=first, without=True)
        assert not Draft.objects.exists()
    offered(merel)
    with acting(joris):
        actions.publish(actor=joris)
    client = Client()
    client.force_login(Account.objects.get(email=MEREL))
    answer = client.post(f"/werk/handboek/terug/{first}/")
    assert answer.status_code == 422
    assert "de vraag over de bewoners" in answer.text
    assert not Draft.objects.filter(state=Draft.State.OPEN).exists()
    assert client.post(f"/werk/handboek/terug/{first}/", {"zonder": "ja"}).status_code == 302
    with acting(merel):
        assert [one.entry_id for one in queries.changes(merel)] == ["mma"]
