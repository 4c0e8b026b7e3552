"""Faults in next steps, owners and escalation."""

from tests.planted import Fault

ACTIONS = "kernel/followup/actions.py"
ASSIGNING = "kernel/followup/assigning.py"
ESCALATION = "kernel/followup/escalation.py"
NEAR = "tests/kernel/followup tests/surfaces/desk/test_away.py tests/surfaces/desk/test_teams.py tests/test_outcomes.py"
CLIMBS = "tests/kernel/followup tests/surfaces/desk/test_away.py"

FAULTS = (
    Fault(
        "followup.acute_to_who_is_away",
        ASSIGNING,
        "    return owner if works and not away else ROLE\n",
        "    return owner if works else ROLE\n",
        "what cannot wait goes to somebody who is there",
        NEAR,
    ),
    Fault(
        "followup.acute_on_a_day_off",
        ASSIGNING,
        "    return owner if works and not away else ROLE\n",
        "    return owner if not away else ROLE\n",
        "what cannot wait goes to somebody who works today",
        NEAR,
    ),
    Fault(
        "followup.two_give_at_once",
        ASSIGNING,
        "    _require_held_by(holder(like), subject_ids, actor)\n",
        "",
        "of two who give at once one hears that somebody was first",
        "tests/test_teams_at_once.py tests/surfaces/desk/test_teams.py",
    ),
    Fault(
        "followup.eyes_go_with_the_work",
        ASSIGNING,
        "    ).exclude(what=SECOND_EYES)\n",
        "    )\n",
        "who gets the work does not look along at it too",
        NEAR,
    ),
    Fault(
        "followup.climbs_without_line",
        ESCALATION,
        "                _note(actor, step, rung)\n",
        "",
        "the ledger says that something climbed",
        CLIMBS,
    ),
    Fault(
        "followup.climbs_and_tells_nobody",
        ESCALATION,
        "        after_commit(tell, *sorted(reached - {desk.climbing.id}))\n",
        "        pass\n",
        "who is reached gets a mail",
        CLIMBS,
    ),
    Fault(
        "followup.picket_is_not_rung",
        ESCALATION,
        "        after_commit(ring, desk.organisation_id)\n",
        "        pass\n",
        "the 24-hour contact is mailed",
        CLIMBS,
    ),
    Fault(
        "followup.nobody_reads_and_nobody_hears",
        ESCALATION,
        "        reached.update(say_nobody_reads(actor))\n",
        "        pass\n",
        "where nobody reads, the administrators hear it",
        CLIMBS,
    ),
    Fault(
        "followup.finished_and_climbs",
        ESCALATION,
        "NextStep.objects.filter(pk=step.pk, level=step.level, done__isnull=True).update(level=rung)",
        "NextStep.objects.filter(pk=step.pk).update(level=rung)",
        "what somebody finishes at this moment does not climb",
        CLIMBS,
    ),
    Fault(
        "followup.work_ends_the_eyes",
        ACTIONS,
        "        _open_steps(row.id, actor).exclude(what=SECOND_EYES).update(\n",
        "        _open_steps(row.id, actor).update(\n",
        "nobody else's work ends a second pair of eyes",
        f"{NEAR} tests/journeys/cases",
    ),
    Fault(
        "followup.acute_by_own_days",
        ACTIONS,
        "due(OFFICE_DAYS if urgent or minor else owner.work_days)",
        "due(owner.work_days)",
        "what is acute waits for nobody's days",
        f"{NEAR} tests/journeys/cases",
    ),
    Fault(
        "followup.child_to_who_is_away",
        ACTIONS,
        "    if (urgent or minor) and not owner_id:\n",
        "    if urgent and not owner_id:\n",
        "what is about a child goes to somebody who is there",
        f"{NEAR} tests/journeys/cases",
    ),
    Fault(
        "followup.second_writer",
        ACTIONS,
        "type(row).objects.filter(pk=row.pk, revision=row.revision)",
        "type(row).objects.filter(pk=row.pk)",
        "the second of two writers hears it",
        "tests/journeys/cases tests/journeys/test_two_at_once.py",
    ),
)
