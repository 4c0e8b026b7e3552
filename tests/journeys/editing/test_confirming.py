"""Numbers that people in danger call: of a right form, and confirmed by somebody who says whom they asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.editing.drafting import LINES, MEREL, asked, change, line
from tests.journeys.editing.test_languages import SAID, filled

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import Edit, NotRight
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.checks_of_contacts import contact_findings_of
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release

SHOP = f"/werk/handboek/regel/{LINES}/shop/"


@pytest.fixture
def client(merel: Actor, client_for: Callable[[str], Client]) -> Client:
    """The browser of a coordinator who began a draft."""
    with acting(merel):
        actions.start(actor=merel)
    return client_for(MEREL)


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        *((each, "") for each in ("112", "116 111", "14 070", "0800-2000", "0800 1234 567", "070-361 47 47")),
        *(
            (each, "")
            for each in ("+31 247 247 247", "0031 70 361 47 47", "(online chat)", "via Veilig Thuis")
        ),
        ("07O-361 47 4x", "staat 'O', en dat is geen cijfer"),
        ("070-361 47 4x", "staat 'x', en dat is geen cijfer"),
        ("070-361 47 4", "te weinig of te veel cijfers"),
        ("070-361 47 477", "te weinig of te veel cijfers"),
        ("0800-200", "te weinig of te veel cijfers"),
        ("+31 70 361 47", "te weinig of te veel cijfers"),
        ("٠٧٠-٣٦١٤٧٤٧", "dat is geen cijfer"),
        ("bel even", "geen cijfers"),
        ("112; rm -rf", "dat is geen cijfer"),
    ],
)
def test_a_number_is_figures_and_all_of_them(region: object, number: str, wrong: str) -> None:
    entry = current_release().pack.help_lines["mma"].model_copy(update={"number": number})
    said = " ".join(one.wrong[0] for one in contact_findings_of(LINES, entry))
    assert wrong in said if wrong else not said


@pytest.mark.parametrize(
    ("address", "is_wrong"),
    [
        ("https://www.riec.nl/x?y=1", False),
        ("-", False),
        ("in het archief van de regio", False),
        ("www.riec.nl", True),
        ("https://riec", True),
        ("https://www.riec.nl/een pagina", True),
        ("javascript://riec.nl/", True),
    ],
)
def test_an_address_of_a_page_is_whole(region: object, address: str, is_wrong: bool) -> None:
    some = next(iter(current_release().pack.references)).model_copy(update={"address": address})
    assert bool([*contact_findings_of("references", some)]) is is_wrong


def test_a_wrong_number_is_not_kept_and_is_said_at_its_field(client: Client, merel: Actor) -> None:
    form = filled(client, SHOP, number="07O-361 47 4x", **SAID)
    said = client.post(f"{SHOP}nakijken/", form).text
    assert "In Nummer staat &#x27;O&#x27;, en dat is geen cijfer." in said
    assert "Dit klopt." not in said
    answer = client.post(SHOP, form)
    assert answer.status_code == AMISS
    assert 'id="id-number_error"' in answer.text
    with acting(merel):
        assert queries.changes(merel) == ()


def test_who_confirms_says_who_was_asked_and_when(client: Client, merel: Actor) -> None:
    answer = client.post(SHOP, filled(client, SHOP, confirmed="ja"))
    assert answer.status_code == AMISS
    assert "Zeg ook wie dit navroeg, wie antwoord gaf en op welke dag." in answer.text
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = client.post(SHOP, filled(client, SHOP, **SAID | {"asked.asked_on": tomorrow}))
    assert "is nog niet geweest" in answer.text
    assert client.post(SHOP, filled(client, SHOP, **SAID)).status_code == 302
    with acting(merel):
        pack, problems = queries.pack_of_draft(merel)
    assert "Antwoord gaf: De telefoniste." in client.get(SHOP).text
    kept = pack.help_lines["shop"].asked
    assert problems == ()
    assert kept is not None
    assert (kept.asked_whom, kept.asked_on.isoformat()) == ("De telefoniste", "2026-01-05")


def test_a_confirmed_number_that_changes_is_asked_for_again(client: Client, merel: Actor) -> None:
    with acting(merel):
        with pytest.raises(NotRight):
            actions.save(actor=merel, edit=Edit(LINES, "mma", line("mma") | {"number": "0800-1111"}, 0))
        seen = change(merel, number="0800-1111")
        stale = line("mma") | {"number": "0800-2222", "asked": asked("Wie 0800-1111 opneemt")}
        with pytest.raises(NotRight) as caught:
            actions.save(actor=merel, edit=Edit(LINES, "mma", stale, seen))
        assert "gaat over wat er eerst stond" in caught.value.problems[0].message
        change(merel, number="0800-2222", seen=seen)


@pytest.mark.parametrize(
    ("part", "field", "other"),
    [
        ("points", "where", {"nl": "Plein 1", "en": "Plein 1"}),
        ("points", "address", "https://elders.example/"),
        ("partners", "help_line", "112"),
        ("partners", "channels", ["duif"]),
    ],
)
def test_a_confirmed_place_that_moves_is_asked_for_again(
    client: Client, merel: Actor, part: str, field: str, other: object
) -> None:
    entry = next(iter(getattr(current_release().pack, part)))
    said = plain(entry) | {"confirmed": True, "asked": asked("De balie")}
    with acting(merel):
        seen = actions.save(actor=merel, edit=Edit(part, entry.id, said, 0))
        moved = said | {field: other}
        with pytest.raises(NotRight) as caught:
            actions.save(actor=merel, edit=Edit(part, entry.id, moved, seen))
        assert "gaat over wat er eerst stond" in caught.value.problems[0].message
        again = moved | {"asked": asked("De nieuwe balie")}
        assert actions.save(actor=merel, edit=Edit(part, entry.id, again, seen))


def test_other_words_of_a_confirmed_line_need_no_new_call(client: Client, merel: Actor) -> None:
    with acting(merel):
        content = line("mma") | {"audience": {"nl": "Iedereen", "en": "Everybody"}}
        assert actions.save(actor=merel, edit=Edit(LINES, "mma", content, 0))


def test_a_source_that_is_not_there_is_refused_when_it_is_saved(client: Client, merel: Actor) -> None:
    content = line("mma") | {"source": ["gebeld met SHOP"]}
    with acting(merel), pytest.raises(NotRight) as caught:
        actions.save(actor=merel, edit=Edit(LINES, "mma", content, 0))
    (problem,) = caught.value.problems
    assert problem.field == "source"
    assert "'gebeld met SHOP' staat niet in de lijst" in problem.message
