"""What the bench fills care with: as many as it is asked for, behind the requests that open."""

import psycopg
import pytest
from bench.matters import COORDINATOR, care_models
from tests import samples

from bench import copying
from sluitend.demo import embedded
from sluitend.journeys.care.queries import requests
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.queries import of_care
from sluitend.journeys.shelter.queries import searches
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Organisation


def test_care_is_filled_at_the_size_that_was_asked_for(
    server: embedded.Server, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = samples.actor(COORDINATOR)
    monkeypatch.setattr(of_care, "PAGE", 2)
    real = [samples.ask_for_help(bed_tonight="nee")[0] for _number in range(2)]
    made = {
        "main": str(Organisation.objects.get(code="GM1783").pk),
        "others": [],
        "models": {},
        "care_models": care_models(),
        "care_at": str(who.own_organisation),
    }
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        copying.fill(admin, made, 100)
    with acting(who):
        assert Report.objects.count() == CareFile.objects.count() + 2 == 104
        assert Report.objects.filter(closed__isnull=True).count() == 23
        page = requests(who)
        assert sorted(each.code for each in page.rows) == sorted(real)
        assert page.after
        assert len(searches(who)) == 21
