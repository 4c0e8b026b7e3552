"""The picture of a case: what hangs together, how that is known, and one timeline over what is linked."""

import re
from collections.abc import Callable
from html import unescape
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples, tiers
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, filed, row, somebody, taken_in

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.actions import NewObservation, NewSubject
from sluitend.journeys.cases.models import Case, EarlierLink, Subject, TimelineEvent
from sluitend.journeys.cases.queries.earlier import earlier_for_case
from sluitend.journeys.cases.queries.picture import Bond, CasePicture, Column
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.ledger.actions import pseudonym
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]
PLATE = "VB-123-X"
HOSTILE = '"><script>alert(1)</script></svg><img src=x onerror=alert(2)>\u202e& é 車'


def whole(code: str, email: str = FOCAL) -> CasePicture:
    """Return the picture of a case as somebody reads it."""
    with somebody(email) as actor:
        return queries.picture(code, actor)


def of(page: CasePicture, name: str) -> list[Bond]:
    """Return the lines at somebody or something."""
    return [each for each in page.bonds if name in (each.start.name, each.end.name)]


def seen(code: str, text: str, *names: str, kind: str = "fact", source: str = "zelf gezien") -> UUID:
    """Note something about the subjects with these names."""
    with somebody() as actor:
        of_name = {each.name: each.id for each in queries.case(code, actor).subjects}
        new = NewObservation(
            kind, text, "2026-11-23", source=source, about=tuple(map(of_name.__getitem__, names))
        )
        return actions.add_observation(actor=actor, code=code, new=new)


def add(code: str, kind: str, name: str, **known: object) -> UUID:
    """Add a subject."""
    with somebody() as actor:
        return actions.add_subject(actor=actor, code=code, new=NewSubject(kind, name, **known))  # type: ignore[arg-type]


def leiden_itself() -> Organisation:
    """Return the municipality of somebody elsewhere."""
    return Organisation.objects.get(pk=samples.actor(ELSEWHERE).own_organisation)


def judge(client: Client, code: str, earlier_id: UUID, verdict: str) -> int:
    """Answer whether something belongs here, on the page of the picture."""
    answer = client.post(f"/werk/casussen/{code}/beeld/eerder/{earlier_id}/", {"verdict": verdict})
    return answer.status_code


def test_what_one_report_names_hangs_together_with_the_report_as_its_source() -> None:
    page = whole(taken_in(plate=PLATE))
    at_place = of(page, "Tuinderspad 12 a, De Lier")
    assert {each.start.name for each in at_place} == {
        "Oostbuurt Vruchtgroente B.V.",
        PLATE,
        "5 volwassenen gezien",
    }
    assert {each.end.column for each in at_place} == {Column.PLACE}
    assert all(each.words == "samen genoemd" and each.known.startswith("melding M-") for each in at_place)
    assert {each.since.isoformat() for each in at_place} == {"2026-11-20"}
    assert [each.column for each in page.nodes] == ["people", "place", "gain", "thing"]
    assert page.bonds == at_place
    assert page.alone == []


def test_a_second_report_of_the_same_place_is_drawn_to_the_place_that_is_there() -> None:
    code = taken_in()
    with somebody() as actor:
        report = reports.report(filed(company="", kvk="", people="", plate=PLATE), actor)
        judgement = actions.Judgement("yes", "yes", "yes")
        actions.add_to_case(actor=actor, report=report, judgement=judgement, case_code=code)
    (line,) = of(whole(code), PLATE)
    assert (line.end.name, line.known) == (
        "Tuinderspad 12 a, De Lier",
        f"melding {report.code}, Toezicht wonen en huisvesting",
    )


def test_what_somebody_notes_of_two_is_a_line_and_what_they_suppose_a_dashed_one() -> None:
    code = taken_in()
    add(code, "person", "Voorman Marek", roles=("suspect",))
    seen(code, "heeft de sleutel", "Voorman Marek", "Tuinderspad 12 a, De Lier")
    seen(code, "geeft opdracht", "Voorman Marek", "5 volwassenen gezien", kind="opinion", source="")
    key, order = of(whole(code), "Voorman Marek")
    assert (key.words, key.known, key.sure) == ("geeft opdracht", "vermoeden van Noor de Bruin", False)
    assert (order.words, order.known, order.sure) == ("heeft de sleutel", "zelf gezien", True)
    assert order.start.column is Column.GAIN


