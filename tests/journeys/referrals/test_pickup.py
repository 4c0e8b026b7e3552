"""The pick-up page: link and code open it once, for one browser, and nothing else does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import samples, tiers
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.cases.journey import PARTNER_ASKS
from sluitend.journeys.referrals import actions, jobs, queries
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, RENEW_PICKUP
from sluitend.journeys.referrals.models import Pickup, Referral, ReferralMessage
from sluitend.journeys.referrals.views.pickup import ALL_TRYING, COOKIE
from sluitend.kernel.access.acting import NOBODY, acting, intake_role, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event, IntakeLine
from sluitend.kernel.organisations.models import PLATFORM_ID, Organisation
from sluitend.kernel.sealing import pickups

pytestmark = pytest.mark.django_db
ADDRESS = "postbus@inspectie.example"
LINK = re.compile(r"/ophalen/([\w-]+)/")
SENDING = re.compile(rb'<input type="hidden" name="sending" value="[\w-]{43}">')
SHAPE = re.compile(r"'[^']*'|\"s\d+_x\d+\"")
"""What differs in a statement from one time to the next: values, and names of savepoints."""
type Clients = Callable[[str], Client]


@dataclass(frozen=True)
class Waiting:
    """A referral that waits to be collected, with the two secrets."""

    ready: Ready
    code: str
    link: str
    told: str

    @property
    def path(self) -> str:
        return f"/ophalen/{self.link}/"

    def row(self) -> Referral:
        return self.ready.row(self.code)

    def pickup(self) -> Pickup:
        with acting(self.ready.focal_point):
            return Pickup.objects.filter(referral__code=self.code).latest("made")

    def set_back(self, **values: object) -> None:
        with acting(self.ready.focal_point):
            Pickup.objects.filter(pk=self.pickup().pk).update(**values)

    def opened(self, code: str = "") -> tuple[Client, Any]:
        """Try a code in a new browser."""
        client = Client()
        return client, client.post(self.path, {"act": "code", "code": code or self.told})


def started(ready: Ready, code: str = "", address: str = ADDRESS) -> Waiting:
    """Make link and code, and read the link in the mail."""
    who = ready.focal_point
    code = code or ready.send(channel="pickup")
    with acting(who):
        told = actions.start_pickup(code=code, address=address, actor=who)
        pickup = Pickup.objects.filter(referral__code=code).latest("made")
    jobs.mail_pickup(ids=[str(pickup.id), str(pickup.organisation_id)])
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    return Waiting(ready, code, found[1], told)


@pytest.fixture
def waiting(ready: Ready) -> Waiting:
    """A referral that waits to be collected."""
    return started(ready)


def test_the_mail_is_neutral_and_the_code_is_not_in_it(waiting: Waiting) -> None:
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert message.subject == "Er staat iets voor u klaar"
    assert message.body.splitlines()[0] == "Er staat iets voor u klaar."
    assert waiting.told not in message.body
    assert waiting.code not in message.body
    assert message.body.splitlines()[2].startswith("Van: Gemeente Westland. Twijfelt u?")
    # In a header each server on the way could keep which municipality wrote to which partner.
    assert "Westland" not in message.from_email


def test_a_mail_of_who_is_no_municipality_names_nobody(ready: Ready) -> None:
    Organisation.objects.filter(code="GM1783").update(kind=Organisation.Kind.PARTNER)
    started(ready)
    assert "Van:" not in mail.outbox[-1].body


def without_number(answer: Any) -> bytes:
    """Return a page without the one number that is new each time it is made."""
    page, times = SENDING.subn(b"", answer.content)
    assert times == 1
    return bytes(page)


def test_who_has_no_session_sees_one_page_whatever_the_link_is(waiting: Waiting) -> None:
    absent = without_number(Client().get("/ophalen/bestaat-niet/"))
    assert without_number(Client().get(waiting.path)) == absent
    waiting.opened()
    assert without_number(Client().get(waiting.path)) == absent
    with acting(waiting.ready.focal_point):
        actions.recall(code=waiting.code, reason="mistake", actor=waiting.ready.focal_point)
    assert without_number(Client().get(waiting.path)) == absent
    assert samples.PLANT.encode() not in absent


def test_link_and_code_open_the_outside_then_the_content(waiting: Waiting) -> None:
    client, answer = waiting.opened(waiting.told.lower().replace("-", " "))
    assert (answer.status_code, answer["Location"]) == (302, waiting.path)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", waiting.path)
    before = client.get(waiting.path).content.decode()
    assert "Gemeente Westland" in before
    assert samples.PLANT not in before
    after = client.post(waiting.path, {"act": "accept"}, follow=True).content.decode()
    assert "Dit telt nog niet als antwoord." in after
    assert ("(AVG" in after) is ("De AVG is de Europese privacywet." in after) is True
    assert "Kunt u donderdag mee op controle?" in after
    assert client.get(waiting.path + "blad.pdf")["Content-Type"] == "application/pdf"
    receipt = client.get(waiting.path + "bewijs.pdf")
    assert receipt["Content-Disposition"].endswith(f'"{waiting.code}-ontvangst.pdf"')
    assert waiting.row().state == "accepted"


def test_it_opens_once_and_only_that_browser_comes_back(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    other, again = waiting.opened()
    assert again.status_code == 422
    assert "Een gemeente vraagt uw hulp" not in other.get(waiting.path).content.decode()
    assert "Een gemeente vraagt uw hulp" in client.get(waiting.path).content.decode()


def test_the_page_that_asked_for_the_code_opens_it_again_when_the_answer_was_lost(waiting: Waiting) -> None:
    sent = {"act": "code", "code": waiting.told, "sending": pickups.new_session()}
    Client().post(waiting.path, sent)  # its answer, with the cookie, never came
    again = Client()
    assert again.post(waiting.path, sent).status_code == 302
    assert "Een gemeente vraagt uw hulp" in again.get(waiting.path).content.decode()
    with acting(waiting.ready.focal_point):
        noted = [
            action
            for model in (Event, IntakeLine)
            for action in model.objects.filter(action__startswith="referral.pickup.").values_list(
                "action", flat=True
            )
        ]
        assert sorted(noted) == ["referral.pickup.opened"] * 2 + ["referral.pickup.started"]
    for other in (pickups.new_session(), "", "x"):
        assert Client().post(waiting.path, {**sent, "sending": other}).status_code == 422
    with acting(waiting.ready.focal_point):
        actions.recall(code=waiting.code, reason="mistake", actor=waiting.ready.focal_point)
    assert Client().post(waiting.path, sent).status_code == 422


@pytest.mark.parametrize("chosen", ["", "x", "0" * 43 + "=", "0" * 44, "é" * 43])
def test_a_secret_that_no_page_made_is_not_used(chosen: str) -> None:
    made = pickups.new_session()
    assert pickups.session_of(made) == made
    assert len(pickups.session_of(chosen)) == 43
    assert pickups.session_of(chosen) != pickups.session_of(chosen)


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "accept"},
        {"act": "return", "reason": "not_ours"},
        {"act": "answer", "answer": "opgepakt", "text": "Wij gaan donderdag"},
        {"act": "answer", "answer": "mag_niets_zeggen", "text": ""},
        {"act": "ask", "text": "Welke ingang?"},
    ],
    ids=lambda sent: "-".join(list(sent.values())[:2]),
)
def test_what_is_sent_again_is_worked_once(waiting: Waiting, sent: dict[str, str]) -> None:
    """A lost answer or a double press; the same words from a page that was shown anew are another wish."""
    client, _ = waiting.opened()
    if sent["act"] in ("answer", "ask"):
        client.post(waiting.path, {"act": "accept"})
    sent = {**sent, "sending": pickups.new_session()}
    first, turn = client.post(waiting.path, sent), waiting.row().turn
    again = client.post(waiting.path, sent)
    assert (first.status_code, first.headers.get("Location")) == (
        again.status_code,
        again.headers.get("Location"),
    )
    assert first.status_code in (200, 302)
    with acting(waiting.ready.focal_point):
        assert waiting.row().turn == turn
        assert ReferralMessage.objects.count() == bool(sent.get("text"))
        steps = NextStep.objects.filter(code=waiting.code, done__isnull=True)
        assert steps.count() == steps.values("what").distinct().count()
    if sent["act"] == "ask":
        client.post(waiting.path, {**sent, "sending": pickups.new_session()})
        assert waiting.row().turn == turn + 1


def test_what_was_typed_when_it_was_over_stands_there_still(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    waiting.set_back(session_until=timezone.now() - timedelta(days=1))
    answer = client.post(
        waiting.path, {"act": "answer", "answer": "opgepakt", "text": "Wij gaan <b>morgen</b>"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit is niet verstuurd." in page
    assert "Wij gaan &lt;b&gt;morgen&lt;/b&gt;" in page
    assert samples.PLANT not in page
    assert waiting.row().answer == ""


@pytest.mark.parametrize("how", ["recalled", "expired", "session over", "new link"])
def test_an_open_session_ends_at_once(waiting: Waiting, how: str) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    who = waiting.ready.focal_point
    with acting(who):
        if how == "recalled":
            actions.recall(code=waiting.code, reason="mistake", actor=who)
        elif how == "new link":
            actions.start_pickup(code=waiting.code, address=ADDRESS, actor=who)
        elif how == "expired":
            Referral.objects.filter(code=waiting.code).update(expires=days(-1))
        else:
            waiting.set_back(session_until=timezone.now() - timedelta(hours=1))
    entrance = without_number(Client().get(waiting.path))
    for path in (waiting.path, waiting.path + "blad.pdf", waiting.path + "bewijs.pdf"):
        assert without_number(client.get(path)) == entrance
    client.post(waiting.path, {"act": "answer", "answer": "mag_niets_zeggen"})
    assert waiting.row().answer == ""


def test_five_wrong_codes_lock_it_and_say_so_to_the_focal_point(waiting: Waiting) -> None:
    for _number in range(5):
        assert waiting.opened(pickups.new_code())[1].status_code == 422
    pickup = waiting.pickup()
    assert (pickup.state, pickup.wrong, pickup.sealed, pickup.proof) == ("locked", 5, None, None)
    assert waiting.opened()[1].status_code == 422
    with acting(waiting.ready.focal_point):
        step = NextStep.objects.get(code=waiting.code, done__isnull=True, what=RENEW_PICKUP)
        assert step.organisation_id == step.writer_id == waiting.row().organisation_id
    renewed = started(waiting.ready, waiting.code)
    assert renewed.opened()[1].status_code == 302
    with acting(waiting.ready.focal_point):
        open_ = NextStep.objects.filter(code=waiting.code, done__isnull=True)
        assert [each.what for each in open_] == [AWAIT_PARTNER]


def test_wrong_absent_used_and_locked_read_the_same(waiting: Waiting) -> None:
    typed = pickups.new_code()
    said = without_number(waiting.opened(typed)[1])
    absent = without_number(Client().post("/ophalen/bestaat-niet/", {"act": "code", "code": typed}))
    waiting.opened()
    used = without_number(waiting.opened(typed)[1])
    locked = started(waiting.ready)
    for _number in range(5):
        locked.opened(typed)
    assert said == absent == used == without_number(locked.opened(typed)[1])


def test_an_address_that_guesses_is_slowed_down(waiting: Waiting) -> None:
    answers = [
        Client().post(f"/ophalen/niets-{number}/", {"act": "code", "code": "x"}).status_code
        for number in range(21)
    ]
    assert answers == [422] * 20 + [429]
    assert waiting.opened()[1].status_code == 302  # who has the right code sits behind the same address


def test_guessing_from_everywhere_is_slowed_down(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ALL_TRYING, "number", 5)
    answers = [
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(
            f"/ophalen/niets-{number}/", {"act": "code", "code": "x"}
        )
        for number in range(6)
    ]
    assert [each.status_code for each in answers] == [422] * 5 + [429]
    assert waiting.opened()[1].status_code == 302


def test_a_wrong_code_costs_the_same_whether_the_link_exists_or_not(waiting: Waiting) -> None:
    locked = started(waiting.ready)
    for _number in range(5):
        locked.opened("x")
    costs = []
    for path in (waiting.path, locked.path, "/ophalen/bestaat-niet/"):
        with CaptureQueriesContext(connection) as statements:
            answer = Client().post(path, {"act": "code", "code": "x"})
        asked = [SHAPE.sub("?", each["sql"])[:60] for each in statements]
        costs.append((answer.status_code, asked))
    assert costs[0] == costs[1] == costs[2]


def test_an_expired_link_does_not_open(waiting: Waiting) -> None:
    with acting(waiting.ready.focal_point), connection.cursor() as cursor:
        cursor.execute("SELECT max(expires) FROM referrals_pickup")
        assert cursor.fetchone() == (days(14),)
    short = started(waiting.ready, waiting.ready.send(channel="pickup", answer_by=days(0), expires=days(1)))
    assert short.pickup().expires == days(1)
    with acting(waiting.ready.focal_point):
        Referral.objects.filter(code=short.code).update(expires=days(-1), access_ended=days(0))
    assert short.opened()[1].status_code == 422


def test_what_was_not_collected_in_time_keeps_nothing(waiting: Waiting) -> None:
    over = started(waiting.ready)
    over.opened()
    over.set_back(session_until=timezone.now() - timedelta(hours=1))
    never = started(waiting.ready, waiting.ready.send(channel="pickup", answer_by=days(0), expires=days(0)))
    system = system_actor(waiting.row().organisation_id)
    today, tomorrow = days(0), days(1)
    with pytest.MonkeyPatch.context() as clock, acting(system):
        clock.setattr(timezone, "localdate", lambda: tomorrow)
        expire_passed(Referral, actor=system, today=today)
        actions.end_links(actor=system)
    for each in (over, never):
        pickup = each.pickup()
        assert (pickup.state, pickup.sealed, pickup.session_sealed, pickup.delivery) == (
            "ended",
            None,
            None,
            None,
        )
    assert waiting.pickup().state == "waiting"


def test_the_answer_comes_to_the_municipality_and_only_it_can_read_the_words(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    done = client.post(
        waiting.path, {"act": "answer", "answer": "opgepakt", "text": "Wij gaan maandag."}, follow=True
    )
    assert "Uw antwoord is verstuurd" in done.content.decode()
    who, row = waiting.ready.focal_point, waiting.row()
    assert (row.answer, row.answered, row.state) == ("opgepakt", True, "accepted")
    with acting(who):
        view = queries.sent(waiting.code, who)
        assert [(each.text, each.own) for each in view.content.messages] == [("Wij gaan maandag.", False)]
        assert view.must_handle
        actions.handle_answer(code=waiting.code, tell="", actor=who)
    client.post(waiting.path, {"act": "answer", "answer": "afgesloten"})
    assert waiting.row().state == "done"
    assert "Kunt u donderdag" in client.get(waiting.path).content.decode()


def test_a_question_gives_the_focal_point_a_step(waiting: Waiting, client_for: Clients) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    asked = client.post(waiting.path, {"act": "ask", "text": "Welke ingang? Bel 070."}, follow=True)
    assert "De gemeente belt u met het antwoord" in asked.content.decode()
    with acting(waiting.ready.focal_point):
        steps = NextStep.objects.filter(code=waiting.code, done__isnull=True)
        assert {step.what for step in steps} == {AWAIT_PARTNER, PARTNER_ASKS}
    assert (
        "“Welke ingang?” Nederlandse Arbeidsinspectie" in client_for("af@westland.example").get("/werk/").text
    )


def test_giving_back_leaves_nothing(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    nothing = client.post(waiting.path, {"act": "return"})
    assert (nothing.status_code, "Kies een reden" in nothing.content.decode()) == (422, True)
    gone = client.post(waiting.path, {"act": "return", "reason": "not_ours"})
    assert "Er blijft bij u niets achter" in gone.content.decode()
    assert without_number(client.get(waiting.path)) == without_number(Client().get(waiting.path))
    row, pickup = waiting.row(), waiting.pickup()
    assert (row.state, row.return_reason, row.access_ended) == ("returned", "not_ours", days(0))
    assert (pickup.state, pickup.session_sealed, pickup.delivery) == ("ended", None, None)


def test_what_was_taken_on_is_not_given_back_by_an_old_page(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    client.post(waiting.path, {"act": "return", "reason": "not_ours"})
    assert waiting.row().state == "accepted"


def test_it_is_logged_for_the_municipality_and_a_stranger_for_the_platform(waiting: Waiting) -> None:
    waiting.opened(pickups.new_code())
    Client().post("/ophalen/bestaat-niet/", {"act": "code", "code": "x"})
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    row, pickup = waiting.row(), waiting.pickup()
    for _twice in range(2):
        jobs.log_pickup(ids=[str(pickup.id), str(row.organisation_id)])
    with acting(system_actor(row.organisation_id)):
        lines = [
            line
            for model in (Event, IntakeLine)
            for line in model.objects.filter(organisation_id=row.organisation_id).values_list(
                "action", "purpose"
            )
        ]
    for what in ("started", "wrong", "opened", "answered"):
        assert sum(action == f"referral.pickup.{what}" for action, _purpose in lines) == 1, what
    assert lines.count(("referral.read", "pickup")) == 1
    with acting(system_actor(PLATFORM_ID)):
        assert IntakeLine.objects.filter(action="referral.pickup.unknown").count() == 1


def test_the_role_of_the_public_pages_can_only_ask_with_the_secrets(waiting: Waiting) -> None:
    with acting(NOBODY), intake_role():
        for table in ("referrals_pickup", "referrals_referral", "sealing_seal", "referrals_referralmessage"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {table}")
        with connection.cursor() as cursor:
            keys = pickups.session_keys(waiting.link, "geraden")
            cursor.execute("SELECT * FROM pickup_referral(%s, %s)", [keys.lookup, keys.session])
            assert cursor.fetchall() == []


def test_neither_secret_nor_address_stands_in_a_row(waiting: Waiting) -> None:
    rows = repr(Pickup.objects.filter(pk=waiting.pickup().pk).values())
    with acting(waiting.ready.focal_point):
        rows = repr(list(Pickup.objects.values()))
        with connection.cursor() as cursor:
            cursor.execute("SELECT p::text FROM referrals_pickup p")
            rows += str(cursor.fetchall())
    for secret in (waiting.link, waiting.told, waiting.told.replace("-", ""), ADDRESS):
        assert secret not in rows
        assert secret.encode().hex() not in rows


@pytest.mark.parametrize(
    "address",
    ["", "geen adres", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "a" * 260 + "@b.nl"],
)
def test_only_one_real_address_gets_a_link(ready: Ready, client_for: Clients, address: str) -> None:
    code = ready.send(channel="pickup")
    with acting(ready.focal_point), pytest.raises(DomainError):
        actions.start_pickup(code=code, address=address, actor=ready.focal_point)
    page = client_for("af@westland.example").post(f"/werk/doorgezet/{code}/ophaallink/", {"address": address})
    assert page.status_code == 422
    assert ready.row(code).went_on is None


def test_the_page_of_the_sender_shows_the_code_once(ready: Ready, client_for: Clients) -> None:
    code, client = ready.send(channel="pickup"), client_for("af@westland.example")
    path = f"/werk/doorgezet/{code}/"
    assert "Mail de link en toon de code" in client.get(path).content.decode()
    shown = client.post(path + "ophaallink/", {"address": ADDRESS})
    assert shown.status_code == 200
    groups = re.findall(r"<span>([2-9A-Z]{4})</span>", shown.content.decode())
    assert len(groups) == 3
    later = client.get(path).content.decode()
    assert groups[0] not in later
    assert ADDRESS in later
    assert ready.row(code).went_on == days(0)


def test_another_way_gets_no_link(ready: Ready) -> None:
    code, who = ready.send(channel="phone"), ready.focal_point
    with acting(who), pytest.raises(Conflict):
        actions.start_pickup(code=code, address=ADDRESS, actor=who)
    code = ready.send(channel="pickup")
    with acting(who), pytest.raises(Conflict):
        actions.note_sent(code=code, on=days(0), actor=who)


def test_a_reminder_mails_the_link_again_until_it_is_used(waiting: Waiting) -> None:
    who, pickup = waiting.ready.focal_point, waiting.pickup()
    with acting(who):
        actions.remind(code=waiting.code, actor=who)
    ids = [str(pickup.id), str(pickup.organisation_id)]
    jobs.mail_pickup(ids=ids)
    assert len(mail.outbox) == 2
    waiting.opened()
    jobs.mail_pickup(ids=ids)
    assert len(mail.outbox) == 2


TRANSITIONS = st.lists(
    st.sampled_from(["wrong", "other link", "recall", "renew", "expire", "use", "forged cookie", "empty"]),
    max_size=9,
)


@given(steps=TRANSITIONS)
@settings(
    max_examples=tiers.either(12, 60),  # each is a referral that is sent
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
def test_no_sequence_opens_what_may_not_be_opened(ready: Ready, steps: list[str]) -> None:
    """Whatever happens, only the living code of the living link opens, and only once."""
    with transaction.atomic():
        _walk(ready, steps)
        transaction.set_rollback(True)


def _walk(ready: Ready, steps: list[str]) -> None:
    now = started(ready)
    wrong, dead = 0, False
    for step in steps:
        match step:
            case "wrong" | "empty":
                assert _try(now.link, pickups.new_code() if step == "wrong" else "") is None
                wrong += 1
            case "other link":
                assert _try(pickups.new_link(), now.told) is None
            case "forged cookie":
                assert queries.pickup_page(now.link, pickups.new_session()) is None
            case "recall" if ready.row(now.code).access_ended is None:
                with acting(ready.focal_point):
                    actions.recall(code=now.code, reason="mistake", actor=ready.focal_point)
                dead = True
            case "expire":
                with acting(ready.focal_point):
                    Referral.objects.filter(code=now.code).update(access_ended=days(0))
                dead = True
            case "renew" if not dead:
                old, now, wrong = now, started(ready, now.code), 0
                assert _try(old.link, old.told) is None
                assert _try(now.link, old.told) is None
                wrong = 1
            case "use":
                _use(now, may=not dead and wrong < 5)
                wrong = 5  # used up
    if dead or wrong >= 5:
        assert _try(now.link, now.told) is None


def _use(now: Waiting, *, may: bool) -> None:
    cookie = _try(now.link, now.told)
    assert (cookie is not None) == may
    if cookie:
        assert queries.pickup_page(now.link, cookie) is not None
        assert queries.pickup_page(pickups.new_link(), cookie) is None


def _try(link: str, code: str) -> str | None:
    with acting(NOBODY):
        return actions.open_pickup(link=link, code=code)


def test_no_place_tonight_on_the_page_is_given_to_somebody_there(
    ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = started(ready, ready.send("person", channel="pickup"))
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    assert client.post(waiting.path, {"act": "answer", "answer": "geen_plek"}).status_code == 302
    asked: list[tuple[str, Any]] = []
    monkeypatch.setattr(jobs, "after_commit", lambda job, *ids: asked.append((job.name, ids)))
    row = waiting.row()
    jobs.tell_sender([str(row.organisation_id)])
    assert ("referrals.name_somebody", (row.id, row.organisation_id)) in asked


def test_the_page_asks_until_when_to_wait_and_whom_to_ring(waiting: Waiting) -> None:
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    page = client.get(waiting.path).content.decode()
    assert 'data-shows="#id_until #id_contact #id_telephone"' in page
    wait = {"until": days(20).isoformat(), "contact": "<i>Piket</i>", "telephone": "070 1234567"}
    sent = {"act": "answer", "answer": "wacht", "text": "Er loopt iets"}
    for wrong in (
        {},
        {**wait, "telephone": ""},
        {**wait, "until": "morgen"},
        {**wait, "until": "9999-12-31"},
    ):
        assert client.post(waiting.path, {**sent, **wrong}).status_code == 422
    assert not waiting.row().answer
    assert client.post(waiting.path, {**sent, **wait}).status_code == 302
    assert client.post(waiting.path, {**sent, **wait}).status_code == 302
    assert waiting.row().answer == "wacht"
    with acting(waiting.ready.focal_point):
        (message,) = queries.sent(waiting.code, waiting.ready.focal_point).content.messages
    assert message.text.startswith("Er loopt iets\nWacht tot en met ")
    assert "<i>Piket</i>, 070 1234567" in message.text
    with acting(system_actor(waiting.row().organisation_id)) as system:
        actions.wait_request_made(waiting.row().id, turn=waiting.row().turn, actor=system)
    again = client.post(waiting.path, {**sent, **wait, "until": days(30).isoformat()})
    assert again.status_code == 422
    assert "De gemeente wacht al." in again.content.decode()


@pytest.mark.parametrize("state", ["accepted", "returned"])
def test_no_page_of_the_sender_fails_on_an_answer_that_no_handbook_has(
    waiting: Waiting, client_for: Clients, state: str
) -> None:
    """Whoever took over the desk may write any code; the public process is refused, see `attacks`."""
    client, _ = waiting.opened()
    client.post(waiting.path, {"act": "accept"})
    ended = timezone.localdate() if state == "returned" else None
    words = dict.fromkeys(("return_reason", "answer", "wait_code"), "<b>x")
    with acting(waiting.ready.focal_point):
        Referral.objects.filter(code=waiting.code).update(
            state=state, answered=True, access_ended=ended, **words
        )
    desk = client_for("af@westland.example")
    for address in ("/werk/", "/werk/doorgezet/", f"/werk/doorgezet/{waiting.code}/"):
        assert desk.get(address).status_code == 200, address
    assert "<b>x" not in desk.get(f"/werk/doorgezet/{waiting.code}/").text
