"""Returned is gone: of what a partner gave back, or the sender ended, only code, day and state stay there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import samples
from tests.journeys.referrals.situations import Ready, days

from sluitend.forms.models import Draft
from sluitend.journeys.referrals import actions, jobs, queries
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
NLA = "nla@arbeidsinspectie.example"
TYPED = "Bij de schuur aan het pad"


def returned(ready: Ready, code: str) -> None:
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="niet_van_ons", actor=ready.inspector)


def recalled(ready: Ready, code: str) -> None:
    with acting(ready.focal_point):
        actions.recall(code=code, reason="mistake", actor=ready.focal_point)


def expired(ready: Ready, code: str) -> None:
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(expires=days(-1))
    with acting(system_actor(ready.focal_point.own_organisation)) as system:
        expire_passed(Referral, actor=system, today=days(0))


def lapsed(ready: Ready, code: str) -> None:
    """Let the last day pass; the job that ends it has not run yet."""
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(expires=days(-1))


def unanswered(ready: Ready, code: str) -> None:
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(reminders=2, reminded_on=days(-1))
        actions.close_without_answer(code=code, on=days(0), reason="two_reminders", actor=ready.focal_point)


def left_alone(ready: Ready, code: str) -> None:
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="mag_niets_zeggen", actor=ready.inspector)
    with acting(ready.focal_point):
        actions.handle_answer(code=code, tell="", actor=ready.focal_point)
        actions.stop_waiting(code=code, actor=ready.focal_point)


ENDED = pytest.mark.parametrize("end", [returned, recalled, expired, unanswered, left_alone])
type End = Callable[[Ready, str], None]


def of_it(ready: Ready, code: str) -> list[str]:
    """Return words that tell what a referral is about: its content, and what stands on its outside."""
    with acting(ready.focal_point):
        view = queries.sent(code, ready.focal_point)
    lines = [line for part in view.content.parts for line in part.text.splitlines()]
    # Of what ran out its sender stays named, to be rung.
    telling = [line for line in lines if len(line) > 3 and "Westland" not in line]
    return [samples.PLANT, view.content.question, view.kind, view.basis, *telling]


def after(ready: Ready, code: str) -> None:
    """Let the job of the partner's side run."""
    row = ready.row(code)
    jobs.forget_at_partner(ids=[str(row.id), str(row.recipient_id)])


@ENDED
def test_no_address_of_the_partner_tells_anything_of_it(ready: Ready, client_for: Clients, end: End) -> None:
    code = ready.accepted()
    telling = of_it(ready, code)
    client, at = client_for(NLA), f"/werk/ontvangen/{code}/"
    before = client.get(at).text
    assert telling[1] in before
    end(ready, code)
    gets = [
        at,
        at + "blad.pdf",
        at + "bestanden/00000000-0000-4000-8000-000000000000/",
        "/werk/",
        "/werk/ontvangen/",
        "/werk/ontvangen/klaar/",
        "/werk/ontvangen/?van=mij",
        "/werk/ontvangen/?van=niemand",
        "/werk/vragen/",
        "/werk/wachtverzoeken/",
        "/werk/zoeken/",
        *(f"/werk/concept/{kind}-{code}/" for kind in ("feed_back", "give_back", "ask_sender", "own_number")),
    ]
    posts: list[tuple[str, dict[str, Any]]] = [
        (at + "aannemen/", {}),
        (at + "opnemen/", {"seen": ""}),
        (at + "opnemen/", {}),
        (at + "kenmerk/", {"reference": "PL1500-1"}),
        (at + "terugsturen/", {"reason": "not_ours"}),
        (at + "vraag/", {"text": "Wat was het ook weer?"}),
        (at + "antwoord/", {"answer": "opgepakt"}),
        ("/werk/zoeken/", {"q": "vb123x"}),
        ("/werk/zoeken/", {"q": "tuinderspad 12a de lier"}),
    ]
    answers = [client.get(path) for path in gets] + [client.post(path, data) for path, data in posts]
    for path, answer in zip([*gets, *(path for path, _data in posts)], answers, strict=True):
        assert answer.status_code < 500, path
        assert answer.headers.get("Content-Type", "").partition(";")[0] != "application/pdf", path
        for words in telling:
            assert words not in answer.content.decode(), (path, words)
    assert ready.row(code).state not in ("sent", "accepted")


