"""What every test may ask for: a database as the web server's role, and the region's people."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.sql.compiler import SQLCompiler
from django.template import Context, Template
from django.test import Client

from sluitend.demo import embedded
from sluitend.settings import POOLED
from tests import database, situations, tiers

if TYPE_CHECKING:
    from tests.journeys.exchanges.situations import Between
    from tests.journeys.referrals.situations import Ready
    from tests.samples import Sample

pytest_plugins = ("tests.network_guard",)
SERVER: embedded.Server | None = None
LOOKS_FOR_GARBAGE = (100_000, 50, 50)
AS_SERVED = Template._render  # type: ignore[attr-defined]
"""How a template makes its words before Django prepares it for tests."""


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that hands out the work."""
    global SERVER  # noqa: PLW0603
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        try:
            SERVER = embedded.start(database.DATA)
        except embedded.AlreadyRunning:  # another run of the tests in this clone has started it
            SERVER = embedded.attach(database.DATA)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `make prove` what it alone tries, unless its file is asked for by name.

    The browser comes first: who hands out the work gives each worker a row of neighbours, and takes from the
    end of a row for who is ready first. So one worker starts a browser, and no other.
    """
    asked = {config.invocation_params.dir / each.partition("::")[0] for each in config.args}
    later = {item for item in items if tiers.is_left_to_prove(_file(item), item.name.partition("[")[0])}
    for item in later:
        item.add_marker(pytest.mark.prove)
    if left := [item for item in items if item in later and not (tiers.DEEP or item.path in asked)]:
        config.hook.pytest_deselected(items=left)
    kept = [item for item in items if item not in set(left)]
    items[:] = sorted(kept, key=lambda item: not _file(item).startswith("tests/browser/"))


def _file(item: pytest.Item) -> str:
    return item.path.relative_to(database.ROOT).as_posix()


def pytest_collection_finish() -> None:
    """Set apart what was loaded: to look through it for garbage, again and again, takes time.

    A process of the tests lives for minutes and may keep more than one of the web server.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS_FOR_GARBAGE)


def pytest_unconfigure() -> None:
    """Stop the server that this process started."""
    if SERVER is not None:
        SERVER.stop()


@pytest.fixture(scope="session")
def server() -> embedded.Server:
    """The running PostgreSQL."""
    return SERVER or embedded.attach(database.DATA)


@pytest.fixture(scope="session")
def schema_version(server: embedded.Server) -> str:
    """The version of the template, which is made when it does not exist yet."""
    return database.ensure_template(server)


@pytest.fixture(scope="session")
def database_name() -> str:
    """The name of this worker's own database."""
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


