"""Words to another organisation wait until each that tells who somebody is was looked at, on every page."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.exchanges.situations import Between
from tests.reading import as_read

from sluitend.forms.common import MessageForm
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.exchanges import actions, inquiring, leaving, offers, queries
from sluitend.journeys.exchanges.asking import AskOffer
from sluitend.journeys.exchanges.forms import AnswerForm, AskForm
from sluitend.journeys.exchanges.inquiry_forms import FurtherForm, InquiryForm
from sluitend.journeys.exchanges.parts_form import PartsForm
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.telltale import GO, LEFT_OUT, OUT
from sluitend.kernel.telltale.forms import MarkedForm

pytestmark = pytest.mark.django_db

type Clients = Callable[[str], Client]
SENDER = "af@westland.example"
ASKED = re.compile(r'name="(look_[0-9a-f]{20})"')


def choice(offer: offers.TransferOffer, explanation: str) -> offers.TransferChoice:
    """Return what the route lets go."""
    return offers.TransferChoice(
        municipality="GM0518",
        way="",
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=offer.answer_by,
        parts=frozenset(part.id for part in offer.allowed),
        explanation=explanation,
    )


def test_a_transfer_waits_for_each_word_and_loses_what_was_left_out(between: Between) -> None:
    who = between.sender
    with acting(who):
        person = NewSubject("person", "Marek", identifiers=(("name_birth", "Marek Nowak|1999-05-03"),))
        cases.add_subject(actor=who, code=between.case, new=person)
        seen = NewObservation("fact", "Nowak heeft geen verblijfsvergunning.")
        cases.add_observation(actor=who, code=between.case, new=seen)
        offer = offers.transfer_offer(between.case, who)
        chosen = choice(offer, "Marek woont daar nu")
        with pytest.raises(DomainError, match="Bekijk nog"):
            actions.send_transfer(case_code=between.case, choice=chosen, actor=who)
        looks = leaving.looks_of(offer, offer.allowed, chosen.explanation, timezone.localdate())
        let = replace(chosen, looked=dict.fromkeys((look.key for look in looks), GO))
        with pytest.raises(DomainError, match="mag niet mee"):
            actions.send_transfer(case_code=between.case, choice=let, actor=who)
        out = replace(chosen, looked=dict.fromkeys((look.key for look in looks), OUT))
        code = actions.send_transfer(case_code=between.case, choice=out, actor=who)
        content = repr(queries.sent_transfer(code, who))
    assert "verblijfsvergunning" not in content
    assert f"Nowak heeft geen {LEFT_OUT}." in content
    assert "Marek woont daar nu" in content  # the name goes as a part of its own


def test_the_other_reads_what_somebody_wrote_and_the_case_keeps_what_was_told(
    between: Between, client_for: Clients
) -> None:
    who, client = between.sender, client_for(SENDER)
    with acting(who):
        cases.add_observation(actor=who, code=between.case, new=NewObservation("fact", "Toen kwam Oksana."))
        offer = offers.transfer_offer(between.case, who)
    address = f"/werk/casussen/{between.case}/overdragen/"
    page = as_read(client.get(address).text)
    assert '<mark class="sl-hot">Oksana</mark>' in page
    (row,) = [part.id for part in offer.allowed if "Oksana" in part.text]
    chosen = choice(offer, "Die woont daar")
    sent = {
        "municipality": chosen.municipality,
        "explanation": chosen.explanation,
        "parts": [row],
        f"text_{row}": "",
        "basis": chosen.basis,
        "purpose": chosen.purpose,
        "answer_by": chosen.answer_by.isoformat(),
        "way": "secure_mail",
    }
    empty = client.post(address, sent)
    assert empty.status_code == 422
    assert "Schrijf wat de ander leest, of vink dit uit." in empty.text
    done = client.post(address, sent | {f"text_{row}": "Toen kwam een vrouw."}, follow=True)
    assert "Verstuurd naar" in done.text
    with acting(who):
        code = between.row(re.findall(r"T-[0-9A-Z]{4,}", done.text)[0]).code
        content = repr(queries.sent_transfer(code, who).content)
        kept = [part.text for part in offers.transfer_offer(between.case, who).parts]
    assert "Toen kwam een vrouw." in content
    assert "Oksana" not in content
    assert "Toen kwam Oksana." in kept


def test_each_observation_of_a_case_that_goes_is_a_row_of_its_own(between: Between) -> None:
    who = between.sender
    with acting(who):
        cases.add_observation(actor=who, code=between.case, new=NewObservation("fact", "Nog iets gezien"))
        rows = [part for part in offers.transfer_offer(between.case, who).parts if part.part == "facts"]
    assert len(rows) > 1
    assert len({row.id for row in rows}) == len(rows)


def test_a_question_on_the_page_waits_and_keeps_what_was_typed(between: Between, client_for: Clients) -> None:
    client = client_for(SENDER)
    address = f"/werk/casussen/{between.case}/opvragen/?aan=GM0518&wat=other_municipality"
    with acting(between.sender):
        offer = inquiring.inquiry_offer(between.case, "GM0518", "other_municipality", between.sender)
    typed = "Wie woont op de Kerkstraat 8? Bel 06 1234 5678."
    sent = {
        "asks": offer.asks[0].id,
        "text": typed,
        "purpose": offer.purposes[0].id,
        "basis": offer.bases[0].id,
        "answer_by": timezone.localdate().isoformat(),
    }
    back = client.post(address, sent)
    assert back.status_code == 422
    assert typed in as_read(back.text)
    names = sorted(set(ASKED.findall(back.text)))
    assert len(names) == 2
    done = client.post(address, sent | dict.fromkeys(names, OUT), follow=True)
    assert "Uw vraag is verstuurd" in done.text
    assert f"Wie woont op de {LEFT_OUT}? Bel {LEFT_OUT}." in done.text


def test_every_form_with_words_for_another_asks() -> None:
    forms = {
        MessageForm: MessageForm({"text": "Toen kwam Eyob"}),
        AskForm: AskForm(AskOffer((), (), timezone.localdate(), 1), data={"text": "Om Kowalski te helpen"}),
    }
    for form in forms.values():
        assert not form.is_valid()
        assert form.unread
    assert issubclass(AnswerForm, MarkedForm)
    assert issubclass(InquiryForm, PartsForm)
    assert issubclass(FurtherForm, PartsForm)


def test_ordinary_words_go_at_once() -> None:
    assert MessageForm({"text": "De melder zag het busje weer."}).is_valid()


def test_what_was_decided_holds_for_these_words_only() -> None:
    first = MessageForm({"text": "Toen kwam Kowalski."})
    key = f"look_{first.looks[0].key}"
    assert MessageForm({"text": "Toen kwam Kowalski.", key: GO}).is_valid()
    assert not MessageForm({"text": "Toen kwam Kowalski met een mes.", key: GO}).is_valid()