def test_a_corrected_observation_keeps_its_line_until_somebody_takes_it_away(client_for: ClientFor) -> None:
    code = taken_in()
    place, people = "Tuinderspad 12 a, De Lier", "5 volwassenen gezien"
    old, client = seen(code, "slapen hier", people, place), client_for(FOCAL)
    page = client.get(f"/werk/casussen/{code}/waarneming/{old}/").text
    ticked = re.findall(r'name="about" value="([^"]+)"[^>]*checked', " ".join(page.split()))
    assert len(ticked) == 2
    answers = {"kind": "fact", "text": "slapen hier niet meer", "source": "toezicht"}
    client.post(f"/werk/casussen/{code}/waarneming/{old}/", {**answers, "about": ticked})
    lines = {each.words: each.known for each in whole(code).bonds}
    assert lines.pop("slapen hier niet meer") == "toezicht"
    assert set(lines) == {"samen genoemd"}


def test_nothing_of_another_case_can_be_drawn_into_a_line() -> None:
    other, code = taken_in(), taken_in()
    with somebody() as actor:
        foreign = Subject.objects.filter(case=row(other)).values_list("id", flat=True)[:2]
        new = NewObservation("fact", "hoort bij elkaar", about=tuple(foreign))
        with pytest.raises(DomainError) as told:
            actions.add_observation(actor=actor, code=code, new=new)
        assert told.value.field == "about"


def test_a_telephone_of_two_people_is_one_thing_and_stands_with_both() -> None:
    code = taken_in(company="", kvk="")
    add(code, "person", "Anna", identifiers=(("phone", "06 12345678"),))
    add(code, "person", "Bram", identifiers=(("phone", "+31 6 1234 5678"), ("name_birth", "Bram|1990-02-01")))
    page = whole(code)
    (phone,) = [each for each in page.nodes if each.kind == "phone"]
    lines = [each for each in page.bonds if each.end == phone]
    assert {(each.start.name, each.known) for each in lines} == {
        ("Anna", "genoteerd bij Anna"),
        ("Bram", "genoteerd bij Bram"),
    }
    assert "1990" not in str([(each.name, each.under) for each in page.nodes])


def test_the_same_company_twice_has_a_line_and_is_not_merged() -> None:
    code = taken_in()
    add(code, "company", "Oostbuurt", identifiers=(("kvk", "9000 4191"),))
    (line,) = of(whole(code), "Oostbuurt")
    assert (line.words, line.known) == ("zelfde bedrijf", "staat bij allebei")


def test_who_may_be_a_victim_stands_with_the_people_whatever_else_is_said() -> None:
    code = taken_in()
    add(code, "person", "Iemand", roles=("suspect", "possible_victim"))
    (someone,) = [each for each in whole(code).nodes if each.name == "Iemand"]
    assert someone.column is Column.PEOPLE


