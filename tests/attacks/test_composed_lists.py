"""One row of a list put back by a superuser as it stood before: that row says so, and all others open."""

import re
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.db import models
from django.test import Client
from psycopg import sql

from sluitend.demo import embedded
from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing.sealed_rows import options, sealed_kinds
from tests import samples
from tests.reading import as_read

AF = "af@westland.example"
SAID = "Deze tekst is niet zoals hij geschreven is."
WHY = "Er loopt hier iets anders"
ROW = re.compile(r'<(?:tr|li class="sl-step).*?</(?:tr|li)>', re.DOTALL)


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser, whom no trigger stops."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as found:
        found.execute("SET session_replication_role = replica")
        yield found


def westland() -> Organisation:
    return Organisation.objects.get(code="GM1783")


def case_at(where: str, who: Actor) -> str:
    """Return the code of a case that is being weighed, about a place of its own."""
    code, _receipt = samples.file_report(westland(), told=samples.content(where=where))
    return samples.take_in(code, who)


def kept_of(model: type[models.Model], pk: UUID, who: Actor) -> dict[str, object]:
    """Return what somebody with SQL can keep of a row: its revision and all that is sealed in it."""
    kind = next(each for each in sealed_kinds() if each.model is model)
    with acting(who):
        found = kind.rows().filter(pk=pk).values("revision", *kind.columns)
        return dict(found.get())


def put_back(admin: psycopg.Connection, model: type[models.Model], pk: UUID, kept: dict[str, object]) -> None:
    names = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(each)) for each in kept)
    table = sql.Identifier(options(model).db_table)
    done = admin.execute(sql.SQL("UPDATE {} SET {} WHERE id = %s").format(table, names), [*kept.values(), pk])
    assert done.rowcount == 1


def row_with(code: str, path: str, client: Client) -> str:
    """Return the row of a list that names a code, as it is read."""
    response = client.get(path)
    assert response.status_code == 200, path
    rows = [as_read(re.sub("<[^>]+>", " ", each)) for each in ROW.findall(response.text)]
    return next(each for each in rows if code in each)


def signed_in() -> Client:
    client = Client()
    client.force_login(Account.objects.get(email=AF))
    return client


def noted(who: Actor) -> set[str]:
    with acting(who):
        return set(Event.objects.filter(action="content.not_genuine").values_list("purpose", flat=True))


def test_a_case_of_before_says_so_in_each_list_and_the_others_open(admin: psycopg.Connection) -> None:
    who = samples.actor(AF)
    bad, good = case_at("Achterweg 1, De Lier", who), case_at("Voorstraat 2, Naaldwijk", who)
    with acting(who):
        pk = Case.objects.get(code=bad).id
    kept = kept_of(Case, pk, who)
    for code in (bad, good):
        samples.work(code, who)
        samples.weigh(code, who)
    client, lists = signed_in(), ("/werk/casussen/", "/werk/")
    for path in lists:
        assert "Achterweg 1" in row_with(bad, path, client)
    assert noted(who) == set()
    put_back(admin, Case, pk, kept)
    for path in lists:
        assert SAID in row_with(bad, path, client)
        assert "Achterweg" not in row_with(bad, path, client)
        assert "Voorstraat 2" in row_with(good, path, client)
        assert SAID not in row_with(good, path, client)
    assert noted(who) == {"cases_case"}


def test_an_answer_that_was_taken_out_of_its_row_is_missed_and_the_list_stands(
    admin: psycopg.Connection,
) -> None:
    """What two organisations share has one revision: as it stood before is without what was added."""
    asker, asked = samples.actor(AF), samples.actor("af@denhaag.example")
    bad, good = samples.ask(asker, "GM0518"), samples.ask(asker, "GM0518")
    with acting(asker):
        pk = Request.objects.get(code=bad).id
    kept = kept_of(Request, pk, asker)
    for code in (bad, good):
        with acting(asked):
            exchanges.accept_request(code=code, actor=asked)
        with acting(asked):
            exchanges.answer_request(
                code=code, answer="may_not", reason="andere_reden", sentence=WHY, actor=asked
            )
    client, path = signed_in(), "/werk/verzoeken/{}/"
    assert WHY in client.get(path.format(bad)).text
    assert noted(asker) == set()
    put_back(admin, Request, pk, kept)
    assert SAID in client.get(path.format(bad)).text
    assert noted(asker) == {"exchanges_request"}
    assert WHY in client.get(path.format(good)).text
    for code in (bad, good):
        assert row_with(code, "/werk/uitwisselen/", client)
