"""What went to a partner and the plan asks no more: somebody takes it back, or lets it be."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.working import OnCase, on_own, own_case
from sluitend.journeys.cases.journey import CASE_PLAN, CASE_WORK, RECALL_OR_LEAVE
from sluitend.journeys.cases.models import SentReferral, TimelineEvent, is_minor
from sluitend.journeys.cases.queries.kept_plan import ASKED, Kept, kept_plan
from sluitend.journeys.cases.queries.recalls import RECALLS, letters_out, why_out
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.actions import add_beside, finish_open
from sluitend.kernel.followup.deadlines import news_due
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.planning import Plan
from sluitend.kernel.manifest import kind_named

ANSWERED = "answered"
"""Why a letter stays that its own answer took out of the plan: whoever reads that decides there."""


@dataclass(frozen=True)
class _Letter:
    """A referral as far as a step about it needs to know."""

    id: UUID
    code: str
    case_id: UUID
    organisation_id: UUID


def ask_about_letters(it: OnCase, kept: Kept, made: Plan, *, answered: str = "") -> None:
    """Ask of each letter that went and that the plan asks no more what becomes of it; once, while that is so.

    Args:
        kept: what is kept of the plan by now.
        made: the plan as it is by now.
        answered: code of the letter by whose answer it changed.
    """
    facts = it.unsealed("facts") or {}
    before: Mapping[str, str] = facts.get(RECALLS, {})
    out = letters_out(kept, made)
    stays = any(each["state"] == ASKED and each["reason"] for each in kept["actions"].values())
    if not (before or out or stays):
        return
    # What was asked before the answer came is for a person to say still.
    if _forget_or_keep(kept, out, "" if answered in before else answered):
        it.seal("plan", kept)
    wanted = {code: why for code, why in out.items() if not _stays(kept, code)}
    letters = _open_letters(it, {*before, *wanted})
    now = {code: why for code, why in wanted.items() if code in letters}
    for code in now.keys() - before.keys():
        _ask(it, letters[code], now[code])
    for code in before.keys() - now.keys():
        if code in letters:
            finish_open(subject_id=letters[code].id, actor=it.actor, what=RECALL_OR_LEAVE)
    if now != before:
        it.seal("facts", {**facts, RECALLS: now})


def _forget_or_keep(kept: Kept, out: Mapping[str, str], answered: str) -> bool:
    """Forget why a letter stays that the plan asks again, and keep why one does that was answered."""
    changed = False
    for each in kept["actions"].values():
        if each["state"] != ASKED:
            continue
        if each["reason"] and each["code"] not in out:
            each["reason"], changed = "", True
        elif answered and each["code"] == answered and answered in out and not each["reason"]:
            each["reason"], changed = ANSWERED, True
    return changed


def _stays(kept: Kept, code: str) -> bool:
    return any(each["code"] == code and each["reason"] for each in kept["actions"].values())


def _open_letters(it: OnCase, codes: set[str]) -> dict[str, _Letter]:
    found = SentReferral.objects.filter(case=it.row, referral_code__in=codes, open=True, with_partner=True)
    return {
        code: _Letter(referral_id, code, it.row.id, it.row.organisation_id)
        for referral_id, code in found.values_list("referral_id", "referral_code")
    }


def _ask(it: OnCase, letter: _Letter, why: str) -> None:
    case = it.row
    add_beside(
        row=letter,
        subject_kind=kind_named("referral"),
        what=RECALL_OR_LEAVE,
        due=news_due(acute=case.acute),
        actor=it.actor,
        urgent=case.acute,
        minor=is_minor(case.minor),
    )
    with in_dutch():
        told = _("%(code)s ging al. Haal terug of laat staan") % {"code": letter.code}
        it.event(TimelineEvent.What.PLAN, told, why_out(why, case.pack))


def letter_back(*, actor: Actor, case_id: UUID, referral_id: UUID) -> None:
    """Note that a partner can read a letter no more, so that nobody is asked what becomes of it; once.

    Its answer may still come. Called by the referrals journey, when the partner gave it back or its term
    passed.
    """
    case = own_case(case_id, actor)
    sent = SentReferral.objects.filter(case=case, referral_id=referral_id, with_partner=True)
    code = sent.values_list("referral_code", flat=True).first()
    if code is None or not sent.update(with_partner=False) or case.closed is not None:
        return
    with doing(OnCase(case, actor, CASE_WORK, purpose="letter_back")) as it:
        facts = it.unsealed("facts") or {}
        asked = dict(facts.get(RECALLS, {}))
        if asked.pop(code, None) is not None:
            finish_open(subject_id=referral_id, actor=actor, what=RECALL_OR_LEAVE)
            it.seal("facts", {**facts, RECALLS: asked})


def letter_left(*, actor: Actor, case_id: UUID, referral_code: str, reason: Reason) -> None:
    """Note that a letter stays though the plan asks it no more. Called by the referrals journey.

    Raises:
        Conflict: nobody has to decide about it: the plan asks it again, or somebody did.
    """
    with on_own(case_id, actor, "left", CASE_PLAN) as it:
        facts, kept = it.unsealed("facts") or {}, kept_plan(it.row, it.envelope)
        asked = dict(facts.get(RECALLS, {}))
        if asked.pop(referral_code, None) is None:
            raise Conflict
        for each in kept["actions"].values():
            if each["state"] == ASKED and each["code"] == referral_code:
                each["reason"] = reason.id
        it.seal("plan", kept)
        it.seal("facts", {**facts, RECALLS: asked})
        with in_dutch():
            it.event(
                TimelineEvent.What.PLAN,
                _("%(code)s blijft staan: %(why)s") % {"code": referral_code, "why": reason.label.nl},
            )
