"""What must run inside Django, each in a process of its own.

`python -m bench.inside COMMAND ANSWER [ARGUMENT ...]` writes its answer as JSON to the file ANSWER.
"""

import json
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import django

WARM, TIMES = 5, 60
IDENTIFIERS = 10
FOCAL_POINTS = ("af@westland.example", "vervanger@westland.example")
CARERS, OF_CARE = ("zorg@shop.example",), "/werk/zorg/"
PEOPLE = {"focal": FOCAL_POINTS, "care": CARERS}


def migrate() -> None:
    """Make the tables, organisations and people, as the owner: no other role writes who has which role."""
    from django.conf import settings
    from django.core.management import call_command

    from sluitend.demo.region import load_region
    from sluitend.kernel.handbook.loading import load_pack

    call_command("migrate", interactive=False, verbosity=0)
    load_region(load_pack(settings.SLUITEND_PACK), password=secrets.token_urlsafe(16))


def prepare() -> None:
    """Publish the handbook; make keys and static files."""
    from django.conf import settings

    from sluitend.cli.static import collect
    from sluitend.kernel.handbook.actions import publish
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.keys import copy_register, create_keys

    publish(settings.SLUITEND_PACK, actor_name="bench")
    copy_register(create_keys(settings.SLUITEND_KEYS, Organisation.objects.values_list("id", flat=True)))
    collect()


def matters() -> dict[str, Any]:
    """Make the real matters, and name the ids that copying needs."""
    from tests import samples

    from bench import matters as real
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.organisations.reading import towns

    made = real.make()
    municipalities = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    main = municipalities.get(code=real.MUNICIPALITY)
    others = municipalities.exclude(pk=main.pk)
    return {
        **asdict(made),
        "models": real.models(made),
        "care_models": real.care_models(),
        "care_at": str(samples.actor(real.COORDINATOR).own_organisation),
        "main": str(main.pk),
        "others": [str(each.pk) for each in others],
        "codes": [each.code for each in towns() if each.reads],
    }


def sessions(number: str, people: str = "focal") -> list[str]:
    """Sign in so many times, as people with a second factor who were here yesterday; return the cookies.

    Args:
        number: how many times.
        people: who, of `PEOPLE`.
    """
    from django.conf import settings

    return [f"{settings.SESSION_COOKIE_NAME}={_session(each)}" for each in _desk(int(number), PEOPLE[people])]


class _Desks:
    """Browsers of those at a desk: pages of care are read by who gives care, all others by a focal point."""

    def __init__(self) -> None:
        self._care, self._focal = _signed_in(CARERS), _signed_in()

    def get(self, path: str) -> Any:
        """Look at a page."""
        return (self._care if path.startswith(OF_CARE) else self._focal).get(path)


def _signed_in(emails: tuple[str, ...] = FOCAL_POINTS) -> Any:
    """Return a browser of somebody at a desk, without a web server."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"x-forwarded-proto": "https", "host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = _session(_desk(1, emails)[0])
    return client


def _desk(number: int, emails: tuple[str, ...] = FOCAL_POINTS) -> list[Any]:
    from sluitend.kernel.organisations.models import Account

    people = list(Account.objects.filter(email__in=emails))
    return [people[each % len(people)] for each in range(number)]


def _session(account: Any) -> str:
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    Authenticator.objects.get_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}}
    )
    account.seen, account.seen_before = timezone.now(), timezone.now() - timedelta(days=1)
    account.save(update_fields=["seen", "seen_before"])
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def by_the_clock() -> int:
    """Queue everything that is done by the clock; return how many that are."""
    from procrastinate.contrib.django import app

    app.perform_import_paths()  # type: ignore[no-untyped-call]
    now = int(time.time())
    tasks = list(app.periodic_registry.periodic_tasks.values())
    for each in tasks:
        each.task.defer(timestamp=now)
    return len(tasks)


def statements(*paths: str) -> dict[str, list[list[Any]]]:
    """Return of each page every statement that it asks the database, with the milliseconds it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _Desks()
    asked = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as context:
            status = client.get(path).status_code
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        asked[path] = [[each["sql"], float(each["time"]) * 1000] for each in context.captured_queries]
    return asked


