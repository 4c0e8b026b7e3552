"""Words in every language and who read them: on the screen, so that no number waits for a programmer."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.journeys.editing.drafting import MEREL, asked

from sluitend.exports.sheet_columns import heading
from sluitend.exports.sheets import as_sheet
from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import ChangedMeanwhile, NotRight
from sluitend.journeys.editing.attention import attention
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.helping import contents

TEXT = "/werk/handboek/regel/public_texts/r5/"
CARD = ("card_answers", "weet_niet")


SAID = {"confirmed": "ja"} | {f"asked.{name}": words for name, words in asked("De telefoniste").items()}


def others() -> tuple[str, ...]:
    """The languages of the handbook beside Dutch and English."""
    return tuple(sorted(set(current_release().pack.languages.ids) - {"nl", "en"}))


def filled(client: Client, address: str, **words: str) -> dict[str, Any]:
    """Return a form as the page shows it, with some of its boxes filled in."""
    page = client.get(address)
    boxes: dict[str, Any] = {"version": str(page.context["version"])}
    for box in _every(page.context["boxes"]):
        chosen = [option.value for option in box.options if option.chosen]
        boxes[box.name] = chosen if box.options else box.value
        if box.choices:
            boxes[f"{box.name}.more"] = box.value
        if box.kind == "pieces":
            boxes[f"{box.name}.count"] = str(box.count)
    assert set(words) <= set(boxes), "the form has no box for this"
    return boxes | words


def _every(boxes: Any) -> Any:
    for box in boxes:
        yield box
        yield from _every(box.boxes)
        yield from _every(box.more)


def test_a_number_that_is_confirmed_says_which_words_are_missing_and_has_a_box_for_each(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    client, address = client_for(MEREL), "/werk/handboek/regel/help_lines/fier/"
    form = filled(client, address, **SAID)
    said = client.post(f"{address}nakijken/", form).text
    assert f"Naam ontbreekt in: {len(others())} talen." in said
    client.post(address, form)
    with acting(merel), pytest.raises(NotRight):
        actions.offer(actor=merel)
    problems = client.get("/werk/handboek/wijzigingen/").text
    assert problems.count("ontbreekt in:") == 3
    words = {f"{field}.{each}": "slowa" for field in ("name", "hours", "audience") for each in others()}
    assert client.post(address, filled(client, address, **SAID, **words)).status_code == 302
    with acting(merel):
        actions.offer(actor=merel)


def test_the_number_of_care_coordination_stands_on_the_pages_of_help_as_soon_as_it_is_confirmed(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    client, address = client_for(MEREL), "/werk/handboek/regel/help_lines/shop/"
    client.post(address, filled(client, address, **SAID))
    with acting(merel):
        actions.offer(actor=merel)
        pack, _problems = queries.pack_of_draft(merel)
    number = pack.help_lines["shop"].number
    for language in ("nl", "en", *others()):
        assert number in {line.number for line in contents.lines(pack, language, timezone.now())}, language


def test_words_of_the_law_are_shown_in_a_language_once_they_are_written_and_read_on_the_screen(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    client = client_for(MEREL)
    assert client.post(TEXT, filled(client, TEXT, **{"text.pl": "Po polsku."})).status_code == 302
    assert not shown_in_polish(merel)
    version = client.get(TEXT).context["version"]
    answer = client.post(
        f"{TEXT}nagelezen/", {"language": "pl", "by": "Een beëdigd tolk", "version": version}, follow=True
    )
    assert "Een beëdigd tolk" in answer.text
    assert shown_in_polish(merel)
    with acting(merel):
        actions.offer(actor=merel)
    client.post(TEXT, filled(client, TEXT, **{"text.pl": "Inaczej."}))
    assert not shown_in_polish(merel)


def shown_in_polish(actor: Actor) -> bool:
    """Tell whether who reads Polish would see the text of the law in Polish."""
    with acting(actor):
        pack, _problems = queries.pack_of_draft(actor)
    shown = contents._statement(pack.public_texts["r5"], "papers", "pl", timezone.localdate())
    return [each.code for each in shown.versions] == ["pl"]


@pytest.mark.parametrize(
    ("language", "by", "said"),
    [("pl", " ", "Schrijf wie"), ("en", "Een tolk", "niets om na"), ("xx", "Een tolk", "niets om na")],
)
def test_a_reading_needs_a_person_and_words(merel: Actor, language: str, by: str, said: str) -> None:
    with acting(merel):
        actions.start(actor=merel)
        with pytest.raises(DomainError, match=said):
            actions.review(actor=merel, part=CARD[0], entry_id=CARD[1], language=language, by=by, seen=0)


def test_a_reading_of_words_that_changed_since_is_not_kept(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
    entry = plain(current_release().pack.card_answers[CARD[1]])
    entry["text"] |= {"pl": "Inaczej"}
    with acting(joris):
        actions.save(actor=joris, edit=actions.Edit(*CARD, entry, 0))
    with acting(merel), pytest.raises(ChangedMeanwhile):
        actions.review(actor=merel, part=CARD[0], entry_id=CARD[1], language="pl", by="Een tolk", seen=0)


def test_a_sheet_takes_no_reading_along_to_other_words(merel: Actor) -> None:
    """Who read the Polish words did not read those that somebody typed in the sheet since."""
    text = current_release().pack.public_texts["r5"]
    content = plain(text)
    content["text"] |= {"pl": "Twoje dokumenty."}
    with acting(merel):
        actions.start(actor=merel)
        seen = actions.save(actor=merel, edit=actions.Edit("public_texts", "r5", content, 0))
        actions.review(
            actor=merel, part="public_texts", entry_id="r5", language="pl", by="Een tolk", seen=seen
        )
        pack, _problems = queries.pack_of_draft(merel)
        sheet = as_sheet("public_texts", pack.public_texts)
        assert shown_in_polish(merel)
        edited = with_words(sheet, "r5", heading("public_texts", "text.pl"), "Inaczej.")
        assert actions.save_sheet(actor=merel, part="public_texts", content=edited) == 1
        pack, _problems = queries.pack_of_draft(merel)
    assert pack.public_texts["r5"].text.root["pl"] == "Inaczej."
    assert not shown_in_polish(merel)


def with_words(sheet: bytes, entry_id: str, column: str, words: str) -> bytes:
    """Return a sheet with other words in one cell."""
    book = load_workbook(BytesIO(sheet))
    page: Any = book.worksheets[0]
    names = [cell.value for cell in page[1]]
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == entry_id)
    page.cell(row, 1 + names.index(column)).value = words
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_who_read_a_whole_language_read_what_the_release_says_and_not_what_the_draft_changes(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    before = current_release().pack
    entry = plain(before.card_answers[CARD[1]])
    entry["text"] |= {"pl": "Inaczej"}
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=actions.Edit(*CARD, entry, 0))
    address = "/werk/handboek/regel/languages/pl/"
    client = client_for(MEREL)
    assert "Alles in deze taal is nagelezen" in client.get(address).text
    client.post(f"{address}nagelezen/", {"by": "Een beëdigd tolk"})
    with acting(merel):
        pack, problems = queries.pack_of_draft(merel)
        unread = {
            line.entry_id for each in attention(merel) if each.key == "unreviewed" for line in each.lines
        }
    assert problems == ()
    assert not pack.card_answers[CARD[1]].reviewed_in("pl")
    assert pack.cards["K01"].reviewed_in("pl")
    assert not pack.cards["K01"].reviewed_in("ro")
    assert CARD[1] in unread
    assert not contents.is_read_in(before, "pl")
    assert not contents.is_read_in(pack, "pl")


def test_a_new_entry_for_who_seeks_help_has_a_box_for_every_language_and_others_do_not(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
    client = client_for(MEREL)
    form = client.get("/werk/handboek/lijst/self_check/nieuw/").text
    assert all(f'name="text.{each}"' in form for each in others())
    assert 'name="label.pl"' not in client.get("/werk/handboek/lijst/measures/nieuw/").text
    assert client.post("/werk/handboek/lijst/self_check/nieuw/", {"id": "z99"}).status_code == AMISS
