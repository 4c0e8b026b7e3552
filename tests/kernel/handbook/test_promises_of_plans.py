"""Each promise of every plan is noticed when the rules break it."""

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest
from tests.database import ROOT
from tests.kernel.handbook.changing import changed, without
from tests.kernel.handbook.facts import combined
from tests.tiers import SEED, either

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import facts_with, plan, start_facts
from sluitend.kernel.handbook.promises_of_plans import broken, broken_in_public

type Change = Callable[[Pack], Pack]
type Given = list[tuple[str, str]]

LABOUR = ("form", "arbeidsuitbuiting")
SEX_BUSINESS = [("form", "seksuele_uitbuiting"), ("place", "known"), ("place_kind", "licensed")]


def action(entry_id: str, **fields: Any) -> Change:
    return lambda pack: changed(pack, "plan_actions", entry_id, **fields)


def rule(entry_id: str, **fields: Any) -> Change:
    return lambda pack: changed(pack, "plan_rules", entry_id, **fields)


def no_rule(*entry_ids: str) -> Change:
    return lambda pack: reduce(lambda left, name: without(left, "plan_rules", name), entry_ids, pack)


def added(**urgencies: str) -> list[dict[str, str]]:
    return [{"action": name, "urgency": urgency} for name, urgency in urgencies.items()]


NOBODY = "er is niemand om heen te gaan"
NOT_FIRST = "bij direct gevaar staat het noodnummer niet vooraan"


@pytest.mark.parametrize(
    ("change", "given", "message"),
    [
        pytest.param(no_rule("others_always"), [], "op lijn 'others' staat niets", id="each line"),
        pytest.param(no_rule("wish_not_known"), [LABOUR], "niemand wordt om hulp gevraagd", id="help"),
        pytest.param(
            rule("danger_now", adds=added(call_112="today", danger_police="now", danger_care="now")),
            [("danger", "now")],
            NOT_FIRST,
            id="112 first",
        ),
        pytest.param(action("call_112", gates=["papers"]), [("danger", "now")], NOT_FIRST, id="112 open"),
        pytest.param(
            rule("danger_now", adds=added(call_112="now", danger_police="now")),
            [("danger", "now")],
            "bij direct gevaar horen politie en zorg het niet allebei nu",
            id="police and care beside 112",
        ),
        pytest.param(
            lambda pack: without(no_rule("danger_soon")(pack), "plan_rules", "danger_soon_police"),
            [LABOUR, ("danger", "soon"), ("wish", "no")],
            "gevaar dat niet kan wachten, en niets voor vandaag",
            id="danger soon",
        ),
        *(
            pytest.param(no_rule(name), given, f"niemand zoekt '{fact}' uit", id=f"{fact} of {given}")
            for name, fact in (
                ("danger_not_known", "danger"),
                ("age_not_known", "minor"),
                ("force_not_known", "forced"),
                ("may_know_not_known", "may_know"),
            )
            for given in ([], [("wish", "yes"), ("people", "no")])
        ),
        pytest.param(
            rule("minor", adds=added(child_vt="today", child_care="today")),
            [("minor", "perhaps")],
            "een kind, en vandaag geen 'police'",
            id="a child and police",
        ),
        pytest.param(
            rule("minor", adds=added(child_vt="days", child_care="days", child_police="today")),
            [("minor", "yes")],
            "een kind, en vandaag geen 'care'",
            id="a child and care today",
        ),
        pytest.param(
            action("care_advice", gates=["papers"]),
            [],
            "'care_advice' is voor de mensen, en wacht op een slot van de plek",
            id="help waits for no gate",
        ),
        pytest.param(
            action("riec_bring", gates=[]),
            [("organised", "yes"), ("hold", "asked")],
            "'riec_bring' gaat door terwijl een partner vroeg te wachten",
            id="a hold",
        ),
        pytest.param(
            action("bibob_propose", gates=[]),
            [*SEX_BUSINESS, ("forced", "yes"), ("hold", "active")],
            "'bibob_propose' gaat door terwijl een partner vroeg te wachten",
            id="a hold and a measure",
        ),
        pytest.param(
            action("work_joint", gates=[]),
            [LABOUR, ("place", "known"), ("forced", "yes")],
            "'work_joint' bereikt politie of inspectie vóór de vraag over papieren",
            id="papers",
        ),
        pytest.param(
            action("riec_bring", gates=["holder"]),
            [("organised", "yes")],
            "'riec_bring' bereikt politie of inspectie vóór de vraag over papieren",
            id="papers before a partnership",
        ),
        pytest.param(
            no_rule("ask_before_acting"),
            [*SEX_BUSINESS, ("forced", "yes")],
            "er wordt gewacht op de vraag naar een onderzoek, en niemand stelt die",
            id="no lock that nothing opens",
        ),
        pytest.param(
            action("care_advice", share="help_named"),
            [("wish", "no")],
            "'care_advice' wijst iemand aan die geen hulp wil (contact_method, person_description)",
            id="who wants no help",
        ),
        pytest.param(
            no_rule("name_not_asked"),
            [("suspect", "yes")],
            "'victim_flag' noemt iemand bij de politie die dat niet zei te willen (person_name)",
            id="names to the police",
        ),
        *(
            pytest.param(
                no_rule("silence_police", "place_of_one_police"),
                [LABOUR, ("place", "known"), ("forced", "yes"), ("may_know", word)],
                "'work_police' wijst iemand aan die niet zei dat dit bekend mag worden "
                "(vehicle, phone, online_account, attachments)",
                id=f"{word}: a number plate to the police",
            )
            for word in ("nobody", "care", "unsafe")
        ),
        *(
            pytest.param(
                no_rule("silence_beyond_help", "place_of_one_beyond_help"),
                [
                    LABOUR,
                    ("place", "known"),
                    ("territory", "in_region"),
                    ("danger", "now"),
                    ("may_know", word),
                ],
                "'transfer_region' wijst iemand aan die niet zei dat dit bekend mag worden "
                "(vehicle, person_description, person_name, contact_method, attachments)",
                id=f"{word}: a name to another municipality, in danger too",
            )
            for word in ("nobody", "care", "unsafe")
        ),
        pytest.param(
            rule("in_region", lifts=[]),
            [("territory", "in_region"), ("registrations", "yes")],
            "'brp_check' is een maatregel in een andere gemeente",
            id="no measure elsewhere",
        ),
    ],
)
def test_a_promise_that_is_broken_is_named(pack: Pack, change: Change, given: Given, message: str) -> None:
    facts, spoilt = facts_with(pack, given), change(pack)
    assert not list(broken(facts, plan(facts, pack), pack))
    assert message in [dutch for dutch, _ in broken(facts, plan(facts, spoilt), spoilt)]