def test_a_yes_is_kept_links_both_cases_and_makes_one_timeline(client_for: ClientFor) -> None:
    here, there = (
        taken_in(plate=PLATE, where="Kade 3, De Lier"),
        taken_in(plate="vb 123 x", where="Plein 8, Naaldwijk"),
    )
    client = client_for(FOCAL)
    with somebody():
        earlier_id = row(there).id
    assert "Hoort dit bij elkaar?" in client.get(f"/werk/casussen/{here}/beeld/").text
    before = whole(here)
    assert [each.code for each in before.questions] == [there]
    assert before.several is False
    (proposed,) = [each for each in before.bonds if each.end.code == there and each.start.name == PLATE]
    assert (proposed.sure, proposed.words) == (False, "zelfde kenteken")

    assert judge(client, here, earlier_id, "linked") == 302
    after = whole(here)
    (line,) = [each for each in after.bonds if each.end.code == there and each.start.name == PLATE]
    assert (line.sure, line.known) == (True, "bevestigd door Noor de Bruin")
    assert [each.code for each in after.lanes] == [here, there]
    assert {each.lane for each in after.moments} == {0, 1}
    assert after.questions == []
    # From the other side it was answered too, and the timeline is the same one.
    assert whole(there).questions == []
    assert {each.where for each in whole(there).moments} == {each.where for each in after.moments}
    with somebody():
        assert row(here).closed is None
        assert Subject.objects.filter(case=row(there)).count() == len(queries_of(there))
        assert TimelineEvent.objects.filter(case=row(here), what="linked").count() == 1
        assert (link := EarlierLink.objects.get(about_id=row(here).id)).by.email == FOCAL
        assert link.at is not None


def queries_of(code: str) -> list[str]:
    """Return the names of the subjects of a case."""
    with somebody() as actor:
        return [each.name for each in queries.case(code, actor).subjects]


def test_after_a_no_nobody_is_asked_again_on_either_side(client_for: ClientFor) -> None:
    here, there = (
        taken_in(plate=PLATE, where="Kade 3, De Lier"),
        taken_in(plate=PLATE, where="Plein 8, Naaldwijk"),
    )
    client = client_for(FOCAL)
    with somebody():
        earlier_id = row(there).id
    judge(client, here, earlier_id, "dismissed")
    for code, other in ((here, there), (there, here)):
        page = whole(code, DEPUTY)
        assert page.questions == []
        assert other not in {each.code for each in page.nodes}
        assert page.several is False
        assert "Hoort dit bij elkaar?" not in client.get(f"/werk/casussen/{code}/beeld/").text
    with somebody() as actor:
        (found,) = [each for each in earlier_for_case(row(there), actor) if each.code == here]
        assert (found.verdict, found.said_by) == ("dismissed", actor.account_id)
    # Who thinks better of it says so on the page of the sources; the last word counts.
    client.post(f"/werk/casussen/{there}/verrijken/eerder/{found.id}/", {"verdict": "linked"})
    assert [each.code for each in whole(here).lanes] == [here, there]


def test_a_report_that_belongs_here_has_a_lane_of_its_own(client_for: ClientFor) -> None:
    report = filed(plate=PLATE, where="Plein 8, Naaldwijk")
    code = taken_in(plate=PLATE)
    (found,) = [each for each in whole(code).questions if each.code == report]
    judge(client_for(FOCAL), code, found.id, "linked")
    page = whole(code)
    assert [each.name for each in page.lanes][-1] == "Zonder casus"
    assert [(each.report, each.lane) for each in page.moments if each.report == report] == [(report, 1)]
    text = client_for(FOCAL).get(f"/werk/casussen/{code}/beeld/").text
    assert f"/werk/binnen/{report}/" in text


def test_what_a_source_answered_is_a_line_to_that_source(client_for: ClientFor) -> None:
    code = taken_in(plate=PLATE)
    asked: dict[str, Any] = {"code": code, "source": "permits", "need": "right_place"}
    with somebody() as actor:
        actions.look_up(actor=actor, **asked, question="living_allowed", result="hit")
        actions.look_up(actor=actor, **asked, question="permit_exists", result="later")
        actions.look_up(actor=actor, **asked, question="checked_before", result="no_hit")
        name = actor.name
    page = whole(code)
    lines = of(page, "Vergunningen en toezicht")
    assert [(each.start.name, each.words, each.known, each.sure) for each in lines] == [
        ("Tuinderspad 12 a, De Lier", "Mag hier worden gewoond?", f"opgezocht door {name}: hit", True),
        (
            "Tuinderspad 12 a, De Lier",
            "Is er een vergunning voor dit bedrijf?",
            f"opgezocht door {name}: later",
            False,
        ),
    ]
    assert [each.kind for each in page.nodes].count("source") == 1
    text = client_for(FOCAL).get(f"/werk/casussen/{code}/beeld/").text
    assert "Mag hier worden gewoond?" in text
    assert f'href="/werk/casussen/{code}/verrijken/"' in text


