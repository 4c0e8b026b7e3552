"""Half by mail, half by telephone: neither opens alone, and a closed tab loses nothing."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.surfaces.desk.test_sign_in import sign_in

from sluitend.journeys.administration.actions import invitations, people
from sluitend.journeys.administration.jobs import tell_person
from sluitend.journeys.administration.queries.invitations import MOST_TRIES
from sluitend.kernel.organisations.models import Account, Invitation
from sluitend.surfaces.desk.views.invitation import TRYING

pytestmark = pytest.mark.django_db
EMAIL, OWN = "nieuw@westland.example", "fiets regen tulpenbol"


@pytest.fixture
def words() -> str:
    """The words that the administrator reads out."""
    TRYING.forget()
    return invitations.invite(people.add_account(email=EMAIL, name="Nieuw"))


def page() -> str:
    """Return the address in the mail."""
    mail.outbox.clear()
    tell_person(ids=[str(Account.objects.get(email=EMAIL).pk)])
    (sent,) = mail.outbox
    assert "Nieuw" not in sent.body
    return sent.body.strip().rsplit(settings.SLUITEND_ADDRESS.rstrip("/"))[-1].strip()


def chosen(words: str, password: str = OWN, again: str = "") -> dict[str, str]:
    return {"words": words, "password1": password, "password2": again or password}


def test_link_and_words_together_give_a_password_of_ones_own(words: str) -> None:
    link = page()
    answer = Client().post(link, chosen(words.upper().replace("-", " ")))
    assert "Uw wachtwoord is bewaard" in answer.text
    assert sign_in(Client(), EMAIL, OWN).status_code == 302
    again = Client().post(link, chosen(words, "een heel ander wachtwoord"))
    assert "Deze uitnodiging werkt niet" in again.text
    assert Account.objects.get(email=EMAIL).check_password(OWN)


def test_a_closed_tab_and_a_slip_lose_nothing(words: str) -> None:
    link = page()
    for attempt in (chosen(words, "kort"), chosen(words, OWN, "iets heel anders"), chosen("abcd-efgh-jkmn")):
        answer = Client().post(link, attempt)
        assert answer.status_code == 422
        assert not Account.objects.get(email=EMAIL).has_usable_password()
    assert Client().get(link).status_code == 200
    assert "bewaard" in Client().post(link, chosen(words)).text


def test_neither_half_opens_alone(words: str) -> None:
    link = page()
    for other in ("/uitnodiging/iets/", link.replace(":", ":x"), f"/uitnodiging/{words}/"):
        assert "werkt niet" in Client().post(other, chosen(words)).text
    row = Invitation.objects.get()
    assert words.replace("-", "") not in row.proof
    for _try in range(MOST_TRIES):
        TRYING.forget()
        Client().post(link, chosen("abcd-efgh-jkmn"))
    TRYING.forget()
    assert "werkt niet" in Client().post(link, chosen(words)).text


def test_it_expires_and_can_be_sent_again(words: str) -> None:
    link = page()
    later = timezone.now() + invitations.LASTS
    with patch.object(timezone, "now", lambda: later):
        assert "werkt niet" in Client().get(link).text
    account = Account.objects.get(email=EMAIL)
    new = invitations.invite(account.pk)
    assert "werkt niet" in Client().post(link, chosen(words)).text
    assert "bewaard" in Client().post(page(), chosen(new)).text


def test_what_was_before_works_until_another_was_chosen(words: str) -> None:
    link = page()
    Client().post(link, chosen(words))
    account = Account.objects.get(email=EMAIL)
    new = invitations.invite(account.pk)
    assert sign_in(Client(), EMAIL, OWN).status_code == 302
    Client().post(page(), chosen(new, "een heel ander wachtwoord"))
    assert not Account.objects.get(email=EMAIL).check_password(OWN)


def test_a_closed_account_chooses_nothing(words: str) -> None:
    link = page()
    Account.objects.filter(email=EMAIL).update(is_active=False)
    assert "werkt niet" in Client().post(link, chosen(words)).text


def test_many_tries_from_one_address_are_held_back(words: str) -> None:
    link = page()
    answers = [Client().post(link, chosen("")).text for _try in range(30)]
    assert "Wacht tien minuten" in answers[-1]


def test_who_has_an_account_gets_the_same_mail_with_another_page() -> None:
    tell_person(ids=[str(Account.objects.get(email="af@westland.example").pk)])
    (sent,) = mail.outbox
    assert "/account/rollen/\n" in sent.body
    assert sent.subject == "Er staat iets voor u klaar"
