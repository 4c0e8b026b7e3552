"""Two people in one draft of the handbook: what either changed, the other never loses or passes unread."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from tests.journeys.editing.drafting import JORIS, LINES, MEREL, asked, change, edited, line, offered

from sluitend.exports.sheets import as_sheet
from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import ChangedMeanwhile, Edit, NotRight
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release


def test_who_saves_over_another_is_told_and_loses_nothing(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel, number="0800-1111")
    with acting(joris), pytest.raises(ChangedMeanwhile) as caught:
        change(joris, number="0800-2222", seen=0)
    assert caught.value.by == "Merel van Dijk"
    assert caught.value.content is not None
    assert caught.value.content["number"] == "0800-1111"
    with acting(joris):
        assert change(joris, number="0800-2222", seen=caught.value.version) == 2


def test_two_people_change_different_entries_and_both_are_kept(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel, number="0800-1111", entry_id="mma")
    with acting(joris):
        change(joris, number="0800-2222", entry_id="nla")
        assert {one.entry_id for one in queries.changes(joris)} == {"mma", "nla"}


def test_what_another_changed_since_is_not_forgotten_unread(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = change(merel)
    with acting(joris):
        change(joris, number="0800-2222", seen=seen)
    with acting(merel), pytest.raises(ChangedMeanwhile) as caught:
        actions.put_back(actor=merel, part=LINES, entry_id="mma", seen=seen)
    assert caught.value.by == "Joris Wiersma"
    with acting(joris):
        assert [one.entry_id for one in queries.changes(joris)] == ["mma"]


def test_an_entry_that_was_forgotten_and_changed_again_is_not_the_one_of_before(
    merel: Actor, joris: Actor
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = change(merel)
    with acting(joris):
        actions.put_back(actor=joris, part=LINES, entry_id="mma", seen=seen)
        change(joris, number="0800-2222")
    with acting(merel), pytest.raises(ChangedMeanwhile):
        change(merel, number="0800-3333", seen=seen)


def test_a_page_of_a_draft_before_does_not_fit_the_next_one(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = change(merel)
        actions.drop(actor=merel)
    with acting(joris):
        actions.start(actor=joris)
        change(joris, number="0800-2222")
    with acting(merel), pytest.raises(ChangedMeanwhile):
        change(merel, number="0800-3333", seen=seen)


@pytest.mark.parametrize("verb", ["klaar", "weg"])
def test_who_did_not_see_what_a_colleague_added_neither_offers_nor_drops_it(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client], verb: str
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel)
        seen = queries.draft_view(merel)
    assert seen is not None
    with acting(joris):
        change(joris, entry_id="nla")
    client = client_for(MEREL)
    page = client.post(f"/werk/handboek/{verb}/", {"revision": seen.revision}, follow=True)
    assert "Iemand anders heeft dit net gewijzigd." in page.text
    with acting(merel):
        draft = queries.draft_view(merel)
    assert draft is not None
    assert not draft.offered
    client.post(f"/werk/handboek/{verb}/", {"revision": draft.revision})
    with acting(merel):
        after = queries.draft_view(merel)
    assert after is None if verb == "weg" else after is not None and after.offered


def test_nobody_publishes_what_they_have_not_read(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client]
) -> None:
    offered(merel)
    client, before = client_for(JORIS), current_release().number
    page = client.get("/werk/handboek/wijzigingen/").text
    with acting(joris):
        read = queries.draft_view(joris)
    assert read is not None
    assert f'name="revision" value="{read.revision}"' in page
    with acting(merel):
        change(merel, number="0800-6666", seen=1)
        actions.offer(actor=merel)
    page = client.post("/werk/handboek/uitgeven/", {"revision": read.revision}, follow=True).text
    assert "Iemand anders heeft dit net gewijzigd." in page
    assert "0800-6666" in page
    assert current_release().number == before
    client.post("/werk/handboek/uitgeven/", {"revision": read.revision + 1})
    assert current_release().number == before + 1


def test_who_marks_a_language_as_read_takes_nobody_the_line_that_they_wrote(
    merel: Actor, joris: Actor
) -> None:
    entry = plain(current_release().pack.cards["K01"])
    entry["text"] |= {"nl": "Een andere zin."}
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit("cards", "K01", entry, 0))
    with acting(joris):
        actions.review_language(actor=joris, language="pl", by="Een beëdigd tolk")
        actions.offer(actor=joris)
    with acting(merel):
        pack, _problems = queries.pack_of_draft(merel)
        assert pack.cards["K01"].reviewed_in("pl")
        assert queries.own_unread(merel) == 1
        with pytest.raises(DomainError, match="kijkt eerst na wat u zelf schreef: K01"):
            actions.publish(actor=merel)
        seen = queries.lines(merel)["cards", "K01"].version
    with acting(joris):
        actions.look(actor=joris, part="cards", entry_id="K01", seen=seen)
    with acting(merel):
        seen = actions.review(
            actor=merel, part="cards", entry_id="K01", language="ro", by="Een andere tolk", seen=seen
        )
        assert queries.lines(merel)["cards", "K01"].looked_by == "Joris Wiersma"
        entry["text"] |= {"nl": "Nog een andere zin."}
        actions.save(actor=merel, edit=Edit("cards", "K01", entry, seen))
        assert queries.lines(merel)["cards", "K01"].looked_by == ""


def test_an_edited_sheet_becomes_changes(merel: Actor) -> None:
    sheet = as_sheet(LINES, current_release().pack.help_lines)
    with acting(merel):
        actions.start(actor=merel)
        assert actions.save_sheet(actor=merel, part=LINES, content=sheet) == 0
        assert actions.save_sheet(actor=merel, part=LINES, content=edited(sheet, "nla", "0800-3333")) == 1
        assert [one.entry_id for one in queries.changes(merel)] == ["nla"]
        with pytest.raises(NotRight):
            actions.save_sheet(actor=merel, part=LINES, content=b"geen blad")


@pytest.mark.parametrize("hidden", [True, False])
def test_a_sheet_leaves_alone_what_a_colleague_changed_since_it_was_made(
    merel: Actor, joris: Actor, hidden: bool
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    sheet = as_sheet(LINES, current_release().pack.help_lines)
    with acting(joris):
        change(joris, number="0800-2222", entry_id="mma")
        new = line("mma") | {"id": "new_one", "asked": asked("De balie")}
        actions.save(actor=joris, edit=Edit(LINES, "new_one", new, 0))
    with acting(merel):
        content = edited(sheet, "nla", "0800-3333", hidden=hidden)
        assert actions.save_sheet(actor=merel, part=LINES, content=content) == 1
        pack, _problems = queries.pack_of_draft(merel)
    numbers = {one.id: one.number for one in pack.help_lines}
    assert (numbers["mma"], numbers["nla"]) == ("0800-2222", "0800-3333")
    assert "new_one" in numbers


@pytest.mark.parametrize("away", ["", "mma"])
def test_a_sheet_that_changes_what_a_colleague_changed_since_is_refused_by_the_name_of_the_entry(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client], away: str
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    sheet = as_sheet(LINES, current_release().pack.help_lines)
    with acting(joris):
        change(joris, number="0800-2222", entry_id="mma")
    content = edited(sheet, "nla" if away else "mma", "0800-3333", away=away)
    answer = client_for(MEREL).post(f"/werk/handboek/lijst/{LINES}/rekenblad/", {"sheet": BytesIO(content)})
    assert answer.status_code == AMISS
    assert "Mma: Deze regel veranderde sinds u het rekenblad ophaalde." in answer.text
    with acting(merel):
        assert [one.entry_id for one in queries.changes(merel)] == ["mma"]


def test_a_sheet_with_a_wrong_row_names_it(merel: Actor, client_for: Callable[[str], Client]) -> None:
    with acting(merel):
        actions.start(actor=merel)
    content = edited(as_sheet(LINES, current_release().pack.help_lines), "nla", "")
    client = client_for(MEREL)
    address = f"/werk/handboek/lijst/{LINES}/rekenblad/"
    answer = client.post(address, {"sheet": BytesIO(content)})
    assert "Rij 5: Nummer" in answer.text
    client.cookies["taal"] = "en"
    assert "Row 5: " in client.post(address, {"sheet": BytesIO(content)}).text


def test_sending_no_sheet_says_to_choose_one(region: object, client_for: Callable[[str], Client]) -> None:
    client = client_for(MEREL)
    client.post("/werk/handboek/begin/")
    answer = client.post("/werk/handboek/lijst/forms/rekenblad/")
    assert answer.status_code == 422
    assert "Kies eerst een rekenblad." in answer.text
