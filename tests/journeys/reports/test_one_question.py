"""Filing asks once which municipality it is and who reads there; what was said of another does not count."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from tests.journeys.reports.test_pages import code_in, send

from sluitend.kernel.access import connected
from sluitend.kernel.access.connected import NobodyReads, check_reads
from sluitend.kernel.organisations.reading import town, town_with, towns

pytestmark = pytest.mark.django_db
HERE = "GM1783"


def test_a_town_is_found_by_its_code_with_who_reads_there(region: Any) -> None:
    found = town_with(HERE)
    assert found
    assert found.reads
    assert found == town(found.id)
    assert town_with("avim") is None
    assert town_with("nooit") is None


def test_filing_asks_who_reads_only_once(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(wraps=town)
    monkeypatch.setattr(connected, "town", asked)
    assert code_in(send(Client(), 5, "send").text)
    asked.assert_not_called()


def test_what_was_asked_of_another_town_is_asked_anew(region: Any) -> None:
    reads = town_with(HERE)
    assert reads
    silent = next(each for each in towns() if not each.reads)
    with pytest.raises(NobodyReads):
        check_reads(silent.id, reads)
    with pytest.raises(NobodyReads):
        check_reads(silent.id, silent)
    check_reads(reads.id, silent)
