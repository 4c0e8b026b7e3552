"""A new key of search: everything stays to be found, and what was stolen with the old key finds nothing."""

import hashlib
import hmac
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from sluitend.cli import token_commands
from sluitend.journeys.cases.models import SubjectToken
from sluitend.journeys.reports import queries
from sluitend.journeys.reports.models import Report, ReportToken
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import bound
from sluitend.journeys.visits.queries.points import open_points
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.fields import TokenField
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import token_file
from sluitend.kernel.sealing.keys import begin_token_renewal
from sluitend.kernel.sealing.tokens import normalise
from tests import samples
from tests.cli.installation import Installation
from tests.conftest import use_database
from tests.journeys.referrals.situations import make_ready
from tests.journeys.visits.situations import Town, make_town

NOT_OF_SEARCH = {"forms.SentForm", "care_files.AgendaFeed"}
"""Rows with no token of the key of search: that a form was sent, and the secret that opens an agenda."""


@pytest.fixture
def westland(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """A municipality with two reports that share a telephone, one of them in a case; as the owner."""

    @contextmanager
    def as_owner() -> Iterator[None]:
        yield

    monkeypatch.setattr(token_commands, "as_owner", as_owner)
    found = Organisation.objects.get(code="GM1783")
    codes = [samples.file_report(found)[0] for _ in range(2)]
    samples.take_in(codes[0], samples.actor("af@westland.example"))
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    return found


def key_of(organisation_id: UUID, *, former: bool = False) -> bytes:
    return KeyFolder(settings.SLUITEND_KEYS).read(*token_file(organisation_id, former=former))


def phone_under(key: bytes) -> UUID:
    (form,) = normalise("phone", samples.PLANTED_PHONE)
    return UUID(bytes=hmac.new(key, f"phone\0{form}".encode(), hashlib.sha256).digest()[:16])


def found_from(code: str) -> int:
    who = samples.actor("af@westland.example")
    with acting(who):
        view = queries.report(code, who)
        return len(queries.earlier_signals(who, queries.identifiers(view), [view.id]))


def test_everything_is_found_during_the_change_and_after(
    installation: Installation, westland: Organisation
) -> None:
    old = key_of(westland.id)
    begin_token_renewal(westland.id)
    begin_token_renewal(westland.id)  # as of a run that was killed and is run again
    assert key_of(westland.id, former=True) == old != key_of(westland.id)
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    code, _ = samples.file_report(westland)
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    assert ReportToken.objects.filter(token=phone_under(old)).count() == 2
    assert ReportToken.objects.filter(token=phone_under(key_of(westland.id))).count() == 1
    assert found_from(code) == 2

    assert token_commands.keys_renew_tokens(Namespace()) == 0
    present = key_of(westland.id)
    assert not (settings.SLUITEND_KEYS / "tokens" / f"{westland.id}.former.key").exists()
    assert ReportToken.objects.filter(token=phone_under(present)).count() == 3
    assert SubjectToken.objects.filter(token=phone_under(present)).count() == 1
    for table in (ReportToken, SubjectToken):
        assert not table.objects.filter(token=phone_under(old)).exists()
    assert found_from(code) == 2


def test_what_somebody_indexed_a_moment_late_is_found_at_the_next_walk(
    westland: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, walk, walks = key_of(westland.id), token_commands._walk, list[int]()

    def late(organisation_id: UUID, batch: token_commands.Batch) -> int:
        changed = walk(organisation_id, batch)
        walks.append(changed)
        if len(walks) == 5:  # after the first time round
            row = ReportToken.objects.filter(token=phone_under(key_of(westland.id))).first()
            assert row is not None
            ReportToken.objects.filter(pk=row.pk).update(token=phone_under(old))
        return changed

    monkeypatch.setattr(token_commands, "_walk", late)
    assert token_commands.renew(westland.id)
    visits, wait_requests, cases, reports, received = (walks[number::5] for number in range(5))
    assert visits == wait_requests == received == [0, 0, 0, 0, 0]
    assert reports == [2, 1, 0, 0, 0]
    assert cases == [5, 0, 0, 5, 0]  # subjects: with both keys, and after the end of the former without it
    assert not ReportToken.objects.filter(token=phone_under(old)).exists()


def test_the_former_key_stays_until_all_is_done(
    westland: Organisation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(token_commands, "_walk", lambda organisation_id, batch: 1)
    assert token_commands.keys_renew_tokens(Namespace()) == 1
    assert "Nog niet klaar" in capsys.readouterr().out
    assert key_of(westland.id, former=True)
    code = Report.objects.order_by("pk").values_list("code", flat=True)[0]
    assert found_from(code) == 1
    monkeypatch.undo()
    assert token_commands.renew(westland.id)


def test_only_the_system_indexes_anew(westland: Organisation) -> None:
    from sluitend.journeys.cases.actions import reindex_cases
    from sluitend.journeys.reports.actions import reindex_reports
    from sluitend.journeys.visits.actions import reindex_visits, reindex_wait_requests
    from sluitend.kernel.access.errors import Refused

    who = samples.actor("af@westland.example")
    for batch in (reindex_reports, reindex_cases, reindex_visits, reindex_wait_requests):
        with acting(who), pytest.raises(Refused):
            batch(who)
        with acting(system_actor(Organisation.objects.get(code="avim").id)) as other:
            assert batch(other) == (None, 0)


def all_find_each_other(town: Town) -> bool:
    """Return whether every wait request finds every visit, and every visit every wait request and case."""
    with acting(town.focal_point) as who:
        visits, wait_requests = (
            list(Visit.objects.order_by("day", "id")),
            list(WaitRequest.objects.order_by("asked_at")),
        )
        points = [open_points(each, who) for each in visits]
        return (
            len(visits) == len(wait_requests) == 2
            and all(bound.bound_visits(each, *Visit.State.values) == visits for each in wait_requests)
            and all(
                bound.binding_wait_requests(each) == list(each_point.wait_requests) == wait_requests
                for each, each_point in zip(visits, points, strict=True)
            )
            and all(len(each.gates) == 2 for each in points)
        )


def test_what_somebody_asked_to_wait_for_is_found_at_every_moment_of_the_change(
    installation: Installation, westland: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_web() -> None:
        use_database(installation.server.url("sl_app", installation.database), installation.keys)

    def plan_and_ask() -> None:
        town.plan()
        town.ask()
        town.catch_up()

    as_web()
    town, walk, walks = make_town(), token_commands._walk, list[bool]()
    plan_and_ask()
    begin_token_renewal(westland.id)
    samples.take_in(samples.file_report(westland)[0], town.focal_point)
    plan_and_ask()
    assert all_find_each_other(town)

    def watched(organisation_id: UUID, batch: token_commands.Batch) -> int:
        changed = walk(organisation_id, batch)
        walks.append(all_find_each_other(town))
        return changed

    monkeypatch.setattr(token_commands, "_walk", watched)
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    assert token_commands.renew(westland.id)
    assert len(walks) > 8
    assert all(walks)


def test_what_does_not_open_holds_up_no_other_and_a_wait_request_like_that_every_release(
    installation: Installation, westland: Organisation
) -> None:
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    town = make_town()
    asked, planned = town.note_wait_request(), town.plan(Place(address="Dorpsstraat 1, Naaldwijk"))
    use_database(installation.server.url("sl_admin", installation.database), installation.keys)
    broken = Report.objects.order_by("pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        # Past what the database remembers, as a superuser does.
        cursor.execute("SET session_replication_role = replica")
        for table, column, value in (("reports_report", "id", broken), ("visits_waitrequest", "code", asked)):
            cursor.execute(
                f"UPDATE {table} SET content = overlay(content PLACING '\\x00' FROM 30) WHERE {column} = %s",
                [value],
            )
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    assert token_commands.keys_renew_tokens(Namespace()) == 0
    assert ReportToken.objects.filter(token=phone_under(key_of(westland.id))).count() == 1
    assert WaitRequest.objects.get(code=asked).indexed is None
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    with pytest.raises(DomainError, match="niet te lezen"):
        town.release(planned)
    assert town.visit(planned).state == Visit.State.PLANNED


def of_search() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, TokenField) for field in model._meta.get_fields())
        and model._meta.label not in NOT_OF_SEARCH
    ]


def tokens_in(model: type[Model]) -> set[UUID]:
    names = [field.name for field in model._meta.get_fields() if isinstance(field, TokenField)]
    return {token for name in names for token in model._default_manager.values_list(name, flat=True)}


def test_no_table_keeps_a_token_of_the_former_key(installation: Installation, westland: Organisation) -> None:
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    make_ready().accepted()
    samples.plan_and_ask_to_wait(westland)
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    before = {model: tokens_in(model) for model in of_search()}
    assert len(before) >= 4
    assert all(before.values()), "a table of which this test makes no row"

    done = installation.run("keys", "renew-tokens")
    assert (done.returncode, done.stderr) == (0, "")

    for model, old in before.items():
        new = tokens_in(model)
        assert len(new) == len(old)
        assert not new & old, model._meta.label
