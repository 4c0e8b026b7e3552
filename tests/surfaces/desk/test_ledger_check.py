"""The privacy officer has the chain checked, which the worker made."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.surfaces.desk.test_who_looked import FG, keep
from tests.working import seal_the_ledger

from sluitend.kernel.organisations.models import Account


def test_the_check_says_that_the_ledger_is_right(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path)
    keep(5)
    seal_the_ledger()
    client = Client()
    client.force_login(Account.objects.get(email=FG))
    assert "Het logboek klopt." in client.post("/werk/wie-keek/controle/").text
