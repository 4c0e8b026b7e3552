"""A partner that answers "wait" is waited for at the places of the referral, at once, however it answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import samples

from sluitend.journeys.contacts import actions as contacts
from sluitend.journeys.contacts import queries
from sluitend.journeys.contacts.models import Contact, Hold
from sluitend.journeys.contacts.places import Place
from sluitend.journeys.referrals import actions as referrals
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import NextStep, StepKind
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import pickups

pytestmark = pytest.mark.django_db
FOCAL, PLANNER, INSPECTOR = "af@westland.example", "toezicht@westland.example", "nla@arbeidsinspectie.example"


def referred(channel: str = "account") -> str:
    """Return the code of a referral of a place to the labour inspectorate."""
    who = samples.actor(FOCAL)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    samples.route(case, who)
    return samples.refer(case, who, channel=channel)


def planned() -> str:
    """Return the code of a released contact at that place, written otherwise."""
    planner, who = samples.actor(PLANNER), samples.actor(FOCAL)
    plan = contacts.Plan(
        kind="check",
        day=timezone.localdate() + timedelta(days=5),
        place=Place(address="tuinderspad 12, De Lier"),
        aim="Kijken",
    )
    with acting(planner):
        code = contacts.plan_contact(actor=planner, plan=plan)
    with acting(who):
        contacts.release(actor=who, code=code)
    return code


def by_account(code: str) -> None:
    """Answer with an account."""
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.accept(code=code, actor=inspector)
        referrals.feed_back(code=code, answer="wacht", actor=inspector)


def by_telephone(code: str) -> None:
    """Answer by telephone: the focal point notes it."""
    who = samples.actor(FOCAL)
    with acting(who):
        referrals.note_answer(code=code, answer="wacht", on=timezone.localdate(), actor=who)


def by_link(code: str) -> None:
    """Answer on the pick-up page."""
    who = samples.actor(FOCAL)
    with acting(who):
        told = referrals.start_pickup(code=code, address="a@partner.example", actor=who)
        link = samples_link(code)
    page = pickups.new_session()
    with acting(NOBODY):
        cookie = referrals.open_pickup(link=link, code=told, page=page)
        assert cookie
        referrals.accept_pickup(link=link, cookie=cookie)
        referrals.answer_pickup(link=link, cookie=cookie, answer="wacht")


def samples_link(code: str) -> str:
    """Return the link that goes by mail."""
    from sluitend.journeys.referrals.models import Pickup
    from sluitend.kernel.sealing.envelopes import open_envelope

    row = Pickup.objects.get(referral__code=code)
    who = samples.actor(FOCAL)
    link: str = open_envelope(row.envelope_id, actor=who, purpose="test").read(row, "delivery")["link"]
    return link


WAYS = {"account": by_account, "phone": by_telephone, "pickup": by_link}


@pytest.mark.parametrize("channel", WAYS)
def test_an_answer_to_wait_binds_the_place_at_once(channel: str) -> None:
    code, contact = referred(channel), planned()
    WAYS[channel](code)
    planner, who = samples.actor(PLANNER), samples.actor(FOCAL)
    with acting(planner):
        assert queries.own_contact(contact, planner).state == Contact.State.PLANNED
    with acting(who):
        with pytest.raises(DomainError):
            contacts.release(actor=who, code=contact)
        assert contacts.heed(who) or Hold.objects.exists()
        hold = Hold.objects.get()
        assert (hold.state, hold.partner) == ("runs", "arbeidsinspectie")
        assert hold.until > timezone.localdate()
        assert Contact.objects.get(code=contact).state == Contact.State.PLANNED
        assert NextStep.objects.filter(what=StepKind.READ_HOLD, code=hold.code, done__isnull=True).exists()
        assert not contacts.heed(who)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        assert Hold.objects.filter(asker_id=inspector.own_organisation).exists()
