"""What nobody confirmed is one list of work: the greatest risk first, and somebody who finds out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.editing.drafting import JORIS, LINES, MEREL, asked, line

from sluitend.journeys.editing import actions
from sluitend.journeys.editing.actions import Edit
from sluitend.journeys.editing.models import CheckTask
from sluitend.journeys.editing.queries.checking import LEVELS, to_check
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.handbook.loading import list_parts
from sluitend.kernel.organisations.models import Membership

PAGE = "/werk/handboek/nagaan/"
SHOP = f"{LINES}.shop"


def test_the_levels_name_lists_of_the_handbook() -> None:
    named = [part for _key, _title, parts in LEVELS for part in parts]
    assert set(named) <= set(list_parts())
    assert len(named) == len(set(named))


def test_numbers_of_people_in_danger_come_first_and_hours_count(merel: Actor) -> None:
    with acting(merel):
        levels = {level.key: level for level in to_check(merel)}
        first = {(one.line.part, one.line.entry_id): one for one in levels["danger"].rows}
    assert [*levels] == ["danger", "reach", "law", "rest"]
    assert (LINES, "shop") in first
    assert first[LINES, "comensha"].what == "de tijden"
    assert "partners" in {one.line.part for one in levels["reach"].rows}
    assert not any(one.owner for level in levels.values() for one in level.rows)


def test_a_coordinator_divides_the_work_and_takes_it_back(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    joris = samples.actor(JORIS)
    client = client_for(MEREL)
    page = client.post(
        f"{PAGE}verdelen/", {"entry": [SHOP, f"{LINES}.fier"], "owner": str(joris.account_id)}, follow=True
    )
    assert "Verdeeld: 2." in page.text
    assert "Joris Wiersma</td>" in "".join(page.text.split("\n")).replace("  ", "")
    mine = client_for(JORIS).get(f"{PAGE}?van=mij").text
    assert f'value="{SHOP}"' in mine
    assert f'value="{LINES}.fairwork"' not in mine
    client.post(f"{PAGE}verdelen/", {"entry": [SHOP], "owner": ""})
    with acting(merel):
        assert [one.entry_id for one in CheckTask.objects.all()] == ["fier"]


@pytest.mark.parametrize(
    ("entries", "owner", "said"),
    [
        ([], JORIS, "Kies eerst"),
        ([(LINES, "mma")], JORIS, "al bevestigd"),
        ([("nergens", "x")], JORIS, "al bevestigd"),
        ([(LINES, "shop")], "af@westland.example", "Kies een collega"),
    ],
)
def test_only_what_is_unsure_is_given_and_only_to_who_edits(
    merel: Actor, entries: list[tuple[str, str]], owner: str, said: str
) -> None:
    with acting(merel), pytest.raises(DomainError, match=said):
        actions.assign(actor=merel, entries=entries, owner=samples.actor(owner).account_id)


def test_what_is_no_account_is_refused(region: object, client_for: Callable[[str], Client]) -> None:
    page = client_for(MEREL).post(f"{PAGE}verdelen/", {"entry": [SHOP], "owner": "x"}, follow=True)
    assert "Kies een collega" in page.text


def test_what_is_confirmed_leaves_the_list(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = actions.save(
            actor=merel,
            edit=Edit(
                LINES, "comensha", line("comensha") | {"open_confirmed": True, "asked": asked("De balie")}, 0
            ),
        )
        assert seen
        assert (LINES, "comensha") not in {
            (one.line.part, one.line.entry_id) for level in to_check(merel) for one in level.rows
        }


def test_nobody_else_divides(region: object) -> None:
    other = samples.actor("af@westland.example")
    with acting(other):
        with pytest.raises(Refused):
            to_check(other)
        with pytest.raises(Refused):
            actions.assign(actor=other, entries=[(LINES, "shop")], owner=None)


def given_to(who: Actor, *names: str) -> None:
    """Let Merel give numbers to a colleague to find out about."""
    merel = samples.actor(MEREL)
    with acting(merel):
        actions.assign(actor=merel, entries=[(LINES, name) for name in names], owner=who.account_id)


def owners_of(actor: Actor) -> dict[str, str]:
    """Return who finds out about each number that somebody was given."""
    with acting(actor):
        rows = [one for level in to_check(actor) for one in level.rows]
    return {one.line.entry_id: one.owner for one in rows if one.owner}


def test_what_a_release_confirms_is_nobodys_task_any_more(merel: Actor) -> None:
    joris = samples.actor(JORIS)
    given_to(joris, "comensha", "fier")
    with acting(merel):
        actions.start(actor=merel)
        sure = line("comensha") | {"open_confirmed": True, "asked": asked("De balie")}
        actions.save(actor=merel, edit=Edit(LINES, "comensha", sure, 0))
        actions.offer(actor=merel)
    with acting(joris):
        assert CheckTask.objects.count() == 2
        actions.publish(actor=joris)
        assert [one.entry_id for one in CheckTask.objects.all()] == ["fier"]


def test_who_left_finds_out_about_nothing(merel: Actor) -> None:
    joris = samples.actor(JORIS)
    given_to(joris, "fier")
    assert owners_of(merel) == {"fier": "Joris Wiersma"}
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting(merel):
        Membership.objects.filter(account_id=joris.own_account).update(until=yesterday)
    assert owners_of(merel) == {}


def test_who_finds_out_reads_so_on_vandaag_until_it_is_done(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    given_to(samples.actor(JORIS), "comensha", "fier")
    page = client_for(JORIS).get("/werk/").text
    assert "U gaat 2 regels van het handboek na." in page
    assert f'href="{PAGE}"' in page
    assert "van het handboek na." not in client_for(MEREL).get("/werk/").text
    with acting(merel):
        actions.assign(actor=merel, entries=[(LINES, "comensha"), (LINES, "fier")], owner=None)
    assert "van het handboek na." not in client_for(JORIS).get("/werk/").text
