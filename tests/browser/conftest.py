"""One server and one Chromium a worker; a fresh, watched browser context for each person in each test."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright

from sluitend.demo import embedded
from sluitend.kernel.ledger.chain import link_all
from tests import database
from tests.browser import chromium, demonstration
from tests.browser.people import MILLISECONDS, People
from tests.browser.site import Site, build_bundles, serve
from tests.conftest import use_database

type Backstage = Callable[[], AbstractContextManager[None]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(
    server: embedded.Server, schema_version: str, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The application over this worker's own copy of the demonstration."""
    build_bundles()
    version = demonstration.ensure_demonstration(server, schema_version)
    name = f"{database_name}_browser"
    database.clone(server, version, name)
    folder = tmp_path_factory.mktemp("site")
    with serve(server.url("sl_app", name), database.keys_folder(version), folder) as running:
        yield running
    server.drop_database(name)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Its driver keeps an event loop in this thread until the last test of this folder."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def sign_ins() -> dict[str, Any]:
    """The cookies of who has signed in before, by e-mail address."""
    return {}


@pytest.fixture
def people(browser: Browser, site: Site, sign_ins: dict[str, Any]) -> Iterator[People]:
    """Whoever visits the site in this test; nobody may have met a fault."""
    visitors = People(browser, site, sign_ins)
    yield visitors
    visitors.leave()
    assert visitors.faults() == [], site.log()


@pytest.fixture
def backstage(site: Site, django_db_blocker: Any) -> Backstage:
    """Let a test work in the site's database by itself: what the worker does, or what went before."""

    return lambda: _inside(site.database_url, site.keys, django_db_blocker)


@pytest.fixture
def worker(server: embedded.Server, site: Site, database_name: str, django_db_blocker: Any) -> Backstage:
    """Let a test do in the site's database what only the worker may."""
    url = server.url("sl_worker", f"{database_name}_browser")
    return lambda: _inside(url, site.keys, django_db_blocker)


@pytest.fixture
def link_the_ledger(worker: Backstage) -> Callable[[], None]:
    """Give the lines of the ledger their place in the chain, as the worker does each minute."""

    def link() -> None:
        with worker():
            while link_all():
                pass

    return link


@contextmanager
def _inside(url: str, keys: Path, django_db_blocker: Any) -> Iterator[None]:
    """Let Django's connection be that of the site for a moment."""
    before, own_keys = dict(connections["default"].settings_dict), settings.SLUITEND_KEYS
    with django_db_blocker.unblock():
        use_database(url, keys)
        try:
            yield
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(before)
            settings.SLUITEND_KEYS = own_keys