@ENDED
def test_what_stays_is_the_code_the_day_and_how_it_ended(ready: Ready, client_for: Clients, end: End) -> None:
    code, client = ready.accepted(), client_for(NLA)
    end(ready, code)
    with acting(ready.inspector):
        left = queries.remains(code, ready.inspector)
        assert left
        (row,) = [
            each for each in queries.received_list(ready.inspector, done=True).rows if each.code == code
        ]
    assert (left.code, left.day) == (code, days(0))
    assert (row.gone, row.other, row.kind, row.area) == (days(0), "", "", "")
    names = end not in (returned, recalled)
    assert bool(left.sender) == names
    for path in (f"/werk/ontvangen/{code}/", "/werk/ontvangen/klaar/"):
        page = client.get(path).text
        assert code in page
        assert left.state_words in page


@ENDED
def test_its_key_its_tokens_and_what_was_typed_are_gone(ready: Ready, end: End) -> None:
    code, who = ready.accepted(), ready.inspector
    row = ready.row(code)
    type_(who, f"feed_back-{code}")
    type_(who, "signal")
    with acting(who):
        actions.note_reference(code=code, reference="PL1500-1", actor=who)
        assert ReceivedToken.objects.filter(referral_id=row.id).exists()
    end(ready, code)
    after(ready, code)
    with acting(who), pytest.raises(NotHeld):
        open_envelope(row.envelope_id, actor=who, purpose="test")
    with acting(who):
        assert not ReceivedToken.objects.filter(referral_id=row.id).exists()
        assert set(Draft.objects.values_list("form", flat=True)) == {"signal"}
        with pytest.raises(Absent):
            queries.front(code, who)
        with pytest.raises(Absent):
            queries.received(code, who)


def type_(who: Actor, form: str) -> None:
    from sluitend.forms.actions import save_draft

    with acting(who):
        save_draft(form=form, content={"text": [TYPED]}, actor=who)


def test_the_job_leaves_alone_what_may_still_be_read(ready: Ready) -> None:
    code, who = ready.accepted(), ready.inspector
    type_(who, f"feed_back-{code}")
    after(ready, code)
    with acting(who):
        assert Draft.objects.filter(form=f"feed_back-{code}").exists()
        assert ReceivedToken.objects.exists()


def test_who_answers_too_late_reads_what_became_of_it(ready: Ready, client_for: Clients) -> None:
    code, client = ready.send(), client_for(NLA)
    with acting(ready.inspector):
        actions.return_(code=code, reason="not_ours", actor=ready.inspector)
    late = client.post(
        f"/werk/ontvangen/{code}/terugsturen/", {"reason": "andere_reden", "sentence": "Wij zijn verhuisd."}
    )
    assert late.status_code == 422
    assert "Wij zijn verhuisd." in late.text
    assert "was zelf eerst" in late.text


def test_after_its_last_day_nothing_is_read_or_done_before_the_job_ran(
    ready: Ready, client_for: Clients
) -> None:
    code, waits, who = ready.accepted(), ready.send(), ready.inspector
    telling = of_it(ready, code)
    client, at = client_for(NLA), f"/werk/ontvangen/{code}/"
    for each in (code, waits):
        lapsed(ready, each)
    posts = {"vraag/": {"text": "Wat was het?"}, "antwoord/": {"answer": "opgepakt"}}
    answers = [client.get(at), client.get(f"/werk/ontvangen/{waits}/"), client.get("/werk/ontvangen/")]
    answers += [client.post(at + name, data) for name, data in posts.items()]
    answers.append(client.post(f"/werk/ontvangen/{waits}/aannemen/", follow=True))
    for answer in answers:
        assert not [word for word in telling if word in answer.text]
    assert "Dit is niet meer te lezen." in answers[0].text
    assert "De termijn van deze doorzetting is voorbij. Bel de gemeente." in answers[-1].text
    assert client.get(at + "blad.pdf").status_code == 404
    verbs: list[tuple[Callable[..., None], dict[str, str]]] = [
        (actions.accept, {"code": waits}),
        (actions.ask, {"code": code, "text": "Is er een hond?"}),
        (actions.feed_back, {"code": code, "answer": "opgepakt"}),
    ]
    for do, named in verbs:
        with acting(who), pytest.raises(DomainError, match="termijn"):
            do(**named, actor=who)


def test_on_its_last_day_it_is_taken_on_and_answered(ready: Ready) -> None:
    code, who = ready.send(), ready.inspector
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(expires=days(0))
    with acting(who):
        actions.accept(code=code, actor=who)
        assert queries.received(code, who).may_answer
        actions.ask(code=code, text="Is er een hond?", actor=who)
        actions.feed_back(code=code, answer="afgesloten", actor=who)