def test_a_closed_case_shows_its_picture_and_asks_nothing(client_for: ClientFor) -> None:
    taken_in(plate=PLATE)
    code, client = taken_in(plate=PLATE), client_for(FOCAL)
    found = whole(code).questions[0].id
    with somebody() as actor:
        actions.close_case(
            actor=actor, code=code, outcome="partner_acts", tell="outcome", reason="tracks_done"
        )
    text = client.get(f"/werk/casussen/{code}/beeld/").text
    assert "Hoort dit bij elkaar?" not in text
    assert f"/werk/casussen/{code}/waarneming/" not in text
    judge(client, code, found, "linked")
    assert not EarlierLink.objects.filter(earlier_id=found).exists()
    assert "gesloten" in client.get(f"/werk/casussen/{code}/beeld/").text


def test_every_case_that_is_opened_for_it_stands_in_the_ledger(client_for: ClientFor) -> None:
    here, there = taken_in(plate=PLATE), taken_in(plate=PLATE)
    with somebody():
        ids = {code: row(code).id for code in (here, there)}
        person = Subject.objects.get(case=row(here), kind="person").id
    judge(client_for(FOCAL), here, ids[there], "linked")

    def reads(kind: str, identity: UUID) -> int:
        with somebody(DEPUTY) as actor:
            year = Case.objects.get(code=here).opened.year
            name = pseudonym(actor.own_organisation, (kind, identity), year)
            return Event.objects.filter(action="case.read", subject=name, account=actor.account_id).count()

    client_for(DEPUTY).get(f"/werk/casussen/{here}/beeld/")
    assert [reads("case", ids[here]), reads("case", ids[there]), reads("subject", person)] == [1, 1, 1]


@pytest.mark.parametrize("email", [ELSEWHERE, "manager@westland.example", "fg@westland.example"])
def test_who_may_not_open_the_case_gets_nothing(client_for: ClientFor, email: str) -> None:
    other, code = taken_in(plate=PLATE), taken_in(plate=PLATE)
    with somebody():
        earlier_id = row(other).id
    client = client_for(email)
    absent = client.get("/werk/casussen/C-0000/beeld/")
    forbidden = client.get(f"/werk/casussen/{code}/beeld/")
    assert absent.status_code == forbidden.status_code == 404
    assert judge(client, code, earlier_id, "linked") == 404
    assert not EarlierLink.objects.exists()
    assert Client().get(f"/werk/casussen/{code}/beeld/").status_code == 302


def test_two_organisations_with_the_same_plate_do_not_exist_for_each_other(client_for: ClientFor) -> None:
    mine = taken_in(plate=PLATE)
    report, _receipt = samples.file_report(
        leiden_itself(), told=samples.content(plate=PLATE, company="Leids bedrijf")
    )
    theirs = samples.take_in(report, samples.actor(ELSEWHERE), name="Leidse zaak")
    second = taken_in(plate=PLATE, where="Plein 8, Naaldwijk")
    judge(client_for(FOCAL), mine, whole(mine).questions[0].id, "linked")
    with acting(samples.actor(ELSEWHERE)):
        foreign = Case.objects.get(code=theirs).id
    assert judge(client_for(FOCAL), mine, foreign, "linked") == 404

    page, text = whole(mine), client_for(FOCAL).get(f"/werk/casussen/{mine}/beeld/").text
    assert {each.code for each in page.lanes} == {mine, second}
    assert {each.code for each in page.nodes if each.code} == {second}
    for word in (theirs, report, "Leidse zaak", "Leids bedrijf"):
        assert word not in text
    other, text = whole(theirs, ELSEWHERE), client_for(ELSEWHERE).get(f"/werk/casussen/{theirs}/beeld/").text
    assert (other.questions, other.several) == ([], False)
    assert mine not in text
    assert second not in text


