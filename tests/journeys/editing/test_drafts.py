"""A draft of the handbook: two people, nothing lost, and the release of now untouched until then."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.editing.drafting import JORIS, LINES, MEREL, change, line, offered

from sluitend.exports.differences import How
from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import ChangedMeanwhile, Edit, NotRight
from sluitend.journeys.editing.actions.drafts import _version_after
from sluitend.journeys.editing.attention import attention
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.journeys.editing.reviews import with_reviews
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release, release, releases
from sluitend.kernel.ledger.models import Event


def test_a_change_is_offered_by_one_and_published_by_another(merel: Actor, joris: Actor) -> None:
    before = current_release()
    with acting(merel):
        actions.start(actor=merel)
        change(merel)
        assert [(one.entry_id, one.how) for one in queries.changes(merel)] == [("mma", How.CHANGED)]
        actions.offer(actor=merel)
        with pytest.raises(DomainError, match="Een ander geeft uit"):
            actions.publish(actor=merel)
    with acting(joris):
        number = actions.publish(actor=joris)
    now = current_release()
    assert now.number == number == before.number + 1
    assert now.pack.help_lines["mma"].number == "0800-9999"
    assert now.pack.description.version == "1.1"
    assert release(before.number).pack.help_lines["mma"].number != "0800-9999"
    assert releases()[0].published_by == "Merel van Dijk en Joris Wiersma"


@pytest.mark.parametrize("turned", [False, True])
def test_a_release_names_who_offered_it_first(merel: Actor, joris: Actor, turned: bool) -> None:
    first, second = (joris, merel) if turned else (merel, joris)
    offered(first)
    with acting(second):
        actions.publish(actor=second)
    two = ("Joris Wiersma", "Merel van Dijk") if turned else ("Merel van Dijk", "Joris Wiersma")
    assert releases()[0].published_by == " en ".join(two)


def test_the_release_of_now_stays_while_a_draft_is_made(merel: Actor) -> None:
    before = current_release().pack
    offered(merel)
    assert current_release().pack == before


def test_the_database_refuses_one_person_who_offers_and_publishes(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel)
        actions.offer(actor=merel)
        with pytest.raises(DatabaseError), transaction.atomic():
            Draft.objects.update(state="published", ended=timezone.now(), ended_by=merel.account_id, became=9)


def test_the_database_refuses_what_one_person_writes_in_the_name_of_another(
    merel: Actor, joris: Actor
) -> None:
    def refused() -> Any:
        return pytest.raises(DatabaseError, match="in the own name")

    with acting(joris):
        actions.start(actor=joris)
        change(joris, entry_id="nla")
    with acting(merel):
        change(merel)
        mine = DraftEntry.objects.filter(entry_id="mma")
        for column in ("changed_by", "looked_by"):
            with refused(), transaction.atomic():
                mine.update(**{column: joris.account_id})
        for column in ("offered_by", "returned_by", "ended_by"):
            with refused(), transaction.atomic():
                Draft.objects.update(**{column: joris.account_id})
        row = DraftEntry.objects.get(entry_id="nla")
        row.pk, row.entry_id = uuid4(), "fier"
        with refused(), transaction.atomic():
            row.save(force_insert=True)
        DraftEntry.objects.filter(entry_id="nla").update(version=9)


def test_a_change_after_offering_opens_the_draft_again(merel: Actor, joris: Actor) -> None:
    offered(merel)
    with acting(joris):
        change(joris, number="0800-1111", seen=1)
        with pytest.raises(DomainError, match="niet meer klaar"):
            actions.publish(actor=joris)


def test_a_region_has_one_draft_at_a_time(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
    with acting(joris), pytest.raises(Conflict) as caught:
        actions.start(actor=joris)
    assert caught.value.message == "Merel van Dijk was net eerder. Kijk wat er nu staat."
    with acting(merel), pytest.raises(DomainError, match="U begon al een concept"):
        actions.start(actor=merel)


def test_an_entry_of_a_wrong_shape_is_not_kept(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        with pytest.raises(NotRight) as caught:
            actions.save(actor=merel, edit=Edit(LINES, "mma", line("mma") | {"hours": ""}, 0))
        assert "hours" in caught.value.problems[0].message
        assert not DraftEntry.objects.exists()


def test_a_draft_that_would_break_the_handbook_is_not_offered(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit(LINES, "112", None, 0))
        with pytest.raises(NotRight) as caught:
            actions.offer(actor=merel)
        assert any(one.entry == "112" for one in caught.value.problems)
        assert queries.draft_view(merel) is not None


def test_a_draft_without_changes_is_not_offered(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        with pytest.raises(DomainError, match="nog niets veranderd"):
            actions.offer(actor=merel)


def test_the_name_of_an_entry_never_changes(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        with pytest.raises(DomainError, match="verandert nooit"):
            actions.save(actor=merel, edit=Edit(LINES, "mma", line("mma") | {"id": "anders"}, 0))


def test_going_back_is_a_draft_that_another_publishes(merel: Actor, joris: Actor) -> None:
    first = current_release()
    offered(merel)
    with acting(joris):
        actions.publish(actor=joris)
        actions.go_back(actor=joris, number=first.number)
        assert [one.entry_id for one in queries.changes(joris)] == ["mma"]
        actions.offer(actor=joris)
    with acting(merel):
        actions.publish(actor=merel)
    assert current_release().pack.help_lines == first.pack.help_lines
    assert current_release().number == first.number + 2


def test_going_back_to_the_same_says_so(merel: Actor) -> None:
    with acting(merel), pytest.raises(DomainError, match="gelijk"):
        actions.go_back(actor=merel, number=current_release().number)


def test_a_release_that_came_meanwhile_must_be_caught_up_with(
    merel: Actor, joris: Actor, publish_again: Callable[[], int]
) -> None:
    offered(merel)
    newest = publish_again()
    with acting(joris):
        with pytest.raises(Conflict, match="beheer was net eerder"):
            actions.publish(actor=joris)
        actions.catch_up(actor=joris)
        assert [one.entry_id for one in queries.changes(joris)] == ["mma"]
        actions.look(actor=joris, part=LINES, entry_id="mma", seen=1)
        actions.offer(actor=joris)
    with acting(merel):
        assert actions.publish(actor=merel) == newest + 1
    assert current_release().pack.help_lines["nla"].number == "0800-0000"


def test_an_old_page_publishes_nothing_that_caught_up_since(
    merel: Actor, joris: Actor, publish_again: Callable[[], int]
) -> None:
    offered(merel)
    with acting(joris):
        view = queries.draft_view(joris)
        assert view is not None
    publish_again()
    with acting(merel):
        actions.catch_up(actor=merel)
        actions.offer(actor=merel)
    before = current_release().number
    with acting(joris), pytest.raises(Conflict):
        actions.publish(actor=joris, revision=view.revision)
    assert current_release().number == before


def test_who_looked_at_a_line_that_another_release_changed_looks_anew(
    merel: Actor, joris: Actor, publish_again: Callable[[], int]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = {each: change(merel, entry_id=each) for each in ("mma", "nla")}
    with acting(joris):
        for each, version in seen.items():
            actions.look(actor=joris, part=LINES, entry_id=each, seen=version)
    publish_again()
    with acting(merel):
        assert queries.own_unread(merel) == 0
        actions.catch_up(actor=merel)
        looked = {entry_id: one.looked_by for (_part, entry_id), one in queries.lines(merel).items()}
        assert looked == {"mma": "Joris Wiersma", "nla": ""}
        assert queries.own_unread(merel) == 1


def test_catching_up_keeps_what_the_draft_left_as_it_was(
    merel: Actor, joris: Actor, publish_again: Callable[[], int]
) -> None:
    """The other release has a new number; the draft, of before, says only for whom it is."""
    with acting(merel):
        actions.start(actor=merel)
        content = line("nla")
        content["audience"] |= {"nl": "Voor werkgevers en werknemers"}
        seen = actions.save(actor=merel, edit=Edit(LINES, "nla", content, 0))
    publish_again()
    with acting(merel):
        actions.catch_up(actor=merel)
        (told,) = queries.changes(merel)
        assert [each.new for each in told.fields] == ["Voor werkgevers en werknemers"]
        with pytest.raises(ChangedMeanwhile):
            actions.put_back(actor=merel, part=LINES, entry_id="nla", seen=seen)
        actions.offer(actor=merel)
    with acting(joris):
        actions.publish(actor=joris)
    now = current_release().pack.help_lines["nla"]
    assert (now.number, now.audience.nl) == ("0800-0000", "Voor werkgevers en werknemers")


def test_a_number_that_ended_is_named_before_anybody_offers_it(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    ended = timezone.localdate() - timedelta(days=1)
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit(LINES, "mma", line("mma") | {"valid_until": str(ended)}, 0))
        with pytest.raises(NotRight) as refused:
            actions.offer(actor=merel)
    assert [one.entry for one in refused.value.problems] == ["mma"]
    assert f"het nummer gold tot en met {ended}" in client_for(MEREL).get("/werk/handboek/wijzigingen/").text


def test_a_number_that_ended_since_it_was_offered_is_not_published(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client]
) -> None:
    offered(merel)
    ended = timezone.localdate() - timedelta(days=1)
    with acting(merel):
        row = DraftEntry.objects.get(entry_id="mma")
        row.content = {**(row.content or {}), "valid_until": str(ended)}
        row.save(update_fields=["content"])
        revision = Draft.objects.get().revision
    client = client_for(JORIS)
    answer = client.post("/werk/handboek/uitgeven/", {"revision": revision}, follow=True)
    assert answer.status_code == 200
    assert f"het nummer gold tot en met {ended}" in answer.text


@pytest.mark.parametrize(
    ("now", "then"), [("1.9", "1.10"), ("2026.11.25", "2026.11.26"), ("proef", "proef.1"), ("3", "3.1")]
)
def test_a_version_gets_no_longer_with_each_release(now: str, then: str) -> None:
    assert _version_after(now) == then


@pytest.fixture
def publish_again() -> Callable[[], int]:
    """Publish another number of one help line from elsewhere."""
    from sluitend.kernel.handbook.actions import publish_pack
    from sluitend.kernel.handbook.loading import pack_of

    def go() -> int:
        content = json.loads(current_release().pack.canonical_json())
        next(one for one in content[LINES] if one["id"] == "nla")["number"] = "0800-0000"
        return publish_pack(pack_of(content), actor_name="beheer").number

    return go


def test_what_the_draft_does_to_an_entry_can_be_forgotten(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel)
        actions.put_back(actor=merel, part=LINES, entry_id="mma", seen=1)
        assert queries.changes(merel) == ()


def test_who_works_in_a_draft_that_another_ended_hears_who_and_still_sees_what_they_typed(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client]
) -> None:
    address = "/werk/handboek/regel/categories/werk/"
    typed = {"label.nl": "Arbeid en loon", "label.en": "Work and pay", "source": "eigen", "confirmed": "ja"}
    offered(merel)
    with acting(joris):
        actions.publish(actor=joris)
    client = client_for(MEREL)
    page = client.post(address, typed | {"version": "0"})
    assert page.status_code == AMISS
    assert "Joris Wiersma gaf het concept uit." in page.content.decode()
    assert "Arbeid en loon" in page.content.decode()
    with acting(joris):
        actions.start(actor=joris)
        actions.drop(actor=joris)
    for verb in ("klaar", "uitgeven", "bijwerken", "weg"):
        page = client.post(f"/werk/handboek/{verb}/", follow=True)
        assert "Joris Wiersma legde het concept weg." in page.content.decode()


def test_a_draft_that_is_put_away_leaves_nothing(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel)
        actions.drop(actor=merel)
        assert queries.draft_view(merel) is None
        with pytest.raises(DomainError, match="Er is geen concept"):
            change(merel)
        actions.start(actor=merel)
        assert queries.changes(merel) == ()


def test_a_review_stays_only_while_its_words_stay(merel: Actor) -> None:
    entry = line("mma")
    entry["name"] = entry["name"] | {"pl": "Zadzwoń"}
    read = entry | {"reviewed": [{"language": "pl", "by": "Een tolk", "on": "2026-11-01"}]}
    assert with_reviews(LINES, entry | {"number": "0800-1"}, read)["reviewed"]
    other = entry | {"name": entry["name"] | {"pl": "Inaczej"}}
    assert "reviewed" not in with_reviews(LINES, other, read)


@pytest.mark.parametrize("who", ["af@westland.example", "beheer@westland.example", "avim@politie.example"])
def test_nobody_else_edits_or_publishes(region: object, who: str) -> None:
    other = samples.actor(who)
    with acting(other):
        for verb in (actions.start, actions.offer, actions.publish, actions.drop):
            with pytest.raises(Refused):
                verb(actor=other)
        for question in (queries.overview, queries.changes, attention):
            with pytest.raises(Refused):
                question(other)


def test_every_verb_leaves_a_line(merel: Actor, joris: Actor) -> None:
    offered(merel)
    with acting(joris):
        actions.publish(actor=joris)
        kept = list(Event.objects.filter(activity="handreiking").values_list("action", flat=True))
    assert sorted(kept) == ["handbook.edit", "handbook.offer", "handbook.publish", "handbook.start"]


def test_attention_names_what_is_due_unconfirmed_and_unused(merel: Actor) -> None:
    day = max(one.review_by for one in current_release().pack.help_lines if one.review_by)
    with acting(merel):
        found = {each.key: each.lines for each in attention(merel, today=day - timedelta(days=30))}
    assert {"due", "unconfirmed", "untranslated", "unreviewed", "unused"} == set(found)
    assert any(one.part == LINES for one in found["due"])
    assert [one.due for one in found["due"]] == sorted(one.due for one in found["due"] if one.due)
    assert any(not one.confirmed for one in found["unconfirmed"])
    assert "shop" in {one.entry_id for one in found["unconfirmed"]}
    untranslated = {one.entry_id: one.detail for one in found["untranslated"] if one.part == LINES}
    assert untranslated["shop"] == "Engels"
    assert untranslated["fier"] == "19 talen"
    assert untranslated["veiligthuis"] == "Engels", "a note for colleagues needs no twenty languages"
    texts = {one.entry_id: one.detail for one in found["untranslated"] if one.part == "public_texts"}
    assert texts["r5"].endswith(" talen")
    assert texts["r19"] == "Engels", "reporters read Dutch or English"


def test_a_sum_of_money_that_ended_asks_for_attention(merel: Actor) -> None:
    wage = current_release().pack.public_texts["r3"]
    assert wage.amount is not None
    assert wage.review_by is not None
    day = wage.amount.valid_until + timedelta(days=1)
    assert wage.review_by > day + timedelta(days=60), "it is due for its amount alone"
    with acting(merel):
        found = {each.key: each.lines for each in attention(merel, today=day)}
    assert [one.due for one in found["due"] if one.entry_id == "r3"] == [wage.amount.valid_until]


def test_a_contract_asks_for_attention_a_year_before_it_ends(merel: Actor) -> None:
    offer, today = "support_haaglanden", timezone.localdate()
    content = plain(current_release().pack.care_offers[offer])
    ends = today + timedelta(days=365)
    with acting(merel):
        actions.start(actor=merel)
        edit = Edit("care_offers", offer, {**content, "contract_until": ends.isoformat()}, seen=0)
        actions.save(actor=merel, edit=edit)
        for day, due in ((today, [ends]), (today - timedelta(days=1), [])):
            found = {each.key: each.lines for each in attention(merel, today=day)}
            assert [one.due for one in found["due"] if one.entry_id == offer] == due


def test_what_asks_for_attention_has_a_column_only_where_there_is_more_to_say(
    region: object, client_for: Callable[[str], Client]
) -> None:
    page = client_for(MEREL).get("/werk/handboek/aandacht/").content.decode()
    unconfirmed = page.partition('id="deel-unconfirmed"')[2].partition("</section>")[0]
    untranslated = page.partition('id="deel-untranslated"')[2].partition("</section>")[0]
    assert unconfirmed.count('<th scope="col">') == 2
    assert '<th scope="col">Talen</th>' in untranslated


def test_on_an_english_page_the_lists_are_in_english(
    region: object, client_for: Callable[[str], Client]
) -> None:
    client = client_for(MEREL)
    client.cookies["taal"] = "en"
    page = client.get("/werk/handboek/lijst/stages/").content.decode()
    assert "Recruiting" in page
    assert "Werven" not in page


def test_two_that_publish_at_once_make_one_release(own_database: str) -> None:
    merel, joris = samples.actor(MEREL), samples.actor(JORIS)
    with transaction.atomic(), acting(merel):
        actions.start(actor=merel)
        change(merel)
        actions.offer(actor=merel)
    before, start, done = current_release().number, threading.Barrier(2), []

    def go() -> None:
        try:
            start.wait()
            with transaction.atomic(), acting(joris), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = 0")  # on a busy machine the first may take long
                done.append(actions.publish(actor=joris))
        except DomainError:
            done.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, before + 1]
    assert current_release().number == before + 1


def test_vandaag_says_to_the_second_person_that_a_draft_waits(
    region: object, client_for: Callable[[str], Client]
) -> None:
    merel = samples.actor(MEREL)
    offered(merel)
    said = "Merel van Dijk zette een concept van het handboek klaar."
    assert said in client_for(JORIS).get("/werk/").text
    assert said not in client_for(MEREL).get("/werk/").text
    assert said not in client_for("af@westland.example").get("/werk/").text


def test_a_draft_without_changes_leads_to_the_lists_and_offers_nothing(
    region: object, client_for: Callable[[str], Client]
) -> None:
    client = client_for(MEREL)
    client.post("/werk/handboek/begin/")
    text = client.get("/werk/handboek/wijzigingen/").text
    assert "Nog niets om na te kijken" in text
    assert "Naar het handboek" in text
    assert "Zet klaar om na te kijken" not in text
    assert "Het concept wijzigt nog niets" in client.get("/werk/handboek/").text


def test_lists_are_folded_but_for_those_that_the_draft_changes(
    region: object, client_for: Callable[[str], Client]
) -> None:
    client = client_for(MEREL)
    assert not any(_is_open(fold) for fold in _folds(client))
    assert len(_folds(client)) > 3
    client.post("/werk/handboek/begin/")
    change(samples.actor(MEREL))
    (opened,) = [fold for fold in _folds(client) if _is_open(fold)]
    assert "/werk/handboek/lijst/help_lines/" in opened


def _folds(client: Client) -> list[str]:
    """Return the folds of the editor's first page that hold lists."""
    parts = client.get("/werk/handboek/").text.split("<details")[1:]
    return [
        part for part in (each.split("</details>")[0] for each in parts) if "/werk/handboek/lijst/" in part
    ]


def _is_open(fold: str) -> bool:
    return fold[: fold.index(">")].rstrip().endswith("open")
