"""The rules for measures: what a person may add alone, what a court said, and where evidence comes from."""

from __future__ import annotations

from collections.abc import Iterator

from .approach import EvidenceKind, Teaches
from .checks_of_actions import GATES, HELP_FIRST, is_for_the_people
from .pack import Pack
from .plans import Action
from .problems import Finding

OBSERVATION, LOOK_UP, ANSWER, VISIT = "observation", "look_up", "answer", "visit"
EVIDENCE_KINDS = frozenset({OBSERVATION, LOOK_UP, ANSWER, VISIT, "paper"})
"""Where evidence can come from: chosen from what the case holds, or somebody writes which it is."""

_GATES_OF_THE_PLACE = GATES - {HELP_FIRST}


def measure_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every broken rule of measures. Every id that stands in them must exist."""
    added = {adds.action for rule in pack.plan_rules for adds in rule.adds}
    for action in pack.plan_actions:
        if action.by_hand:
            yield from _by_hand(action, added, pack)
        if action.evidence and not _warned(action, pack):
            yield _finding(
                action,
                (
                    "geen uitspraak waarschuwt hier voor te weinig bewijs",
                    "no ruling warns of thin evidence here",
                ),
                (
                    "zet in rulings.yaml een uitspraak met 'teaches: evidence', voor dit instrument of alle",
                    "put in rulings.yaml a ruling with 'teaches: evidence', for this instrument or all",
                ),
                "evidence",
            )
    for kind in pack.evidence_kinds:
        yield from _grounds(kind)
    if {each.counts for each in pack.measure_results} != {True, False}:
        yield Finding(
            "measure_results",
            "",
            (
                "er is een uitkomst nodig die telt als gedaan, en een die dat niet doet",
                "a result is needed that counts as done, and one that does not",
            ),
            ("voeg een regel toe", "add an entry"),
            "counts",
        )


def _by_hand(action: Action, added: set[str], pack: Pack) -> Iterator[Finding]:
    if action.id in added:
        yield _finding(
            action,
            ("een regel voegt deze actie al toe", "a rule adds this action already"),
            ("haal 'by_hand' weg", "take 'by_hand' out"),
            "by_hand",
        )
    if not action.is_given or not action.holders:
        yield _finding(
            action,
            (
                "met de hand komt er alleen een maatregel bij van een eigen orgaan of afdeling",
                "only a measure of one's own body or department is added by hand",
            ),
            (
                "kies toewijzen, doorgeven of voorstellen, en noem in 'holders' wie bevoegd is",
                "choose assign, pass_on or propose, and name in 'holders' who is competent",
            ),
            "by_hand",
        )
    missing = sorted(_GATES_OF_THE_PLACE - set(action.gates))
    if missing and not is_for_the_people(action, pack):
        named = ", ".join(missing)
        yield _finding(
            action,
            (
                f"wat een mens zelf toevoegt, mist een slot: {named}",
                f"what a person adds misses a lock: {named}",
            ),
            (f"zet '{named}' bij 'gates'", f"put '{named}' in 'gates'"),
            "gates",
        )


def _warned(action: Action, pack: Pack) -> bool:
    return any(each.teaches is Teaches.EVIDENCE and each.is_about(action.instrument) for each in pack.rulings)


def _grounds(kind: EvidenceKind) -> Iterator[Finding]:
    ids = [each.id for each in kind.grounds]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield Finding(
            "evidence_kinds",
            kind.id,
            (f"'{twice}' staat er twee keer", f"'{twice}' stands there twice"),
            ("haal er een weg", "take one out"),
            "grounds",
        )


def _finding(action: Action, wrong: tuple[str, str], remedy: tuple[str, str], field: str) -> Finding:
    return Finding("plan_actions", action.id, wrong, remedy, field)
