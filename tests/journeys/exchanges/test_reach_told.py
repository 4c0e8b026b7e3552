"""While a case goes over it may change how people are reached: its new municipality hears what holds then."""

import pytest
from django.utils import timezone
from tests.journeys.exchanges.situations import NIEUWKOOP, Between
from tests.journeys.test_reaching import people, person_with, record

from sluitend.journeys.cases.reach import NOT_KNOWN, Reach
from sluitend.journeys.exchanges import actions, queries
from sluitend.journeys.exchanges.models import TransferMessage
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep

pytestmark = pytest.mark.django_db
OLD, NEW = "Bel 06-87654321", "Alleen via de kapper"


def known(between: Between, how: str) -> None:
    """Let the municipality that has the case record how somebody in it is reached."""
    person = next(each for each in people(between.case, between.sender) if "Man met pet" in each.name)
    record(between.case, between.sender, person.id, how=how)


def sent(between: Between, **how: str) -> str:
    known(between, OLD)
    return between.send(**how)


def took(between: Between, code: str) -> str:
    """Let the other municipality take it over, and return the code of its case."""
    return str(between.do(between.receiver, actions.accept_transfer, code))


def test_who_takes_it_over_begins_with_the_rule_of_that_moment(between: Between) -> None:
    code = sent(between)
    known(between, "Nooit thuis")
    known(between, NEW)
    assert between.steps(between.receiver) == ["look_at_transfer"]
    new = took(between, code)
    assert person_with(new, between.receiver).reach == Reach(NEW)
    view = between.do(between.receiver, queries.received_transfer, code)
    read = " ".join([*(each.text for each in view.content.parts), *(each.text for each in view.messages)])
    assert OLD not in read
    assert f"Lees dit voordat u contact zoekt.\nZo: {NEW}" in read
    assert OLD not in str(between.do(between.sender, queries.sent_transfer, code).content.parts)


def test_a_way_that_is_no_longer_safe_does_not_go_over(between: Between) -> None:
    code = sent(between)
    known(between, "")
    new = took(between, code)
    assert all(each.reach == NOT_KNOWN for each in people(new, between.receiver))
    view = between.do(between.receiver, queries.received_transfer, code)
    read = " ".join([*(each.text for each in view.content.parts), *(each.text for each in view.messages)])
    assert OLD not in read
    assert "Er is geen veilige manier bekend. Zoek geen contact" in read


def test_what_was_recalled_hears_nothing(between: Between) -> None:
    code = sent(between)
    between.do(between.sender, actions.recall_transfer, code, reason="mistake")
    known(between, NEW)
    with acting(between.sender):
        assert not TransferMessage.objects.exists()


def test_who_has_no_account_is_called_and_the_transfer_still_waits(between: Between) -> None:
    code = sent(between, to=NIEUWKOOP)
    assert "transfer_news" not in between.steps(between.sender)
    assert OLD in str(between.do(between.sender, queries.sent_transfer, code).content.parts)
    known(between, NEW)
    paper = str(between.do(between.sender, queries.sent_transfer, code).content.parts)
    assert OLD not in paper
    assert "Dit is veranderd. Zoek geen contact en bel de gemeente." in paper
    assert {"await_transfer", "transfer_news"} <= set(between.steps(between.sender))
    between.do(between.sender, actions.read_transfer_news, code)
    assert "transfer_news" not in between.steps(between.sender)
    assert "await_transfer" in between.steps(between.sender)
    assert between.row(code).closed is None


@pytest.mark.parametrize("reach", [True, False])
def test_what_is_heard_after_it_went_is_read_today_where_it_is_about_contact(
    between: Between, *, reach: bool
) -> None:
    code = sent(between)
    took(between, code)
    text = "Zij leest haar berichten niet meer zelf."
    between.do(between.sender, actions.write_about_transfer, code, text=text, reach=reach)
    with acting(between.receiver):
        step = NextStep.objects.get(code=code, what="transfer_news", done__isnull=True)
    assert (step.due == end_of(timezone.localdate())) is reach
    view = between.do(between.receiver, queries.received_transfer, code)
    assert ("Lees dit voordat u contact zoekt." in view.messages[-1].text) is reach
    assert text in view.messages[-1].text
    between.do(between.receiver, actions.read_transfer_news, code)
    assert between.row(code).recipient_closed is not None
    assert "close_transferred" in " ".join(between.steps(between.sender)) or between.row(code).closed is None
