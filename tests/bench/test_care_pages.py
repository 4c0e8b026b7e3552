"""The pages of care that the bench counts: each is there for who gives care, in few statements."""

from collections.abc import Callable

import pytest
from bench.matters import COORDINATOR, care_pages
from bench.pages import care_paths
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 60
"""More than any of them asks: a list that asks something for each row is far beyond it."""


@pytest.mark.django_db
def test_each_page_of_care_that_is_counted_opens(region: object, client_for: Callable[[str], Client]) -> None:
    client = client_for(COORDINATOR)
    for name, (path,) in care_paths({"care": care_pages()}).items():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, name
        assert len(asked) < MOST, (name, len(asked))