@pytest.fixture(scope="session")
def own_keys(schema_version: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This worker's copy of the keys: a register of what was destroyed is kept beside them."""
    return Path(
        shutil.copytree(database.keys_folder(schema_version), tmp_path_factory.mktemp("own") / "keys")
    )


@pytest.fixture(scope="session")
def django_db_setup(
    server: embedded.Server, schema_version: str, database_name: str, own_keys: Path
) -> Iterator[None]:
    """Point Django at this worker's clone of the template, as `sl_app`."""
    database.clone(server, schema_version, database_name)
    use_database(server.url("sl_app", database_name), own_keys)
    yield
    connections.close_all()
    for name in SITUATIONS:
        server.drop_database(_copy(database_name, name))
    server.drop_database(database_name)


SITUATIONS: dict[str, situations.Situation] = {}
"""Those that stand in a database of this worker."""


def _copy(database_name: str, name: str) -> str:
    return f"{database_name}_{name}"


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Just before the transaction of a test begins: let it begin where its situation stands."""
    if fixturedef.argname != "_django_db_helper":
        return
    name, here = situations.wanted(request.fixturenames), connections["default"].settings_dict["NAME"]
    own: str = request.getfixturevalue("database_name")
    server: embedded.Server = request.getfixturevalue("server")
    if name and name not in SITUATIONS:
        schema, folder = request.getfixturevalue("schema_version"), request.getfixturevalue("own_keys").parent
        SITUATIONS[name] = situations.ensure(server, schema, name, keys=folder / name, copy=_copy(own, name))
    if name and here != _copy(own, name):
        use_database(server.url("sl_app", _copy(own, name)), SITUATIONS[name].keys)
    elif not name and here in {_copy(own, each) for each in SITUATIONS}:
        use_database(server.url("sl_app", own), request.getfixturevalue("own_keys"))


@pytest.fixture
def ready(db: None) -> "Ready":
    """A case that can be referred on both tracks."""
    found: Ready = SITUATIONS["ready"].value()
    return found


@pytest.fixture
def between(db: None) -> "Between":
    """A case of Westland that can go to The Hague."""
    found: Between = SITUATIONS["between"].value()
    return found


@pytest.fixture
def sample(db: None) -> "Sample":
    """The matters that the addresses are asked about."""
    found: Sample = SITUATIONS["sample"].value()
    return found


@pytest.fixture
def whole_route(db: None) -> "Sample":
    """One matter from report to referral."""
    found: Sample = SITUATIONS["whole_route"].value()
    return found


def use_database(url: str, keys: Path) -> None:
    """Let Django's connection and the custodian use another database and its keys."""
    from sluitend.settings import database as parse

    connections["default"].close()
    connections["default"].settings_dict.update(parse(url))
    settings.SLUITEND_KEYS = keys


@dataclass(frozen=True)
class RegionOfTests:
    """The organisations and people that the template holds."""

    def organisation(self, code: str) -> "object":
        """Return the organisation with this code."""
        from sluitend.kernel.organisations.models import Organisation

        return Organisation.objects.get(code=code)

    def actor(self, email: str) -> "object":
        """Return somebody as they act after signing in."""
        from sluitend.kernel.access.acting import Actor
        from sluitend.kernel.organisations.models import Account, Membership, Role

        account = Account.objects.get(email=email)
        every = Membership.objects.valid().filter(account=account, home=None)
        memberships = list(every.select_related("organisation"))
        organisation = memberships[0].organisation
        return Actor(
            account_id=account.pk,
            organisation_id=organisation.id,
            roles=frozenset(Role(m.role) for m in memberships),
            name=account.name,
            organisation_name=organisation.name,
            organisation_kind=organisation.kind,
            reporter_role=memberships[0].reporter_role,
        )


@pytest.fixture(scope="session", autouse=True)
def _pages_keep_what_they_were_made_from_once(django_test_environment: None) -> None:
    """Keep for `context` what a page as a whole was made from.

    Django's tests copy it for every template that a page includes.
    """

    keeping = Template._render  # type: ignore[attr-defined]

    def render(template: Template, context: Context) -> str:
        whole = context.template is template
        words: str = (keeping if whole else AS_SERVED)(template, context)
        return words

    Template._render = render  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _nobody_sent_anything_before() -> None:
    """Forget who sent how much: every test comes from the same address."""
    from sluitend.journeys.referrals.views.pickup import ALL_TRYING, TRYING
    from sluitend.journeys.reports.slowing import ALL_GUESSING, FILING, GUESSING
    from sluitend.surfaces.desk.views import invitation
    from sluitend.surfaces.sender import doors

    doors.cache_clear()
    invitation.TRYING.forget()
    FILING.forget()
    GUESSING.forget()
    ALL_GUESSING.forget()
    TRYING.forget()
    ALL_TRYING.forget()


@pytest.fixture
def region(db: None) -> RegionOfTests:
    """The region's organisations and people."""
    return RegionOfTests()


@pytest.fixture
def client_for(db: None) -> Callable[[str], Client]:
    """Return a client signed in as the account with this address."""
    from sluitend.kernel.organisations.models import Account

    def make(email: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(email=email))
        return client

    return make


@pytest.fixture
def put_into_sql(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which each making of SQL is noted."""
    made: list[str] = []
    as_sql = SQLCompiler.as_sql

    def noted(compiler: SQLCompiler, *given: object, **named: object) -> object:
        made.append(str(compiler.query.model))
        return as_sql(compiler, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)
    return made


@pytest.fixture
def kept_connection(own_database: str) -> Iterator[str]:
    """Like `own_database`, where requests share a connection, as in a process of the web server."""
    connections.close_all()
    connections["default"].settings_dict["OPTIONS"] |= POOLED
    yield own_database
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]


@pytest.fixture
def own_database(
    server: embedded.Server,
    schema_version: str,
    database_name: str,
    own_keys: Path,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[str]:
    """A fresh clone of the template in which transactions really commit; yields its name.

    For what a test inside one rolled back transaction cannot show: two people at once, and what is left in
    the tables.
    """
    name = f"{database_name}_own"
    database.clone(server, schema_version, name)
    # What ended in another database is not of this one.
    (own_keys / "destructions.jsonl").unlink(missing_ok=True)
    with django_db_blocker.unblock():
        use_database(server.url("sl_app", name), own_keys)
        yield name
        connections.close_all()
        use_database(server.url("sl_app", database_name), own_keys)
    server.drop_database(name)


@pytest.fixture
def as_worker(server: embedded.Server, own_database: str, own_keys: Path) -> str:
    """Like `own_database`, signed in as the worker: it alone may write how a job ended."""
    connections.close_all()
    use_database(server.url("sl_worker", own_database), own_keys)
    return own_database
