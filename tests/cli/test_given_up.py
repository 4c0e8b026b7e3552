"""What the worker gave up stays known until somebody deals with it, and tells no clock after a day."""

import json
from contextlib import nullcontext

import pytest
from django.db import connection

from sluitend.cli import checks_running, environment, main
from sluitend.kernel.access import given_up

MAIL, CLOCK, PUBLIC = "followup.tell", "followup.escalate", "referrals.tell_sender"


def fails(task: str, hours: int) -> int:
    """Let a job be given up so many hours ago, after it was tried again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, scheduled_at)"
            " VALUES ('mail', %s, 0, %s, 'failed', now() - make_interval(hours => %s)) RETURNING id",
            [task, json.dumps({"ids": []}), hours],
        )
        (job,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " VALUES (%s, 'failed', now() - make_interval(hours => %s))",
            [job, hours],
        )
    return int(job)


def by_the_clock(task: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id)"
            " VALUES (%s, 1, '')",
            [task],
        )


def a_round() -> None:
    """Forget as the worker does each minute."""
    with connection.cursor() as cursor:
        for query in given_up.FORGET:
            cursor.execute(query, given_up.after(24))


def left(job: int) -> tuple[bool, int, bool]:
    """Return whether a job is known, with how many moments, and whether it says when it was to be tried."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM procrastinate_events e WHERE e.job_id = j.id), j.scheduled_at"
            " FROM procrastinate_jobs j WHERE id = %s",
            [job],
        )
        found = cursor.fetchone()
    return (True, found[0], found[1] is not None) if found else (False, 0, False)


@pytest.mark.usefixtures("as_worker")
def test_what_was_given_up_stays_until_somebody_deals_with_it() -> None:
    by_the_clock(CLOCK)
    mail, fresh, clock, public = fails(MAIL, 30), fails(MAIL, 2), fails(CLOCK, 30), fails(PUBLIC, 30)
    late = fails(CLOCK, 2)
    a_round()
    assert left(mail) == (True, 0, False), "known, and not when"
    assert left(fresh) == (True, 1, True)
    assert left(late) == (True, 1, True)
    assert left(clock) == left(public) == (False, 0, False)
    assert "3 taken zijn opgegeven" in checks_running.queue().sentence
    found = given_up.given_up()
    given_up.again([mail])
    given_up.drop(set(found) - {mail})
    assert given_up.given_up() == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [mail])
        assert cursor.fetchone() == ("todo",)
    a_round()
    assert left(mail)[0]


@pytest.mark.usefixtures("as_worker")
def test_the_command_names_it_and_does_it_again_or_puts_it_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "django", lambda *_url, **_more: nullcontext())
    for becomes, said in (("--again", "opnieuw in de wachtrij"), ("--drop", "weggelegd")):
        fails(MAIL, 2)
        assert main(["jobs"]) == 1
        assert f"{MAIL}: 1" in capsys.readouterr().out
        assert main(["jobs", becomes]) == 0
        assert said in capsys.readouterr().out
        assert given_up.given_up() == {}
    assert main(["jobs"]) == 0
