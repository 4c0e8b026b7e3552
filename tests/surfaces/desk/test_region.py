"""The regional picture: real counts go in, nothing small comes out, and no role sees a case."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.reading import as_read
from tests.surfaces.desk.conftest import MakeStep

from sluitend.journeys.referrals.journey import LOOK_AT_REFERRAL, REFERRAL
from sluitend.kernel.access.acting import NOBODY, acting, become_intake
from sluitend.kernel.halves import periods
from sluitend.kernel.organisations.models import Role

pytestmark = pytest.mark.django_db

HALF = periods()[0]
"""The last half year that is over, whatever day the tests run."""


def fill(make_step: MakeStep, organisation: str, number: int, *, days: int = 0) -> None:
    """Let reports come in, each decided on after some days."""
    for count in range(number):
        day = HALF.first + timedelta(days=32) + timedelta(days=count)
        done = timezone.make_aware(datetime.combine(day + timedelta(days=days), datetime.min.time()))
        make_step(organisation, created_day=day, due=done + timedelta(days=1), done=done)


def figures(*, as_intake: bool = False) -> dict[object, tuple[object, ...]]:
    """What the database's own door gives, by organisation."""
    with acting(NOBODY), connection.cursor() as cursor:
        if as_intake:
            become_intake()
        cursor.execute(
            "SELECT place, reports, referrals, first_answer, on_time FROM region_figures(%s, %s)",
            [HALF.first, HALF.last],
        )
        return {row[0]: row[1:] for row in cursor.fetchall() if row[0]}


def test_a_count_under_ten_does_not_leave_the_database(make_step: MakeStep) -> None:
    fill(make_step, "GM1783", 9)
    assert set(figures().values()) == {(None, None, None, None)}


def test_a_count_of_ten_does(make_step: MakeStep) -> None:
    fill(make_step, "GM1783", 10, days=2)
    assert list(figures().values()) == [(10, None, 2, 1)]


def test_a_report_that_is_read_twice_counts_once(make_step: MakeStep) -> None:
    first = make_step(created_day=HALF.first + timedelta(days=32))
    for _ in range(12):
        make_step(created_day=HALF.first + timedelta(days=32), subject_id=first.subject_id)
    assert next(iter(figures().values()))[0] is None


def test_a_referral_counts_for_who_sent_it(make_step: MakeStep, region: object) -> None:
    from sluitend.kernel.organisations.models import Organisation

    sender = Organisation.objects.get(code="GM1783")
    for _ in range(11):
        # A municipality writes the first step of its partner; here that is done in the partner's own name.
        make_step(
            "avim",
            writer_id=sender.id,
            what=LOOK_AT_REFERRAL,
            subject_kind=REFERRAL,
            owner_role=Role.PARTNER,
            created_day=HALF.first + timedelta(days=61),
        )
    assert figures()[sender.id][1] == 11


def test_another_period_is_not_counted(make_step: MakeStep) -> None:
    for _ in range(12):
        make_step(created_day=date(2025, 12, 31))
    assert figures() == {}


def test_the_public_role_cannot_ask(db: None) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError, match="permission denied"):
        figures(as_intake=True)


def test_only_periods_that_are_over_are_offered() -> None:
    assert [each.key for each in periods(date(2026, 11, 25))] == ["2026-1", "2025-2", "2025-1", "2024-2"]
    assert periods(date(2026, 7, 1))[0].key == "2026-1"
    assert periods(date(2026, 6, 30))[0].key == "2025-2"


def test_periods_touch_and_do_not_overlap() -> None:
    each = periods(date(2026, 11, 25))
    for later, earlier in pairwise(each):
        assert earlier.last + timedelta(days=1) == later.first


def test_the_page_hides_what_would_follow(make_step: MakeStep, client_for: Callable[[str], Client]) -> None:
    fill(make_step, "GM0518", 31)
    fill(make_step, "GM1783", 14)
    text = client_for("regio@rsiv.example").get(f"/werk/regio/?periode={HALF.key}").text
    assert ">31<" in text
    assert ">45<" in text
    # Seven other municipalities have none: fourteen would give that away.
    assert ">14<" not in text
    assert "M-7K4Q" not in text


def test_municipalities_without_figures_share_one_sentence(
    make_step: MakeStep, client_for: Callable[[str], Client]
) -> None:
    fill(make_step, "GM0518", 31)
    text = as_read(client_for("regio@rsiv.example").get(f"/werk/regio/?periode={HALF.key}").text)
    rows = text[text.index("<tbody>") : text.index("</table>")]
    assert "Gemeente &#x27;s-Gravenhage" in rows
    assert "Delft" not in rows
    assert "tonen wij in deze periode niets: Delft, Leidschendam-Voorburg" in text


def test_a_period_that_is_not_over_is_not_there(client_for: Callable[[str], Client]) -> None:
    year, half = (HALF.year, 2) if HALF.half == 1 else (HALF.year + 1, 1)
    assert client_for("regio@rsiv.example").get(f"/werk/regio/?periode={year}-{half}").status_code == 404


@pytest.mark.parametrize("number", [1, 60])
def test_the_number_of_statements_is_fixed(
    make_step: MakeStep,
    client_for: Callable[[str], Client],
    number: int,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    fill(make_step, "GM0518", number)
    client = client_for("regio@rsiv.example")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(f"/werk/regio/?periode={HALF.key}")
