"""Faults in next steps, owners and escalation."""

from tests.planted import Fault

ACTIONS = "kernel/followup/actions.py"
ASSIGNING = "kernel/followup/assigning.py"
ESCALATION = "kernel/followup/escalation.py"

FAULTS = (
    Fault(
        "followup.acute_to_who_is_away",
        ASSIGNING,
        "    return owner if works and not away else ROLE\n",
        "    return owner if works else ROLE\n",
        "what cannot wait goes to somebody who is there",
        "tests/test_outcomes.py::test_what_cannot_wait_goes_to_somebody_who_is_there",
    ),
    Fault(
        "followup.acute_on_a_day_off",
        ASSIGNING,
        "    return owner if works and not away else ROLE\n",
        "    return owner if not away else ROLE\n",
        "what cannot wait goes to somebody who works today",
        "tests/test_outcomes.py::test_what_cannot_wait_goes_to_somebody_who_is_there",
    ),
    Fault(
        "followup.two_give_at_once",
        ASSIGNING,
        "    _require_held_by(holder(like), subject_ids, actor)\n",
        "",
        "of two who give at once one hears that somebody was first",
        "tests/test_teams_at_once.py",
    ),
    Fault(
        "followup.eyes_go_with_the_work",
        ASSIGNING,
        "    ).exclude(what=SECOND_EYES)\n",
        "    )\n",
        "who gets the work does not look along at it too",
        "tests/test_outcomes.py::test_a_child_is_somebodys_who_is_there_and_another_looks_along",
    ),
    Fault(
        "followup.climbs_without_line",
        ESCALATION,
        "                _note(actor, step, rung)\n",
        "",
        "the ledger says that something climbed",
        "tests/kernel/followup/test_escalation.py",
    ),
    Fault(
        "followup.climbs_and_tells_nobody",
        ESCALATION,
        "        after_commit(tell, *sorted(reached - {desk.choice.id}))\n",
        "        pass\n",
        "who is reached gets a mail",
        "tests/kernel/followup/test_escalation.py",
    ),
    Fault(
        "followup.picket_is_not_rung",
        ESCALATION,
        "        after_commit(ring, desk.organisation_id)\n",
        "        pass\n",
        "the 24-hour contact is mailed",
        "tests/kernel/followup/test_escalation.py",
    ),
    Fault(
        "followup.nobody_reads_and_nobody_hears",
        ESCALATION,
        "        reached.update(say_nobody_reads(actor))\n",
        "        pass\n",
        "where nobody reads, the administrators hear it",
        "tests/kernel/followup/test_escalation.py",
    ),
    Fault(
        "followup.finished_and_climbs",
        ESCALATION,
        "NextStep.objects.filter(pk=step.pk, level=step.level, done__isnull=True).update(level=rung)",
        "NextStep.objects.filter(pk=step.pk).update(level=rung)",
        "what somebody finishes at this moment does not climb",
        "tests/kernel/followup/test_escalation.py",
    ),
    Fault(
        "followup.own_eyes",
        ACTIONS,
        "asked.exclude(pk__in=own).update(",
        "asked.update(",
        "nobody looks along at what is their own",
        "tests/kernel/followup/test_second_person.py",
    ),
    Fault(
        "followup.own_eyes_on_top",
        "kernel/followup/queries/own.py",
        "columns[WAITS] = row[WAITS] or",
        "columns[WAITS] = row[WAITS] and",
        "what somebody else has to look at is not on top",
        "tests/kernel/followup/test_second_person.py",
    ),
    Fault(
        "followup.work_ends_the_eyes",
        ACTIONS,
        "        _open_steps(row.id, actor).exclude(what__in=_beside()).update(\n",
        "        _open_steps(row.id, actor).update(\n",
        "nobody else's work ends a second pair of eyes",
        "tests/test_outcomes.py::test_a_report_turns_out_acute",
    ),
    Fault(
        "followup.acute_by_own_days",
        ACTIONS,
        "due(OFFICE_DAYS if urgent or minor else owner.work_days)",
        "due(owner.work_days)",
        "what is acute waits for nobody's days",
        "tests/test_outcomes.py::test_what_is_about_a_child_waits_for_nobodys_days",
    ),
    Fault(
        "followup.child_to_who_is_away",
        ACTIONS,
        "    if (urgent or minor) and not owner_id:\n",
        "    if urgent and not owner_id:\n",
        "what is about a child goes to somebody who is there",
        "tests/test_outcomes.py::test_a_child_is_somebodys_who_is_there_and_another_looks_along",
    ),
)