@pytest.mark.parametrize("draw", range(tiers.either(2, 12)))
def test_whatever_is_in_it_every_line_has_a_source_and_nothing_is_of_others(draw: int) -> None:
    chance = Random(tiers.SEED * 100 + draw)  # noqa: S311  (a draw, not a secret)
    values = (("phone", "0612345678"), ("plate", PLATE), ("account", "@van_x"), ("kvk", "90004191"))
    own = [taken_in(plate=chance.choice(["", PLATE])) for _each in range(3)]
    report, _receipt = samples.file_report(leiden_itself())
    theirs = samples.take_in(report, samples.actor(ELSEWHERE))
    for _each in range(12):
        code, kind = chance.choice(own), chance.choice(Subject.Kind.values)
        add(
            code,
            kind,
            f"N{chance.randrange(5)}",
            identifiers=tuple(chance.sample(values, chance.randrange(3))),
        )
    for code in own:
        with somebody() as actor:
            subjects = [each.id for each in queries.case(code, actor).subjects]
            for kind in ("fact", "opinion"):
                about = tuple(chance.sample(subjects, min(len(subjects), chance.randrange(4))))
                new = NewObservation(kind, "gezien", source=chance.choice(["", "toezicht"]), about=about)
                actions.add_observation(actor=actor, code=code, new=new)
            for found in earlier_for_case(row(code), actor):
                said = chance.choice([actions.link_earlier, actions.dismiss_earlier, None])
                if said:
                    said(actor=actor, code=code, earlier_id=found.id)
    for code in own:
        page = whole(code)
        assert all(
            each.known.strip() and each.since <= timezone.localdate() and each.words.strip()
            for each in page.bonds
        )
        assert [each.number for each in page.bonds] == list(range(1, len(page.bonds) + 1))
        assert len({each.key for each in page.nodes}) == len(page.nodes)
        assert {each.code for each in page.nodes if each.kind == "case"} <= set(own) - {code}
        assert {each.code for each in page.lanes if each.code} <= set(own)
        assert theirs not in str(page)


def test_words_of_strangers_stay_words(client_for: ClientFor) -> None:
    code = taken_in(where=HOSTILE, company=HOSTILE, people=HOSTILE, plate="", kvk="")
    add(code, "person", HOSTILE, identifiers=(("account", "@" + "x" * 40),), roles=("suspect",))
    with somebody() as actor:
        about = tuple(each.id for each in queries.case(code, actor).subjects)
        new = NewObservation("fact", HOSTILE, source=HOSTILE, about=about[:2])
        actions.add_observation(actor=actor, code=code, new=new)
    text = client_for(FOCAL).get(f"/werk/casussen/{code}/beeld/").text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "</svg><img" not in text
    assert HOSTILE in unescape(text)
    assert "style=" not in text


def test_little_is_a_table_only_and_very_much_a_picture_a_place(client_for: ClientFor) -> None:
    code = taken_in(company="", kvk="")
    client = client_for(FOCAL)
    assert len(whole(code).nodes) == 2
    text = client.get(f"/werk/casussen/{code}/beeld/").text
    assert 'class="sl-scrollbox"' not in text
    (line,) = whole(code).bonds
    assert f"<bdi>{line.words}</bdi>" in text
    assert line.words == "Drie slaapplekken achter de ketel"
    for number in range(25):
        add(code, "person", f"Mens {number}")
    seen(code, "slaapt hier", "Mens 3", "Tuinderspad 12 a, De Lier")
    text = client.get(f"/werk/casussen/{code}/beeld/").text
    assert text.count('class="sl-scrollbox"') == 1
    assert "een beeld per plek" in text
    assert "Mens 24" in text


def test_an_address_that_is_not_one_is_not_found(client_for: ClientFor) -> None:
    code, client = taken_in(plate=PLATE), client_for(FOCAL)
    assert judge(client, code, uuid4(), "linked") == 404
    assert client.post(f"/werk/casussen/{code}/beeld/").status_code == 405
    assert client.get(f"/werk/casussen/{code}/beeld/eerder/{uuid4()}/").status_code == 405
