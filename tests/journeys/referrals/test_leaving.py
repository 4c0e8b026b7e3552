"""What the partner reads is what somebody meant: each word that tells who it is was looked at first."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import samples
from tests.journeys.referrals.situations import Ready, make_ready, posted
from tests.journeys.referrals.test_choosing import TODAY, choice, offer, part
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.models import Observation
from sluitend.journeys.referrals import actions, leaving, queries
from sluitend.journeys.referrals.choosing import Choice, Offer
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import GO, OUT, Finder, Hidden

pytestmark = pytest.mark.django_db

AF = "af@westland.example"
TOLD = (
    "Een man, Marek Nowak, geboren 3 mei 1999, heeft geen verblijfsvergunning. "
    "Hij is suikerpatiënt. Bel hem op 06 1234 5678."
)
SECRETS = ("Marek", "Nowak", "1999", "verblijfsvergunning", "suikerpatiënt", "5678")


def told() -> Ready:
    """Return a case of somebody whose name, day of birth and number it knows."""
    content = samples.content(
        saw=TOLD, people="Vijf mensen, Marek is hun voorman", think="", phone="0612345678"
    )
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), told=content)
    ready = make_ready(report=report)
    who = ready.focal_point
    person = NewSubject(
        "person",
        "Marek Nowak",
        roles=("possible_victim",),
        identifiers=(("name_birth", "Marek Nowak|03-05-1999"),),
    )
    with acting(who):
        cases.add_subject(actor=who, code=ready.case, new=person)
    return ready


def row(offered: Offer, text: str) -> str:
    """Return the id of the observation with this text in it."""
    return next(each.id for each in offered.parts if text in each.text and each.part == "facts")


def decided(offered: Offer, chosen: Choice, what: str) -> Choice:
    """Return the choice with the same answer to everything that is marked."""
    looks = leaving.looks_of(
        offered,
        leaving.as_written(offered, chosen.parts, chosen.texts),
        chosen.question,
        timezone.localdate(),
    )
    return replace(chosen, looked={look.key: what for look in looks})


def send(ready: Ready, track: str, chosen: Choice) -> str:
    """Send and return the code."""
    with acting(ready.focal_point) as who:
        return actions.send(case_code=ready.case, track=track, choice=chosen, actor=who)


def test_raw_words_of_a_report_do_not_reach_an_inspection(db: None) -> None:
    ready = told()
    offered = ready.offer()
    first = ready.choice()
    with pytest.raises(DomainError, match="Bekijk nog"):
        send(ready, "place", first)
    code = send(ready, "place", decided(offered, first, OUT))
    with acting(ready.inspector) as inspector:
        actions.accept(code=code, actor=inspector)
        content = repr(queries.received(code, inspector).content)
    assert not [word for word in SECRETS[:-1] if word in content]
    assert samples.PLANTED_PLATE in content
    with acting(ready.focal_point):
        kept = {each.text for each in ready.offer().parts}
    assert TOLD in kept


def test_a_question_without_names_shows_nothing_of_a_person_and_cannot(db: None) -> None:
    ready = told()
    ready.compose_instead("residence_advice", residence_question="yes")
    offered = ready.offer("person")
    chosen = ready.choice("person")
    assert not [each for each in offered.parts if each.id in chosen.parts and "Marek" in each.text]
    ticked = replace(chosen, parts=chosen.parts | {row(offered, "Marek")})
    for what in (GO, ""):
        with pytest.raises(DomainError):
            send(ready, "person", decided(offered, ticked, what))
    beyond = decided(offered, replace(ticked, beyond_ground="danger", beyond_reason="Er is nu gevaar."), GO)
    with pytest.raises(DomainError, match="mag niet mee"):
        send(ready, "person", beyond)
    code = send(ready, "person", decided(offered, ticked, OUT))
    with acting(ready.focal_point) as who:
        content = repr(queries.sent(code, who).content)
    assert not [word for word in SECRETS if word in content]


@pytest.mark.parametrize(
    ("wish", "facts", "ticked"),
    [
        ("yes", {}, True),
        ("unknown", {}, False),
        ("unknown", {"danger": "now"}, True),
        ("unknown", {"minor": "perhaps"}, True),
    ],
)
def test_who_it_is_is_not_ticked_beforehand_while_nobody_knows_what_the_person_wants(
    ready: Ready, wish: str, facts: dict[str, str], ticked: bool
) -> None:
    new = NewSubject(kind="person", name="Man", identifiers=(("name_birth", "Vera Kok|1999-01-01"),))
    with acting(ready.focal_point) as who:
        cases.add_subject(actor=who, code=ready.case, new=new)
        cases.record_wish(actor=who, code=ready.case, wish=wish)
    action = {"danger": "danger_police", "minor": "child_police"}.get(next(iter(facts), ""), "victim_flag")
    ready.compose_instead(action, **facts, suspect="yes", may_know="all")
    named = ready.rows("person_name", track="person")
    assert named
    assert (named <= ready.choice("person").parts) == ticked


def test_words_that_stay_need_a_ground_where_the_route_excludes_them(db: None) -> None:
    ready = told()
    offered = ready.offer()
    clean = {row(offered, "Marek"): "Een man, Marek, is bang."}
    chosen = decided(offered, replace(ready.choice(), texts=clean), GO)
    with pytest.raises(DomainError) as raised:
        send(ready, "place", chosen)
    assert raised.value.field == "beyond_ground"
    code = send(
        ready, "place", replace(chosen, beyond_ground="danger", beyond_reason="De man loopt nu gevaar.")
    )
    with acting(ready.focal_point) as who:
        shared = queries.sent(code, who)
    assert shared.beyond_reason == "De man loopt nu gevaar."
    assert "Een man, Marek, is bang." in [each.text for each in shared.content.parts]


def test_the_status_of_somebody_never_goes_with_a_ground_either(db: None) -> None:
    ready = told()
    offered = ready.offer()
    status = {row(offered, "Marek"): "Een man is zonder papieren."}
    chosen = replace(ready.choice(), texts=status, beyond_ground="danger", beyond_reason="Er is nu gevaar.")
    with pytest.raises(DomainError, match="mag niet mee"):
        send(ready, "place", decided(offered, chosen, GO))


def test_each_observation_is_a_row_newest_first_and_an_old_one_is_left_out(db: None) -> None:
    ready = make_ready()
    who = ready.focal_point
    for text, ago in (("Lang geleden gezien", 400), ("Gisteren gezien", 1), ("Vorige maand gezien", 30)):
        when = (timezone.localdate() - timedelta(days=ago)).isoformat()
        with acting(who):
            cases.add_observation(actor=who, code=ready.case, new=NewObservation("fact", text, when=when))
    offered = ready.offer()
    seen = [each.text for each in offered.parts if each.part == "facts"]
    assert (
        seen.index("Gisteren gezien") < seen.index("Vorige maand gezien") < seen.index("Lang geleden gezien")
    )
    ticked = ready.choice().parts
    assert row(offered, "Gisteren") in ticked
    assert row(offered, "Lang geleden") not in ticked
    code = ready.send(parts=frozenset({row(offered, "Gisteren")}))
    with acting(who):
        (only,) = queries.sent(code, who).content.parts
    assert (only.id, only.text) == ("facts", "Gisteren gezien")


def test_a_name_that_is_learnt_after_the_look_asks_again(db: None) -> None:
    ready = make_ready()
    who = ready.focal_point
    with acting(who):
        cases.add_observation(
            actor=who, code=ready.case, new=NewObservation("fact", "De man, eyob, sliep daar.")
        )
    chosen = decided(ready.offer(), ready.choice(), GO)
    with acting(who):
        person = NewSubject("person", "Eyob", identifiers=(("name_birth", "Eyob Tesfay|1990-01-01"),))
        cases.add_subject(actor=who, code=ready.case, new=person)
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        send(ready, "place", chosen)


def test_words_that_were_corrected_meanwhile_are_no_longer_on_offer(db: None) -> None:
    ready = make_ready()
    who, chosen = ready.focal_point, ready.choice()
    with acting(who):
        old = Observation.objects.filter(kind="fact").order_by("at").first()
        assert old is not None
        new = NewObservation("fact", "Vier bedden in een schuur")
        cases.correct_observation(actor=who, code=ready.case, observation_id=old.id, new=new)
    with pytest.raises(DomainError, match="kan niet mee"):
        send(ready, "place", chosen)


@pytest.mark.parametrize("number", ["", "-1", "10000", "vijf", "5 mannen", "1e3", "²"])
def test_how_many_people_is_a_number(number: str) -> None:
    made = offer(part("place"), part("number_of_people", text=""))
    chosen = choice(parts=frozenset({"number_of_people"}), texts={"number_of_people": number})
    problems = leaving.all_problems(made, chosen, TODAY)
    assert set(problems) == {"text_number_of_people"}
    right = replace(chosen, texts={"number_of_people": "0"})
    assert leaving.all_problems(made, right, TODAY) == {}


def test_the_words_about_people_are_a_description_that_nobody_ticked(db: None) -> None:
    ready = told()
    offered = ready.offer()
    number = next(each for each in offered.parts if each.part == "number_of_people")
    assert number.text == ""
    assert "Vijf mensen, Marek is hun voorman" in next(
        each.text for each in offered.parts if each.part == "person_description"
    )
    helped = ready.offer("person")
    described = next(each for each in helped.parts if each.part == "person_description")
    assert described.allowed
    assert described.id not in ready.choice("person").parts


def test_the_page_asks_and_waits_without_losing_what_was_typed(
    db: None, client_for: Callable[[str], Client]
) -> None:
    ready = told()
    address, client = f"/werk/casussen/{ready.case}/doorzetten/place/", client_for(AF)
    page = as_read(client.get(address).text)
    assert "Bekijk nog" in page
    assert '<mark class="sl-hot">Marek Nowak</mark>' in page
    texts = {row(ready.offer(), "Marek"): "Marek zei: <script>alert(1)</script> \u202e hij is bang."}
    chosen = replace(ready.choice(), texts=texts)
    back = client.post(address, posted(ready, chosen))
    assert back.status_code == 422
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in back.content.decode()
    assert "<script>alert(1)" not in back.content.decode()
    done = client.post(address, posted(ready, decided(ready.offer(), chosen, OUT)), follow=True)
    assert "Verstuurd naar" in done.content.decode(), done.content.decode()
    assert "Marek" not in done.content.decode().split("Wat is gedeeld")[1].split("Waarom dit mocht")[0]


def test_ordinary_words_go_at_once(ready: Ready, client_for: Callable[[str], Client]) -> None:
    address = f"/werk/casussen/{ready.case}/doorzetten/place/"
    client = client_for(AF)
    assert "Bekijk nog" not in client.get(address).content.decode()
    assert client.post(address, posted(ready, ready.choice())).status_code == 302


KNOWN_NAME, KNOWN_BIRTH, KNOWN_PHONE = "Marek Nowak", date(1999, 5, 3), "0612345678"
KNOWN = Finder().known(
    identifiers=[("name_birth", f"{KNOWN_NAME}|{KNOWN_BIRTH.isoformat()}"), ("phone", KNOWN_PHONE)],
    hidden=[Hidden.of(name="Jo Verbeek", mail="jo@post.example")],
)
SPELT = (
    "Marek|MAREK|marék|nowak|N o w a k|Nowak-Marek|mareknowak|3 mei 1999|03-05-1999|1999-05-03|3/5/99"
    "|Verbeek|verbeek|VÉRBEEK|v e r b e e k|Jo-Verbeek|joverbeek|jo@post.example"
    "|0612345678|+31 6 12345678|06-12 34 56 78|suikerpatiënt|Jansen| |\n|. |<b>|\u202e|\u200b|[…]|0|-"
)
SAID = st.sampled_from(SPELT.split("|"))
TEXT = st.lists(st.one_of(SAID, st.text(max_size=12)), max_size=12).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXT, min_size=1, max_size=4),
    question=TEXT,
    answers=st.lists(st.sampled_from([OUT, GO]), min_size=1, max_size=8),
    forged=st.booleans(),
)
def test_a_referral_without_names_never_has_one_that_the_case_knows(
    texts: list[str], question: str, answers: list[str], forged: bool
) -> None:
    parts = tuple(
        part(f"facts-{number}", part="facts", free=True, text=text) for number, text in enumerate(texts)
    )
    never = frozenset({"person_name", "birth_date", "phone", "health"})
    made = offer(*parts, known=KNOWN, may_parts=frozenset({"facts"}), never_parts=never)
    chosen = choice(parts=frozenset(each.id for each in parts), question=question or "?")
    looks = leaving.looks_of(
        made, leaving.as_written(made, chosen.parts, chosen.texts), chosen.question.strip(), TODAY
    )
    looked = {look.key: answers[number % len(answers)] for number, look in enumerate(looks)}
    sent = replace(chosen, looked=looked if forged else {**looked, **dict.fromkeys(looked, OUT)})
    if leaving.all_problems(made, sent, TODAY):
        return
    what = leaving.going(made, sent, TODAY)
    everything = [what.question, *(each.text for each in what.parts)]
    for text in everything:
        plain = unicodedata.normalize("NFKD", text.replace("\u200b", "").replace("\u202e", "")).casefold()
        bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
        known = {"marek", "nowak", "mareknowak", "verbeek", "joverbeek"}
        assert not known & set(re.findall(r"[^\W\d_]+", bare))
        assert "612345678" not in re.sub(r"[ \-]", "", bare)
        assert not re.search(r"\b3 mei 1999\b|\b03-05-1999\b|\b1999-05-03\b", bare)
    assert not [
        mark for text in everything for mark in Finder().marks(text, KNOWN, today=TODAY) if mark.known
    ]
