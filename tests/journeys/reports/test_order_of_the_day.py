"""The order of transactions does not tell in which order reports and messages came, from the sweep on."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from psycopg import sql
from tests import samples
from tests.kernel.sealing.samples import picture

from sluitend.demo import embedded
from sluitend.journeys.reports import actions
from sluitend.journeys.reports.content import IdentityContent
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.organisations.models import Organisation

OF_A_REPORT = (
    *("reports_report", "reports_reporteridentity", "reports_mailbox", "sealing_envelope"),
    *("sealing_seal", "sealing_mailboxseal"),
)


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the test's own database."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as connection:
        yield connection


def moments(admin: psycopg.Connection, table: str) -> int:
    """Return by how many transactions the rows of a table were written as they are now."""
    query = sql.SQL("SELECT count(DISTINCT xmin::text), count(*) FROM {}").format(sql.Identifier(table))
    found, rows = admin.execute(query).fetchone() or (0, 0)
    assert rows >= 3, table
    return int(found)


def test_one_sweep_writes_all_that_it_takes_up_at_one_moment(admin: psycopg.Connection) -> None:
    westland = Organisation.objects.get(code="GM1783").id
    receipts = []
    for name in ("An", "Bo", "Cor"):
        told = actions.Filing(
            organisation_id=westland,
            content=samples.content(),
            anonymity="confidential",
            identity=IdentityContent(name=name),
        )
        with acting(NOBODY):
            receipts.append(actions.file_report(told).receipt)
    assert {moments(admin, table) for table in OF_A_REPORT} == {3}
    with acting(system_actor(westland)) as system:
        actions.sweep(system)
    assert {moments(admin, table) for table in OF_A_REPORT} == {1}
    for receipt in receipts:
        photo = SimpleUploadedFile("foto.jpg", picture(), "image/jpeg")
        with acting(NOBODY):
            actions.add_to_report(receipt=receipt, text="Een foto", uploads=[photo])
    assert moments(admin, "sealing_attachment") == 3
    with acting(system_actor(westland)) as system:
        actions.sweep(system)
    assert moments(admin, "sealing_attachment") == 1


def test_where_a_row_stands_after_the_sweep_does_not_tell_either(admin: psycopg.Connection) -> None:
    westland = Organisation.objects.get(code="GM1783").id
    came = []
    for _each in range(12):
        with acting(NOBODY):
            told = actions.Filing(organisation_id=westland, content=samples.content())
            came.append(actions.file_report(told).report_id)

    def stand() -> list[UUID]:
        rows = admin.execute("SELECT report_id FROM reports_mailbox ORDER BY ctid").fetchall()
        return [report_id for (report_id,) in rows if report_id in came]

    assert stand() == came
    with acting(system_actor(westland)) as system:
        actions.sweep(system)
    assert sorted(stand()) == sorted(came)
    assert stand() not in (came, came[::-1], sorted(came))