@pytest.mark.parametrize(
    ("change", "given", "message"),
    [
        pytest.param(action("care_advice", public=False), [], NOBODY, id="somebody"),
        pytest.param(action("care_advice", confirmed=False), [], NOBODY, id="a choice that is confirmed"),
        pytest.param(
            lambda pack: changed(pack, "plan_parties", "care_coordination", confirmed=False),
            [],
            NOBODY,
            id="a party that is confirmed",
        ),
        pytest.param(
            action("care_advice", public=False),
            [LABOUR, ("place", "known")],
            "een handhaver staat boven hulp",
            id="help above",
        ),
        pytest.param(
            action("call_112", public=False), [("danger", "now"), ("minor", "yes")], NOT_FIRST, id="112 first"
        ),
    ],
)
def test_a_promise_to_whoever_asks_whom_to_call_is_named(
    pack: Pack, change: Change, given: Given, message: str
) -> None:
    facts, spoilt = facts_with(pack, given), change(pack)
    assert not list(broken_in_public(facts, plan(facts, pack)))
    assert [dutch for dutch, _ in broken_in_public(facts, plan(facts, spoilt))] == [message]


def test_of_nothing_known_every_promise_is_kept(pack: Pack) -> None:
    facts = start_facts(pack)
    assert not list(broken(facts, plan(facts, pack), pack))


def test_another_region_keeps_every_promise_too() -> None:
    example = load_pack(ROOT / "packs" / "voorbeeld")
    found = {
        words: facts
        for facts in combined(example, either(500, None), seed=SEED)
        for words in broken(facts, plan(facts, example), example)
    }
    assert found == {}
