"""Whoever is helped is not betrayed by it: what waits for a lawyer, an hour under a secrecy, papers."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import mixed
from tests.kernel.handbook.test_plans_of_the_region import has, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind
from sluitend.kernel.handbook.promises_of_plans import broken

type Given = tuple[tuple[str, str], ...]

REACHES = (PartyKind.POLICE, PartyKind.INSPECTORATE, PartyKind.PARTNERSHIP)
PROTECTS = {"child_police", "threat_police", "danger_police"}
"""What protects somebody from danger waits for no lawyer."""

A_CHILD_AT_HOME: Given = (
    *(("minor", "yes"), ("child_alone", "no"), ("adults", "unknown"), ("place", "unknown")),
    *(("sleeps", "unknown"), ("form", "seksuele_uitbuiting"), ("forced", "yes"), ("place_kind", "online")),
    *(("second_kind", "unknown"), ("chain", "no"), ("embassy", "no")),
)


def with_these(*given: tuple[str, str], seed: int = SEED) -> Iterator[tuple[Facts, Plan]]:
    """Yield mixes of all facts with these in them, and their plans."""
    pack = den_haag()
    for facts in mixed(pack, either(150, 3000), seed=seed):
        changed = facts_with(pack, given, facts)
        yield changed, plan(changed, pack)


def locks(each: Planned) -> set[str]:
    return {lock.id for lock in each.locks}


def test_the_home_of_a_suspect_waits_for_a_lawyer() -> None:
    told = 0
    for suspect in ("yes", "held"):
        for home in ("home", "shared", "vehicle", "drugs"):
            for facts, made in with_these(("suspect", suspect), ("place_kind", home), ("place", "known")):
                open_all_the_same = has(facts, "danger", "now") or has(facts, "may_know", "all")
                waits = not open_all_the_same and not has(facts, "one_person", "no")
                for each in made.actions:
                    if each.party.kind not in REACHES or "place" not in each.may or each.id in PROTECTS:
                        continue
                    told += waits
                    assert ("suspect_home" in locks(each)) == waits, (each.id, facts)
    assert told


def test_a_lawyer_who_was_asked_opens_it_and_another_place_never_shut_it() -> None:
    pack = den_haag()
    for facts, made in with_these(("suspect", "yes"), ("place_kind", "home"), ("place", "known")):
        assert "suspect_lawyer" in made.by_id
        asked = plan(facts, pack, done=frozenset({"suspect_lawyer"}))
        assert not any("suspect_home" in locks(each) for each in asked.actions)
    for _facts, made in with_these(("suspect", "yes"), ("place_kind", "company"), ("place", "known")):
        assert not any("suspect_home" in locks(each) for each in made.actions)


def test_an_hour_under_a_secrecy_is_called_before_and_not_told() -> None:
    called = 0
    for secrecy in ("care", "sworn"):
        for facts, made in with_these(("secrecy", secrecy)):
            for each in made.actions:
                assert not (warned(each, "secrecy_day") and warned(each, "secrecy_hour"))
                if warned(each, "before_hour"):
                    called += 1
                    assert warned(each, "secrecy_hour"), (each.id, facts)
            near = has(facts, "danger", "now", "soon") or has(facts, "moment", "today")
            assert (made.by_id["ask_secrecy"].urgency is Urgency.NOW) == near
    assert called
    for _facts, made in with_these(("secrecy", "none")):
        assert not any(warned(each, "secrecy_hour") or warned(each, "secrecy_day") for each in made.actions)


def test_a_child_at_home_is_not_asked_who_has_papers() -> None:
    asked = {"exploiter_police", "advert_down"}
    for facts, made in with_these(*A_CHILD_AT_HOME, ("papers", "open"), ("people", "yes")):
        assert not list(broken(facts, made, den_haag()))
        for each in (made.by_id[name] for name in asked & set(made.by_id)):
            assert "papers" not in locks(each)
            assert not warned(each, "papers")
            assert "help" in locks(each)
    other = (
        *(("child_alone", "yes"), ("adults", "yes"), ("place", "known"), ("sleeps", "same")),
        *(("form", "bedelen"), ("chain", "yes"), ("embassy", "yes"), ("second_kind", "sleep")),
    )
    for changed in other:
        for facts, made in with_these(*A_CHILD_AT_HOME, ("papers", "open"), ("people", "yes"), changed):
            for each in (made.by_id[name] for name in asked & set(made.by_id)):
                assert "papers" in locks(each), (each.id, facts)
                assert warned(each, "papers")


def test_where_a_child_lives_it_is_asked_who_else_lives_there_before_the_call() -> None:
    there = (("minor", "yes"), ("place", "known"), ("sleeps", "same"), ("people", "yes"), ("papers", "open"))
    for _facts, made in with_these(*there):
        if told := made.by_id.get("child_police"):
            assert warned(told, "papers_same_call")
            assert not told.locks
        if later := made.by_id.get("exploiter_police"):
            assert "papers" in locks(later)
    for changed in (("papers", "settled"), ("people", "no"), ("place", "unknown"), ("sleeps", "here")):
        for _facts, made in with_these(*there, changed):
            assert not any(warned(each, "papers_same_call") for each in made.actions)


def test_advice_of_the_police_tells_no_place_and_waits_for_nothing() -> None:
    pack = den_haag()
    hidden = {"place", "company", "vehicle", "phone", "online_account", "person_name", "contact_method"}
    there = 0
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        if asked := plan(facts, pack).by_id.get("police_advice"):
            there += 1
            assert not asked.locks
            assert not hidden & set(asked.may)
            assert "geen adres, bedrijf, kenteken of telefoonnummer" in asked.action.says.nl
    assert there