def breakdown(*paths: str) -> dict[str, dict[str, float]]:
    """Return of each page where its milliseconds go."""
    from bench.breakdown import of_pages

    return of_pages(_Desks(), paths)


def signals(phone: str) -> dict[str, Any]:
    """Look for earlier signals on ten identifiers; return the milliseconds of each time."""
    from tests import samples

    from bench.matters import FOCAL_POINT
    from sluitend.journeys.cases.queries import earlier
    from sluitend.journeys.reports.models import ReportToken
    from sluitend.kernel.access.acting import acting
    from sluitend.kernel.sealing.tokens import tokens_for

    who = samples.actor(FOCAL_POINT)
    assert who.organisation_id is not None
    organisation_id = who.organisation_id

    def identifiers(known: str) -> list[tuple[str, str]]:
        return [("phone", f"06{secrets.randbelow(10**8):08}") for _each in range(IDENTIFIERS - 1)] + [
            ("phone", known)
        ]

    def whole(known: str) -> Callable[[], int]:
        pairs, about = identifiers(known), secrets.token_hex(16)
        from uuid import UUID

        return lambda: len(earlier(who, pairs, about_id=UUID(about)))

    def look_up() -> Callable[[], int]:
        tokens = [
            token
            for _kind, value in identifiers(phone)
            for token in tokens_for(organisation_id, "phone", value)
        ]
        rows = ReportToken.objects.filter(organisation_id=organisation_id, token__in=tokens)
        return lambda: len(rows.values_list("report_id"))

    with acting(who):
        total = ReportToken.objects.count()
        return {
            "own": total,
            "statement": _times(look_up),
            "hit": _times(lambda: whole(phone)),
            "nothing": _times(lambda: whole("0687654321")),
        }


def _times(prepare_one: Callable[[], Callable[[], Any]]) -> list[float]:
    taken = []
    for number in range(WARM + TIMES):
        job = prepare_one()
        begun = time.perf_counter()
        job()
        if number >= WARM:
            taken.append((time.perf_counter() - begun) * 1000)
    return taken


def sheet(code: str) -> dict[str, Any]:
    """Make the PDF of a referral; return milliseconds of each time and the number of bytes."""
    from tests import samples

    from bench.matters import FOCAL_POINT
    from sluitend.journeys.referrals import queries
    from sluitend.journeys.referrals.sheets import sheet_of_sent
    from sluitend.kernel.access.acting import acting
    from sluitend.kernel.sheet import as_pdf

    who = samples.actor(FOCAL_POINT)
    with acting(who):
        page = sheet_of_sent(queries.sent(code, who), who.organisation_name)
    taken = _times(lambda: lambda: as_pdf(page))
    return {"taken": taken, "bytes": len(as_pdf(page)), "mean": statistics.mean(taken)}


def search() -> dict[str, list[float]]:
    """Search in the handbook for every label with a letter left out; return the milliseconds of each time."""
    from itertools import cycle

    from django.test import Client

    from sluitend.kernel.handbook.queries import current_release
    from sluitend.surfaces.handbook.findable import index_of

    index = index_of(current_release().number, "nl")
    titles = [line.title for line in index.lines]
    asked = cycle([title[: len(title) // 2] + title[len(title) // 2 + 1 :] for title in titles])
    client = Client(headers={"x-forwarded-proto": "https", "host": "localhost"})

    def alone() -> Callable[[], Any]:
        query = next(asked)
        return lambda: index.find(query)

    def whole() -> Callable[[], Any]:
        sent = {"zoek": next(asked)}
        return lambda: client.post("/handboek/zoeken/", sent)

    return {"index": _times(alone), "page": _times(whole)}


COMMANDS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        migrate,
        prepare,
        matters,
        sessions,
        by_the_clock,
        statements,
        breakdown,
        signals,
        sheet,
        search,
    )
}


def main() -> None:
    """Run one command and write its answer."""
    django.setup()
    try:
        answer = COMMANDS[sys.argv[1]](*sys.argv[3:])
    finally:
        _hang_up()
    Path(sys.argv[2]).write_text(json.dumps(answer))


def _hang_up() -> None:
    """Close the pool: its threads would hold up the end of the process."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


if __name__ == "__main__":
    main()
