"""The rules for the actions of a plan: who can do them, what may go along, and what must come first."""

from __future__ import annotations

from collections.abc import Iterator

from .entries import Fact
from .pack import Pack
from .plans import Action, Party, PartyKind, PlanVerb, Share, Task
from .problems import Finding, Words

PAPERS, RESIDENTS, HELP_FIRST = "papers", "residents", "help"
GATES = frozenset({PAPERS, RESIDENTS, HELP_FIRST, "holder", "investigation"})
"""The gates that the program itself names: every pack with rules has these."""

WITH_POLICE = frozenset({PartyKind.POLICE, PartyKind.INSPECTORATE, PartyKind.INSPECTION})
REACHES_POLICE = WITH_POLICE | {PartyKind.PARTNERSHIP}
"""In a partnership the police, the border police, immigration and the inspectorate sit at the table."""

ENFORCING = WITH_POLICE | {PartyKind.PROSECUTION}

PLACE = "place"
_OWN_WORDS = "eigen"
_CLAIMS = ("plan_parties", "plan_tasks", "plan_shares", "plan_warnings", "plan_actions", "plan_rules")
_MEASURES = (PlanVerb.PROPOSE, PlanVerb.PASS_ON)


def action_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every rule that an action breaks, its ceiling, or a claim. Every id in them must exist."""
    for share in pack.plan_shares:
        yield from _sharing(share, pack)
    for task in pack.plan_tasks:
        yield from _grounds(task, pack)
    added = {adds.action for rule in pack.plan_rules for adds in rule.adds}
    for action in pack.plan_actions:
        if action.id not in added and not action.by_hand:
            yield _finding(
                action,
                ("geen regel voegt deze actie toe", "no rule adds this action"),
                (
                    f"zet '{action.id}' bij een regel in 'adds', of haal de actie weg",
                    f"put '{action.id}' in 'adds' of a rule, or take the action out",
                ),
                "id",
            )
        yield from _doing(action, pack)
        yield from _finding_out(action)
        yield from _calling(action, pack)
        yield from _pointing_out(action, pack)
        yield from _measure(action)
        yield from _first(action, pack)
        yield from _order(action, pack)
    yield from _warnings(pack)
    yield from _claims(pack)


def _finding(action: Action, wrong: Words, remedy: Words, field: str) -> Finding:
    return Finding("plan_actions", action.id, wrong, remedy, field)


def _sharing(share: Share, pack: Pack) -> Iterator[Finding]:
    withheld = {one.part for one in share.may_not}
    for part_id in share.may:
        part = pack.parts.get(part_id)
        if part and part.never:
            yield Finding(
                "plan_shares",
                share.id,
                (f"'{part_id}' mag nooit gedeeld worden", f"'{part_id}' may never be shared"),
                (f"haal '{part_id}' weg uit 'may'", f"take '{part_id}' out of 'may'"),
                "may",
            )
        if part_id in withheld:
            yield Finding(
                "plan_shares",
                share.id,
                (f"'{part_id}' mag en mag niet", f"'{part_id}' both may and may not"),
                (
                    f"haal '{part_id}' weg uit 'may' of uit 'may_not'",
                    f"take '{part_id}' out of 'may' or out of 'may_not'",
                ),
                "may",
            )


def _grounds(task: Task, pack: Pack) -> Iterator[Finding]:
    for basis in pack.bases.named(task.bases):
        if not basis.usable_by_municipality:
            yield Finding(
                "plan_tasks",
                task.id,
                (f"een gemeente kan '{basis.id}' niet kiezen", f"a municipality cannot choose '{basis.id}'"),
                (
                    "kies een grondslag die een gemeente mag gebruiken",
                    "choose a ground that a municipality may use",
                ),
                "bases",
            )


def _doing(action: Action, pack: Pack) -> Iterator[Finding]:
    party = pack.plan_parties[action.party]
    if action.verb is not PlanVerb.CALL and action.verb not in party.verbs:
        yield _finding(
            action,
            (f"'{party.id}' doet geen '{action.verb}'", f"'{party.id}' does no '{action.verb}'"),
            (
                f"kies een ander werkwoord, of zet '{action.verb}' bij 'verbs' van '{party.id}'",
                f"choose another verb, or put '{action.verb}' in 'verbs' of '{party.id}'",
            ),
            "verb",
        )
    if party.kind is PartyKind.PARTNERSHIP and action.verb not in (PlanVerb.BRING_IN, PlanVerb.ASK):
        yield _finding(
            action,
            (
                f"'{party.id}' is een samenwerkingsverband: inbrengen of vragen, niet doorzetten",
                f"'{party.id}' is a partnership: bring in or ask, do not refer",
            ),
            ("schrijf 'verb: bring_in' of 'verb: ask'", "write 'verb: bring_in' or 'verb: ask'"),
            "verb",
        )


def _finding_out(action: Action) -> Iterator[Finding]:
    # It stands apart, as a question: what leaves the municipality or waits for a lock is more than that.
    if action.finds and (action.verb is not PlanVerb.DO or action.gates or action.after):
        yield _finding(
            action,
            (
                "wat een feit uitzoekt, doet u zelf, zonder slot",
                "what finds out a fact is done by oneself, without a lock",
            ),
            (
                "schrijf 'verb: do' zonder 'gates' en 'after', of haal 'finds' weg",
                "write 'verb: do' without 'gates' and 'after', or take 'finds' out",
            ),
            "finds",
        )


def _calling(action: Action, pack: Pack) -> Iterator[Finding]:
    party = pack.plan_parties[action.party]
    calls = action.call or action.verb is PlanVerb.CALL
    if calls and not (party.help_line or party.kind is PartyKind.EMERGENCY):
        yield _finding(
            action,
            (f"'{party.id}' heeft geen nummer om te bellen", f"'{party.id}' has no number to call"),
            (
                f"zet een hulplijn bij 'help_line' van '{party.id}', of laat niet bellen",
                f"put a help line in 'help_line' of '{party.id}', or do not ask to call",
            ),
            "call",
        )
    if calls and not action.first:
        yield _finding(
            action,
            ("een nummer zonder wat eerst moet", "a number without what must come first"),
            ("noem in 'first' de waarschuwing die ernaast staat", "name in 'first' the warning beside it"),
            "first",
        )
    if action.first and action.first not in action.warnings:
        yield _finding(
            action,
            (
                f"'{action.first}' staat niet bij de waarschuwingen",
                f"'{action.first}' is not among the warnings",
            ),
            (f"zet '{action.first}' ook in 'warnings'", f"put '{action.first}' in 'warnings' too"),
            "first",
        )


def _pointing_out(action: Action, pack: Pack) -> Iterator[Finding]:
    """Who asks points nobody out. Only a question or proposal about a place says where that is."""
    if action.verb.names:
        return
    allowed = set() if action.verb is PlanVerb.ASK else {PLACE}
    for part_id in pack.plan_shares[action.share].may:
        part = pack.parts.get(part_id)
        if part and part.identifies_person and part_id not in allowed:
            yield _finding(
                action,
                (
                    f"'{action.verb}' gaat zonder gegevens van een persoon, dus zonder '{part_id}'",
                    f"'{action.verb}' goes without data on a person, so without '{part_id}'",
                ),
                (f"kies een plafond zonder '{part_id}'", f"choose a ceiling without '{part_id}'"),
                "share",
            )


def _measure(action: Action) -> Iterator[Finding]:
    if action.verb in _MEASURES and not action.holders:
        yield _finding(
            action,
            ("een maatregel zonder bevoegd orgaan", "a measure without a competent body"),
            ("noem in 'holders' wie bevoegd is", "name in 'holders' who is competent"),
            "holders",
        )
    if action.verb is PlanVerb.PROPOSE and action.instrument and not action.evidence:
        yield _finding(
            action,
            ("een voorstel zonder wat moet blijken", "a proposal without what must be shown"),
            ("noem in 'evidence' welke feiten nodig zijn", "name in 'evidence' which facts are needed"),
            "evidence",
        )


def _first(action: Action, pack: Pack) -> Iterator[Finding]:
    """What reaches police or inspection, and is not for the people themselves, waits for papers and help."""
    kind = pack.plan_parties[action.party].kind
    if is_for_the_people(action, pack):
        return
    if kind in REACHES_POLICE and PAPERS not in action.gates:
        yield _finding(
            action,
            (
                "dit bereikt politie of inspectie vóór de vraag over papieren",
                "this reaches police or inspection before the question about papers",
            ),
            (f"zet '{PAPERS}' bij 'gates'", f"put '{PAPERS}' in 'gates'"),
            "gates",
        )
    enforces = kind in ENFORCING and action.verb is PlanVerb.REFER
    if enforces and not {RESIDENTS, HELP_FIRST} & set(action.gates) and not _after_help(action, pack):
        yield _finding(
            action,
            ("handhaving gaat hier voor hulp", "enforcement goes before help here"),
            (
                f"zet '{HELP_FIRST}' of '{RESIDENTS}' bij 'gates', of het noodnummer bij 'after'",
                f"put '{HELP_FIRST}' or '{RESIDENTS}' in 'gates', or the emergency number in 'after'",
            ),
            "gates",
        )


def _order(action: Action, pack: Pack) -> Iterator[Finding]:
    if action.id in _all_before(action, pack):
        yield _finding(
            action,
            ("deze actie wacht op zichzelf", "this action waits for itself"),
            ("haal een actie weg uit 'after'", "take an action out of 'after'"),
            "after",
        )


def _all_before(action: Action, pack: Pack) -> set[str]:
    found, ahead = set[str](), [*action.after]
    while ahead:
        if (name := ahead.pop()) not in found:
            found.add(name)
            ahead += pack.plan_actions[name].after
    return found


def is_for_the_people(action: Action, pack: Pack) -> bool:
    """Tell whether an action stands on the first line of the pack: that of the people themselves."""
    return pack.plan_lines.ids[0] in action.lines


def _after_help(action: Action, pack: Pack) -> bool:
    before = (pack.plan_parties[each.party] for each in pack.plan_actions.named(action.after))
    return any(party.kind is PartyKind.EMERGENCY for party in before)


def _warnings(pack: Pack) -> Iterator[Finding]:
    of_actions = {name for action in pack.plan_actions for name in action.warnings}
    of_rules = {name for rule in pack.plan_rules for warns in rule.warns for name in warns.warnings}
    for warning in pack.plan_warnings:
        if warning.id not in of_actions | of_rules:
            yield Finding(
                "plan_warnings",
                warning.id,
                ("niets noemt deze waarschuwing", "nothing names this warning"),
                (
                    "zet haar bij een actie of een regel, of haal haar weg",
                    "put it with an action or a rule, or take it out",
                ),
                "id",
            )


def _claims(pack: Pack) -> Iterator[Finding]:
    for part in _CLAIMS:
        for claim in getattr(pack, part):
            if claim.confirmed and set(claim.source) == {_OWN_WORDS} and not _is_our_own(claim):
                yield Finding(
                    part,
                    claim.id,
                    ("bevestigd op alleen ons eigen woord", "confirmed on nothing but our own word"),
                    (
                        "noem een bron, of schrijf 'confirmed: false' tot de regio het bevestigt",
                        "name a source, or write 'confirmed: false' until the region confirms it",
                    ),
                    "confirmed",
                )


def _is_our_own(claim: Fact) -> bool:
    """Tell whether nobody else can confirm a claim: who we are, and that nothing leaves."""
    match claim:
        case Party():
            return claim.kind in (PartyKind.DEPARTMENT, PartyKind.SELF)
        case Share():
            return not claim.may
    return False
