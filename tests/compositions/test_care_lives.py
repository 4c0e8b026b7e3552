"""Care over its life: whatever is tried, nothing of it reaches anybody without a yes of that moment."""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests import tiers
from tests.compositions.care_world import AROUND, PRESSES
from tests.compositions.test_lives import Play, Stage, play, stage

__all__ = ["stage"]
FILE = "request_help take_request open_file write_person"
SHARED = f"{FILE} agree_support share accept_share"
STARTS = (
    SHARED,
    f"{FILE} agree_support share",
    f"{FILE} agree_task share accept_share",
    f"{FILE} agree_spoken share accept_share",
    f"{FILE} say_yes make_appointment",
    f"{FILE} plan_aftercare",
    "request_tonight take_request begin_search place",
    "report take_in weigh open_person ask_help take_handed open_file",
    f"{FILE} offer_client",
    f"{FILE} turn_child call_for_child note_birth agree_support share accept_share",
)
"""The way to something that much can be tried on."""


def steps(names: str) -> Play:
    """Return a play in which each press is for the newest."""
    return [(name, 0) for name in names.split()]


KEPT: dict[str, Play] = {
    "taken back while it waits": steps(f"{FILE} agree_support share take_back_share a_day"),
    "taken back after it was read, and asked to be removed": steps(
        f"{SHARED} take_back_share reach_person a_day note_removed"
    ),
    "taken back after it was given back": steps(f"{SHARED} return_share take_back_share note_removed"),
    "taken back while a question about it waits": steps(
        f"{FILE} agree_support share ask_first take_back_share a_day"
    ),
    "declined unread, and taken back": steps(
        f"{FILE} agree_support share ask_first tell_first decline_share take_back_share a_day"
    ),
    "a spoken yes that nobody signed": steps(
        f"{FILE} agree_spoken share accept_share a_day a_day a_day a_day"
    ),
    "a yes until the evening": steps(f"{FILE} agree_today share accept_share a_day"),
    "a person who turns out to be a child after sharing": steps(f"{SHARED} turn_child call_for_child a_day"),
    "the asker tells that it is a child while something is shared": steps(
        f"{SHARED} asker_tells_child an_hour call_for_child"
    ),
    "who receives tells that it is a child": steps(f"{SHARED} receiver_tells_child note_reply an_hour"),
    "a file closed while something of it is read": [
        *steps(f"{FILE} agree_task share accept_share agree_support share close_file a_week"),
    ],
    "taken back after the file was closed": steps(
        f"{SHARED} close_file take_back_share a_day note_removed a_day"
    ),
    "a rule that changes after it was told, and a yes that is taken back": [
        *steps(FILE),
        ("agree_support", 3),  # how to make contact
        *steps("share accept_share add_rule stop_contact take_back_share end_rule a_day"),
    ],
    "help taken back with a reminder and aftercare ahead": steps(
        f"{FILE} reach_person say_help make_appointment plan_aftercare take_back_help a_day"
    ),
    "the colleague who was to look along leaves": [
        *steps(f"{FILE} call_person a_day call_person call_person propose_lost carer_leaves a_day"),
        ("look_at_end", 1),
    ],
    "a search for an adult who turns out to be a child": steps(
        f"{FILE} begin_search turn_child call_for_child a_day"
    ),
    "taken over, while something of it is read and an appointment comes": [
        *steps(f"{SHARED} stop_contact"),
        *[("offer_client", 1), ("make_appointment", 1)],
        *steps("take_client an_hour end_appointment an_hour"),
    ],
    "not taken over, offered again, and taken back by the person": steps(
        f"{FILE} offer_client refuse_client an_hour offer_client add_rule take_back_go a_day"
    ),
    "taken over, and taken back by the person after it": steps(
        f"{FILE} offer_client take_client take_back_go an_hour note_removed an_hour"
    ),
    "18 while something of it is read and the client is offered": steps(
        f"{FILE} turn_child call_for_child agree_support share accept_share note_birth offer_client"
        " a_day a_day take_back_share"
    ),
    "who supports stops, and the person wants no help any more": steps(
        f"{SHARED} say_help support_stops take_back_help a_day a_day"
    ),
    "a backup brings back what was taken back of a file that was closed": steps(
        f"{SHARED} close_file put_back_share note_removed a_day look_at_put_back a_day"
    ),
    "a backup brings back what was taken back, and then the file is closed": steps(
        f"{SHARED} put_back_share note_removed look_at_put_back close_file a_day"
    ),
    "handed over by a plan, and recalled there": steps(
        "report take_in weigh open_person ask_help take_handed open_file agree_support share accept_share"
        " recall"
    ),
}
"""Plays that once ended badly, and those that a person thought of first."""


@pytest.mark.parametrize("name", KEPT)
def test_what_once_ended_badly_in_care_ends_well(stage: Stage, name: str) -> None:
    assert play(KEPT[name], stage) == [press for press, _pick in KEPT[name]]


def test_the_judge_sees_what_outlives_a_withdrawal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the plays above could not fail."""
    monkeypatch.setattr("sluitend.journeys.care_shares.actions.stop", lambda reference, *, actor: None)
    with pytest.raises(AssertionError, match="without a yes"):
        play(steps(f"{SHARED} take_back_share"), stage)


@pytest.mark.parametrize("part", range(tiers.either(1, 2)))
def test_no_care_is_read_without_a_yes(stage: Stage, part: int) -> None:
    start = st.sampled_from(STARTS).map(steps)
    press = st.tuples(st.sampled_from([*PRESSES, *PRESSES, *AROUND]), st.integers(0, 5))
    number, length = tiers.either(3, 12), tiers.either(14, 22)
    done: list[str] = []

    @seed(2_000 * (part + 1) + tiers.SEED)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(start, st.lists(press, min_size=length // 2, max_size=length))
    def walk(begin: Play, presses: Play) -> None:
        done.extend(play(begin + presses, stage))

    walk()
    assert len(set(done) & set(PRESSES)) > len(PRESSES) // tiers.either(6, 3)
