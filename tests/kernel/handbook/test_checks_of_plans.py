"""Rules of a plan that cannot work, or that let help wait, are refused: each mistake is named."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.kernel.handbook.changing import changed, with_one_more, without
from tests.kernel.handbook.test_loading import problems_in, replace

from sluitend.kernel.handbook.checks_of_plans import plan_findings
from sluitend.kernel.handbook.checks_of_samples import answer_findings, sample_findings
from sluitend.kernel.handbook.checks_of_words import word_findings
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain

type Change = Callable[[Pack], Pack]


def in_action(entry_id: str, **fields: Any) -> Change:
    return partial(_changed, part="plan_actions", entry_id=entry_id, fields=fields)


def in_rule(entry_id: str, **fields: Any) -> Change:
    return partial(_changed, part="plan_rules", entry_id=entry_id, fields=fields)


def in_part(part: str, entry_id: str, **fields: Any) -> Change:
    return partial(_changed, part=part, entry_id=entry_id, fields=fields)


def one_more(part: str, like: str, **fields: Any) -> Change:
    return lambda pack: with_one_more(pack, part, like, **fields)


def _changed(pack: Pack, part: str, entry_id: str, fields: dict[str, Any]) -> Pack:
    return changed(pack, part, entry_id, **fields)


def when(fact: str, *values: str) -> list[dict[str, Any]]:
    return [{"all": [{"fact": fact, "values": list(values)}]}]


@pytest.mark.parametrize(
    ("change", "entry", "field", "message"),
    [
        pytest.param(
            in_rule("place_known", when=when("place", "somewhere")),
            "place_known",
            "when.all",
            "feit 'place' kent geen 'somewhere'",
            id="a rule knows the value",
        ),
        pytest.param(
            in_part("plan_gates", "holder", shut_when=[{"fact": "hold", "values": ["busy"]}]),
            "holder",
            "shut_when",
            "feit 'hold' kent geen 'busy'",
            id="a gate knows the value",
        ),
        pytest.param(
            in_part("plan_samples", "K01", facts=[{"fact": "form", "value": "wonen"}]),
            "K01",
            "facts",
            "feit 'form' kent geen 'wonen'",
            id="a sample knows the value",
        ),
        pytest.param(
            in_part("plan_events", "danger_learned", sets=[{"fact": "danger", "value": "gone"}]),
            "danger_learned",
            "sets",
            "feit 'danger' kent geen 'gone'",
            id="news sets what is known",
        ),
        pytest.param(
            in_part("plan_answers", "danger", sets=[{"fact": "danger", "value": "gone"}]),
            "danger",
            "sets",
            "feit 'danger' kent geen 'gone'",
            id="an answer sets what is known",
        ),
        pytest.param(
            in_part("plan_facts", "wish", protective=["yes", "maybe"]),
            "wish",
            "protective",
            "feit 'wish' kent geen 'maybe'",
            id="what wins is a value",
        ),
        pytest.param(
            in_part("plan_facts", "hold", values=[{"id": "unknown", "label": {"nl": "Niet", "en": "Not"}}]),
            "hold",
            "values",
            "de waarde 'active' is verplicht",
            id="a value that the program names",
        ),
        pytest.param(
            in_rule("place_known", adds=None),
            "place_known",
            "adds",
            "deze regel doet niets",
            id="a rule does something",
        ),
        pytest.param(
            in_rule(
                "place_known",
                hastens=[
                    {"lines": ["people"], "kinds": ["department"], "verbs": ["call"], "urgency": "today"}
                ],
            ),
            "place_known",
            "hastens",
            "dit treft geen enkele actie",
            id="an aim meets an action",
        ),
        pytest.param(
            in_rule("place_known", warns=[{"warnings": ["papers"]}]),
            "place_known",
            "warns",
            "dit treft geen enkele actie",
            id="an aim says at what",
        ),
        pytest.param(
            in_rule("home_sex_work", rank="general"),
            "home_sex_work",
            "lifts",
            "dit haalt nooit 'police_advice' weg: geen zwakkere regel voegt het toe",
            id="what is lifted was added by who is weaker",
        ),
        pytest.param(
            in_rule("place_known", lifts=[{"verbs": ["propose"]}]),
            "place_known",
            "lifts",
            "dit haalt nooit iets weg: geen zwakkere regel voegt het toe",
            id="a lift by verb can work",
        ),
        pytest.param(
            in_rule("suspicion_only", lifts=[{"actions": ["care_refer"]}]),
            "suspicion_only",
            "lifts",
            "een beschermende regel haalt hulp weg ('care_refer')",
            id="a guard leaves help alone",
        ),
        pytest.param(
            in_rule("danger_now", adds=[{"action": "call_112", "urgency": "now"}]),
            "danger_covers",
            "lifts",
            "een beschermende regel haalt hulp weg ('care_advice')",
            id="help gives way to the same help alone",
        ),
        pytest.param(
            in_rule("danger_covers", when=when("danger", "now", "soon")),
            "danger_covers",
            "lifts",
            "een beschermende regel haalt hulp weg ('care_refer')",
            id="the other help comes whenever the guard holds",
        ),
        pytest.param(
            in_rule("place_known", adds=[{"action": "place_found", "urgency": "days"}]),
            "place_lookup",
            "id",
            "geen regel voegt deze actie toe",
            id="an action is added by a rule",
        ),
        pytest.param(
            in_action("care_refer", verb="transfer"),
            "care_refer",
            "verb",
            "'care_coordination' doet geen 'transfer'",
            id="who acts can do so",
        ),
        pytest.param(
            in_action("riec_bring", verb="refer"),
            "riec_bring",
            "verb",
            "'riec' is een samenwerkingsverband: inbrengen of vragen, niet doorzetten",
            id="a partnership is no recipient",
        ),
        pytest.param(
            in_action("police_advice", call=True, first="avim_aliens"),
            "police_advice",
            "call",
            "'avim' heeft geen nummer om te bellen",
            id="who is called has a number",
        ),
        pytest.param(
            in_action("care_advice", first=None),
            "care_advice",
            "first",
            "een nummer zonder wat eerst moet",
            id="a number has what must come first beside it",
        ),
        pytest.param(
            in_action("call_112", first=None),
            "call_112",
            "first",
            "een nummer zonder wat eerst moet",
            id="the emergency number too",
        ),
        pytest.param(
            in_action("care_advice", first="papers"),
            "care_advice",
            "first",
            "'papers' staat niet bij de waarschuwingen",
            id="what must come first is a warning of the action",
        ),
        pytest.param(
            in_action("care_advice", share="help_named"),
            "care_advice",
            "share",
            "'ask' gaat zonder gegevens van een persoon, dus zonder 'person_name'",
            id="asking points nobody out",
        ),
        pytest.param(
            in_action("care_advice", share="place_only"),
            "care_advice",
            "share",
            "'ask' gaat zonder gegevens van een persoon, dus zonder 'place'",
            id="asking without names says no address",
        ),
        pytest.param(
            in_action("ask_investigation", share="work"),
            "ask_investigation",
            "share",
            "'consult' gaat zonder gegevens van een persoon, dus zonder 'vehicle'",
            id="a question about a place is about the place alone",
        ),
        pytest.param(
            in_action("brp_check", holders=[]),
            "brp_check",
            "holders",
            "een maatregel zonder bevoegd orgaan",
            id="a measure has a body",
        ),
        pytest.param(
            in_action("landlord_pass", holders=[]),
            "landlord_pass",
            "holders",
            "een maatregel zonder bevoegd orgaan",
            id="what is passed on too",
        ),
        pytest.param(
            in_action("brp_check", evidence=None),
            "brp_check",
            "evidence",
            "een voorstel zonder wat moet blijken",
            id="a proposal says what must be shown",
        ),
        pytest.param(
            in_action("work_joint", gates=["residents", "holder"]),
            "work_joint",
            "gates",
            "dit bereikt politie of inspectie vóór de vraag over papieren",
            id="papers before police",
        ),
        pytest.param(
            in_action("chain_inspect", gates=["papers", "holder"]),
            "chain_inspect",
            "gates",
            "handhaving gaat hier voor hulp",
            id="help before enforcement",
        ),
        pytest.param(
            in_action("nursery_police", after=None),
            "nursery_police",
            "gates",
            "handhaving gaat hier voor hulp",
            id="or the emergency number before it",
        ),
        pytest.param(
            in_action("victim_flag", after=["victim_flag_om"]),
            "victim_flag_om",
            "after",
            "deze actie wacht op zichzelf",
            id="no two actions wait for each other",
        ),
        pytest.param(
            in_part("plan_shares", "work", may=["question", "reporter_identity"]),
            "work",
            "may",
            "'reporter_identity' mag nooit gedeeld worden",
            id="what never leaves",
        ),
        pytest.param(
            in_part("plan_shares", "work", may=["question", "health"]),
            "work",
            "may",
            "'health' mag en mag niet",
            id="a part is allowed or not",
        ),
        pytest.param(
            one_more("plan_warnings", "papers", id="forgotten"),
            "forgotten",
            "id",
            "niets noemt deze waarschuwing",
            id="a warning is said somewhere",
        ),
        pytest.param(
            in_part("plan_warnings", "papers", source=["eigen"], confirmed=True),
            "papers",
            "confirmed",
            "bevestigd op alleen ons eigen woord",
            id="nobody confirms themselves",
        ),
        pytest.param(
            in_part("plan_readings", "people.no", fact="papers", value="settled"),
            "people.no",
            "fact",
            "feit 'papers' wordt nooit uit een melding ingevuld",
            id="what is asked is not read",
        ),
        pytest.param(
            in_part("plan_readings", "danger.soon", value="no"),
            "danger.soon",
            "value",
            "'no' beschermt niet: dat zegt alleen een mens",
            id="no machine says that there is no danger",
        ),
        pytest.param(
            in_part("plan_readings", "embassy.yes", value="no"),
            "embassy.yes",
            "value",
            "'no' beschermt niet: dat zegt alleen een mens",
            id="nor what holds anyway",
        ),
        pytest.param(
            in_part("plan_readings", "embassy.yes", phrases=None, indicators=None),
            "embassy.yes",
            "phrases",
            "dit leest niets",
            id="a reading reads something",
        ),
        pytest.param(
            in_part("plan_readings", "embassy.yes", phrases=["@weg ~ ambassade"]),
            "embassy.yes",
            "phrases",
            "groep woorden 'weg' bestaat niet",
            id="a phrase names a group that is there",
        ),
        pytest.param(
            in_part("plan_readings", "embassy.yes", phrases=["ambassade ~ |"]),
            "embassy.yes",
            "phrases",
            "in 'ambassade ~ |' is een groep leeg",
            id="a phrase has words in each group",
        ),
        pytest.param(
            in_part("plan_readings", "embassy.yes", phrases=["een ~ twee + drie ~ vier ~ vijf"]),
            "embassy.yes",
            "phrases",
            "'een ~ twee + drie ~ vier ~ vijf' heeft meer dan 4 groepen naast elkaar",
            id="a phrase has few groups",
        ),
    ],
)
def test_a_broken_rule_is_named(pack: Pack, change: Change, entry: str, field: str, message: str) -> None:
    found = list(plan_findings(change(pack)))
    assert (entry, field, message) in [(one.entry, one.field, one.wrong[0]) for one in found]
    assert all(all(one.remedy) for one in found)


def test_the_rules_of_the_region_are_good(pack: Pack) -> None:
    assert not [*plan_findings(pack), *sample_findings(pack), *answer_findings(pack)]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        pytest.param(
            in_rule("wish_not_known", adds=[{"action": "ask_wish", "urgency": "days"}]),
            "expect",
            "actie 'care_advice' staat er niet door regel 'wish_not_known'",
            id="by which rule",
        ),
        pytest.param(
            in_rule("exploiter_always", adds=[{"action": "exploiter_record", "urgency": "now"}]),
            "expect",
            "actie 'exploiter_record' is 'now', verwacht was 'days'",
            id="how soon",
        ),
        pytest.param(
            lambda pack: without(pack, "plan_rules", "contact_not_known"),
            "expect",
            "actie 'ask_contact' ontbreekt in het plan",
            id="an action",
        ),
        pytest.param(
            in_action("care_advice", lines=["others"]),
            "expect",
            "niemand wordt om hulp gevraagd",
            id="a promise",
        ),
        pytest.param(
            in_action("care_advice", warnings=["no_names"]),
            "expect",
            "actie 'care_advice' mist de waarschuwing 'help_first'",
            id="a warning",
        ),
        pytest.param(
            in_action("crime_police", gates=["papers", "help"]),
            "expect",
            "actie 'crime_police' wacht niet op 'residents'",
            id="a lock",
        ),
        pytest.param(
            in_part("plan_shares", "case_police", may=["question", "health"], may_not=[]),
            "expect",
            "actie 'crime_police' mag 'health' delen, en dat mag hier niet",
            id="a part",
        ),
        pytest.param(
            in_action("exploiter_record", after=["ask_wish"]),
            "expect",
            "actie 'exploiter_record' wacht nog op ask_wish",
            id="what is open",
        ),
    ],
)
def test_a_sample_says_what_a_change_of_the_rules_does(
    pack: Pack, change: Change, field: str, message: str
) -> None:
    spoilt = change(pack)
    if field == "expect" and "wacht nog op" in message:
        opened = {**plain(spoilt.plan_samples["K01"].expect), "open": ["exploiter_record"]}
        spoilt = changed(spoilt, "plan_samples", "K01", expect=opened)
    found = [(one.field, one.wrong[0]) for one in sample_findings(spoilt) if one.entry == "K01"]
    assert (field, message) in found


def test_a_sample_says_what_comes_first_and_what_is_not_there(pack: Pack) -> None:
    expect = {**plain(pack.plan_samples["K01"].expect), "first": "ask_wish", "absent": ["exploiter_record"]}
    spoilt = changed(pack, "plan_samples", "K01", expect=expect)
    assert [(one.entry, one.wrong[1]) for one in sample_findings(spoilt)] == [
        ("K01", "action 'exploiter_record' does not belong in the plan"),
        ("K01", "'care_advice' stands first, expected was 'ask_wish'"),
    ]


def test_a_sample_says_what_is_read_in_it(pack: Pack) -> None:
    unread = without(pack, "plan_readings", "people.yes")
    assert [
        (one.entry, one.field, one.wrong[1]) for one in sample_findings(unread) if one.entry == "K01"
    ] == [("K01", "read", "the report says nothing of 'people'")]
    facts = [*plain(pack.plan_samples["K01"].facts), {"fact": "forced", "value": "no"}]
    other = changed(pack, "plan_samples", "K01", facts=facts, expect={})
    assert [(one.field, one.wrong[1]) for one in sample_findings(other)] == [
        ("facts", "the report says 'forced: perhaps', and this sample something else")
    ]


def test_news_has_a_step_as_soon_as_it_says(pack: Pack) -> None:
    then = [{"event": "now_concrete", "expect": {}}]
    facts = [{"fact": "wish", "value": "no"}, {"fact": "people", "value": "no"}]
    quiet = {"text": "Er was iemand.", "indicators": [], "read": [], "facts": facts, "expect": {}}
    spoilt = changed(pack, "plan_samples", "K01", **quiet, then=then)
    assert [(one.field, one.wrong[0]) for one in sample_findings(spoilt)] == [
        ("then.0.expect", "na 'now_concrete' is niets zo snel als 'today'")
    ]


def test_whoever_asks_whom_to_call_always_finds_somebody(pack: Pack) -> None:
    spoilt = changed(pack, "plan_actions", "child_vt", public=False)
    wrong = {(one.entry, one.wrong[1]) for one in answer_findings(spoilt)}
    assert ("child", "child: there is nobody to go to") in wrong


@pytest.mark.parametrize(
    ("change", "entry", "field"),
    [
        pytest.param(
            in_part("plan_facts", "chain", label={"nl": "Poolse bazen", "en": "Bosses"}),
            "chain",
            "label.nl",
            id="fact",
        ),
        pytest.param(
            in_part(
                "plan_facts",
                "chain",
                values=[
                    {"id": "no", "label": {"nl": "Nee", "en": "No"}},
                    {"id": "yes", "label": {"nl": "Ja", "en": "Muslim"}},
                ],
            ),
            "chain",
            "values.yes.en",
            id="value",
        ),
        pytest.param(
            in_part("plan_readings", "chain.yes", phrases=["poolse baas"]),
            "chain.yes",
            "phrases.nl",
            id="phrase",
        ),
        pytest.param(
            in_part("plan_answers", "place", label={"nl": "Een moslim", "en": "Somebody"}),
            "place",
            "label.nl",
            id="answer",
        ),
    ],
)
def test_no_fact_and_no_words_that_are_read_name_a_group(
    pack: Pack, change: Change, entry: str, field: str
) -> None:
    assert [(one.entry, one.field) for one in word_findings(change(pack))] == [(entry, field)]


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "message"),
    [
        pytest.param(
            "plan_gates.yaml",
            "- id: holder\n",
            "- id: other\n",
            "holder",
            "deze regel is verplicht en ontbreekt",
            id="a gate that the program names",
        ),
        pytest.param(
            "plan_actions.yaml",
            "  party: care_coordination\n",
            "  party: nobody\n",
            "danger_care",
            "'party' verwijst naar 'nobody', maar dat bestaat niet",
            id="an id that does not exist is all that is said",
        ),
        pytest.param(
            "plan_rules.yaml",
            "  rank: general\n",
            "  rank: strong\n",
            "wish_not_known",
            "'rank' moet een van deze zijn: 'general', 'form', 'situation' of 'guard'",
            id="nor is more said when an entry cannot be read",
        ),
        pytest.param(
            "plan_actions.yaml",
            "  gates: [papers, residents, help, holder, discussed,",
            "  gates: [residents, help, holder, discussed,",
            "work_inspect",
            "dit bereikt politie of inspectie vóór de vraag over papieren",
            id="a broken rule",
        ),
    ],
)
def test_a_folder_with_a_mistake_is_refused(
    folder: Path, file: str, old: str, new: str, entry: str, message: str
) -> None:
    replace(folder, file, old, new)
    assert (file, entry, message) in [(one.file, one.entry, one.message) for one in problems_in(folder)]
