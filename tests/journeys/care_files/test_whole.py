"""The whole file: sections of the handbook, the person's sentence first, days that become steps."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_consents import answer
from tests.journeys.care_files.test_files import COORDINATOR, ClientFor, begun, beside, do, seen, step
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.queries import file_state
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.handbook.actions import publish_pack

pytestmark = pytest.mark.django_db
PLACE = {"area": "place", "own_words": "Ik slaap weer door.", "word_person": "nearly", "word_worker": "much"}
LEGAL = {"event": "reflection_runs", "said_by": "AVIM, brief gezien"}


@pytest.fixture
def coordinator(region: Any) -> Actor:
    found = samples.actor(COORDINATOR)
    with acting(found):
        samples.keep_whole_files(found)
    return found


@pytest.fixture
def code(coordinator: Actor) -> str:
    """A file of which nothing hurries: the rule is there and the person said yes to help."""
    _request, made = begun(coordinator)
    answer(coordinator, made, kind="help_agreement")
    return made


@pytest.fixture
def browser(coordinator: Actor, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


def write(actor: Actor, code: str, section: str, row: str = "", **values: Any) -> None:
    do(actor, actions.write_part, code=code, section=section, row=row, values=values, revision=None)


def section(actor: Actor, code: str, name: str) -> Any:
    whole = seen(actor, code).whole
    assert whole is not None
    return next(each for each in whole.sections if each.id == name)


def days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def goals_due(actor: Actor, code: str) -> list[str]:
    """Return on which days a step for a goal is due that stands beside the next step of the file."""
    return [day.isoformat() for what, day in beside(actor, code) if what == "do_on_day"]


def ahead(actor: Actor, code: str) -> list[str]:
    """Return on which days a talk with a lawyer is due that stands beside the next step of the file."""
    return [day.isoformat() for what, day in beside(actor, code) if what == "lawyer_ahead"]


def test_the_sentence_of_the_person_stands_first_and_both_words_beside_each_other(
    coordinator: Actor, code: str, browser: Client
) -> None:
    write(coordinator, code, "life_areas", **PLACE)
    (row,) = section(coordinator, code, "life_areas").rows
    assert (row.title, row.own_words) == ("Slapen en wonen", "Ik slaap weer door.")
    assert row.facts == (("Zegt de persoon", "Lukt bijna alleen"), ("Zegt u", "Veel hulp nodig"))
    page = as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    assert (
        page.index("Zo mag u contact zoeken")
        < page.index("Ik slaap weer door.")
        < page.index("Lukt bijna alleen")
        < page.index("Veel hulp nodig")
    )
    assert page.count("De vragen van deze delen zijn nog niet bevestigd.") == 1
    assert "De vragen van dit deel zijn nog niet bevestigd." not in page
    assert page.count("Deze teksten zijn nog niet bevestigd.") == 1
    assert "Deze tekst is nog niet bevestigd." not in page


def test_a_new_answer_stands_above_the_earlier_one_and_areas_keep_the_order_of_the_handbook(
    coordinator: Actor, code: str
) -> None:
    write(coordinator, code, "life_areas", **PLACE)
    write(coordinator, code, "life_areas", area="safety", own_words="Hij weet niet waar ik ben.")
    write(coordinator, code, "life_areas", area="place", own_words="Ik moet weg.", word_person="acute")
    part = section(coordinator, code, "life_areas")
    assert [each.title for each in part.rows] == ["Veiligheid", "Slapen en wonen"]
    newest = part.rows[1]
    assert (newest.own_words, [each.own_words for each in newest.earlier]) == (
        "Ik moet weg.",
        ["Ik slaap weer door."],
    )
    assert "Slapen en wonen" not in dict(part.unasked)
    assert dict(part.unasked)["Dagen"].startswith("Wat doet u overdag?")
    with pytest.raises(Conflict):
        write(coordinator, code, "life_areas", row=newest.id, **PLACE)


def test_one_sheet_is_written_over_and_a_row_is_changed_or_taken_away(coordinator: Actor, code: str) -> None:
    for signs in ("Hij belt", "Hij staat buiten"):
        write(coordinator, code, "safety_plan", warning_signs=signs, phone_safety=("new_sim", "passwords"))
    (sheet,) = section(coordinator, code, "safety_plan").rows
    assert sheet.facts == (
        ("Waaraan merkt u dat het misgaat?", "Hij staat buiten"),
        ("Telefoon veilig", "Nieuwe simkaart, Wachtwoorden nieuw"),
    )
    write(coordinator, code, "debts", to_whom="Baas", amount="3000")
    (row,) = section(coordinator, code, "debts").rows
    write(coordinator, code, "debts", row=row.id, to_whom="Baas", amount="4000", unknown="x")
    (row,) = section(coordinator, code, "debts").rows
    assert row.facts == (("Hoeveel?", "4000"),)
    away = {"code": code, "section": "debts", "row": row.id, "revision": None}
    do(coordinator, actions.take_away_part, **away)
    assert section(coordinator, code, "debts").rows == ()
    for verb, more in (
        (actions.take_away_part, away),
        (actions.write_part, {**away, "values": {}}),
        (actions.write_part, {**away, "section": "never", "values": {}}),
    ):
        with pytest.raises(Conflict):
            do(coordinator, verb, **more)


def test_each_goal_with_a_day_is_a_step_of_its_own_until_it_is_done(
    coordinator: Actor, code: str, browser: Client
) -> None:
    write(coordinator, code, "goals", step="Bel de huisarts", before=days(3))
    write(coordinator, code, "goals", step="Haal het paspoort", before=days(1))
    write(coordinator, code, "goals", step="Zoek werk", before=days(200))
    write(coordinator, code, "goals", step="Zonder dag")
    assert step(coordinator, code) == "follow_file"
    assert goals_due(coordinator, code) == [days(1), days(3), days(200)]
    today = as_read(browser.get("/werk/").text)
    assert today.count("Doe wat voor deze dag in het dossier staat") >= 2
    assert "huisarts" not in today
    far = section(coordinator, code, "goals").rows[2]
    do(coordinator, actions.take_away_part, code=code, section="goals", row=far.id, revision=None)
    assert goals_due(coordinator, code) == [days(1), days(3)]
    whole = seen(coordinator, code).whole
    assert whole is not None
    assert [each.words for each in whole.prompts] == ["Haal het paspoort", "Bel de huisarts"]
    first = whole.prompts[0]
    done = {"code": code, "section": "goals", "row": first.row, "field": "before", "revision": None}
    do(coordinator, actions.settle_day, **done)
    assert goals_due(coordinator, code) == [days(3)]
    with pytest.raises(Conflict):
        do(coordinator, actions.settle_day, **done)
    # What the person no longer wants asks for nothing any more.
    second = section(coordinator, code, "goals").rows[0]
    write(
        coordinator,
        code,
        "goals",
        row=second.id,
        step="Bel de huisarts",
        before=days(3),
        state="dropped_by_person",
    )
    assert goals_due(coordinator, code) == []
    # Another day than the one that was done asks again.
    write(coordinator, code, "goals", row=first.row, step="Haal het paspoort", before=days(2))
    assert goals_due(coordinator, code) == [days(2)]
    # What hurries takes the place of the next step, and never that of a goal.
    do(coordinator, actions.withdraw, code=code, what="help_agreement")
    assert (step(coordinator, code), goals_due(coordinator, code)) == ("end_help", [days(2)])
    do(coordinator, actions.close, code=code, end="stopped", revision=None)
    assert goals_due(coordinator, code) == []


def test_four_weeks_before_the_end_that_the_police_stated_comes_a_talk_with_a_lawyer(
    coordinator: Actor, code: str
) -> None:
    write(coordinator, code, "legal_events", **LEGAL, on=days(-60), until=days(29))
    assert (step(coordinator, code), ahead(coordinator, code)) == ("follow_file", [days(1)])
    whole = seen(coordinator, code).whole
    assert whole is not None
    assert whole.prompts[0].words.endswith("Praat met een advocaat")
    # Less than four weeks is left: it is for today, not for a day that passed.
    (row,) = section(coordinator, code, "legal_events").rows
    write(coordinator, code, "legal_events", row=row.id, **LEGAL, on=days(-60), until=days(10))
    assert ahead(coordinator, code) == [days(0)]
    # Whatever is asked meanwhile, for however long, hides it never.
    dates = [timezone.localdate() + timedelta(days=90)]
    told = {"dates": dates, "channel": "call", "agreed": True, "revision": None}
    do(coordinator, actions.plan_aftercare, code=code, **told)
    assert (step(coordinator, code), ahead(coordinator, code)) == ("ask_aftercare", [days(0)])
    # What ended before it was written asks nothing, and so does another kind of fact.
    write(coordinator, code, "legal_events", row=row.id, **LEGAL, on=days(-90), until=days(-1))
    assert ahead(coordinator, code) == []
    other = {**LEGAL, "event": "permit_decision"}
    write(coordinator, code, "legal_events", row=row.id, **other, on=days(-1), until=days(10))
    assert ahead(coordinator, code) == []


def test_facts_of_law_stand_by_their_day_with_who_said_so_and_what_may_hold_for_who_is_from_the_eu(
    coordinator: Actor, code: str, browser: Client
) -> None:
    write(coordinator, code, "legal_events", event="eu_check", on=days(-9), said_by="Advocaat")
    write(coordinator, code, "legal_events", event="aangifte", on=days(-2), said_by="AVIM")
    part = section(coordinator, code, "legal_events")
    assert [each.title for each in part.rows] == [
        "Aangifte gedaan",
        "EU: ontheffing IND gevraagd of gekregen",
    ]
    assert ("Wie zei dit?", "AVIM") in part.rows[0].facts
    assert "Vraag eerst een advocaat." in part.rows[1].note
    european = next(
        each for each in part.guidance if each.label == den_haag().care_situations["adult_eu"].label.nl
    )
    assert european.unconfirmed
    page = as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    assert "Sluitend rekent geen termijn uit." in page
    assert european.text in page


def test_the_page_of_a_row_keeps_what_was_typed_when_somebody_else_was_first(
    coordinator: Actor, code: str, browser: Client
) -> None:
    page = f"/werk/zorg/dossier/{code}/deel/debts/"
    old = {"to_whom": "Verhuurder", "revision": seen(coordinator, code).revision}
    assert browser.post(page, {**old, "to_whom": "Baas"}).status_code == 302
    back = browser.post(page, old)
    assert back.status_code == 422
    assert 'value="Verhuurder"' in back.text
    assert browser.post(page, {**old, "revision": seen(coordinator, code).revision}).status_code == 302
    assert [each.title for each in section(coordinator, code, "debts").rows] == ["Baas", "Verhuurder"]
    assert browser.post(page, {"to_whom": ""}).status_code == 422
    row = section(coordinator, code, "debts").rows[0].id
    assert 'value="Baas"' in browser.get(f"{page}{row}/").text
    assert browser.get(f"{page}zzz/").status_code == 404
    assert browser.get(f"/werk/zorg/dossier/{code}/deel/never/").status_code == 404
    assert browser.post(f"{page}{row}/weg/", {"revision": ""}).status_code == 302
    assert [each.title for each in section(coordinator, code, "debts").rows] == ["Verhuurder"]
    write(coordinator, code, "goals", step="Bel de huisarts", before=days(1))
    row = section(coordinator, code, "goals").rows[0].id
    assert browser.post(f"/werk/zorg/dossier/{code}/deel/goals/{row}/gedaan/before/", {}).status_code == 302
    assert step(coordinator, code) == "follow_file"


def test_what_looks_like_an_address_is_asked_about_and_no_bsn_is_kept(
    coordinator: Actor, code: str, browser: Client
) -> None:
    page = f"/werk/zorg/dossier/{code}/deel/safety_plan/"
    given = {"where_not": "Lindenlaan 12 in Delft"}
    back = browser.post(page, given)
    assert back.status_code == 422
    assert "Dit lijkt op een adres." in as_read(back.text)
    assert section(coordinator, code, "safety_plan").rows == ()
    assert browser.post(page, {**given, "no_place": "on"}).status_code == 302
    assert browser.post(page, {"where_not": "bsn 111222333"}).status_code == 422
    (row,) = section(coordinator, code, "safety_plan").rows
    assert row.facts == (("Waar niet komen", "Lindenlaan 12 in Delft"),)


def test_thin_mode_shows_none_of_it_and_takes_nothing(
    coordinator: Actor, code: str, browser: Client, client_for: ClientFor
) -> None:
    with acting(coordinator):
        assert file_state(coordinator.own_organisation) == "whole"
    elsewhere = samples.actor("zorg@legerdesheils.example")
    with acting(elsewhere):
        assert file_state(elsewhere.own_organisation) == "thin"
    other = client_for("zorg@legerdesheils.example")
    assert other.get(f"/werk/zorg/dossier/{code}/deel/debts/").status_code == 404
    with acting(coordinator):
        from sluitend.journeys.care_files.models import FileMode

        FileMode.objects.update(state="thin")
    assert seen(coordinator, code).whole is None
    assert "Dun dossier." in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    assert browser.get(f"/werk/zorg/dossier/{code}/deel/debts/").status_code == 404
    with pytest.raises(DomainError):
        write(coordinator, code, "debts", to_whom="Baas")


def test_each_form_to_take_along_carries_it(coordinator: Actor, code: str, browser: Client) -> None:
    write(coordinator, code, "life_areas", **PLACE)
    for number in range(60):
        write(
            coordinator,
            code,
            "contact_log",
            on=days(-number),
            channel="call",
            fact="Gebeld over de huisarts. " * 9,
        )
    pdf, as_json, sheet = (
        browser.post(f"/werk/zorg/dossier/{code}/bestand/{form}/") for form in ("pdf", "json", "csv")
    )
    assert pdf.content.startswith(b"%PDF")
    held = json.loads(as_json.content)["whole"]
    assert held[0]["values"] == PLACE
    assert len(held) == 61
    text = sheet.content.decode("utf-8-sig")
    assert "In eigen woorden: Ik slaap weer door., Zegt de persoon: Lukt bijna alleen" in text


def test_a_closed_file_keeps_the_term_of_what_it_holds(coordinator: Actor, code: str) -> None:
    _request, thin = begun(coordinator, phone="0687654321")
    write(coordinator, code, "life_areas", **PLACE)
    for each in (code, thin):
        do(coordinator, actions.close, code=each, end="safe_own", revision=None)
    kept = [seen(coordinator, each).kept_until for each in (code, thin)]
    assert kept[0] is not None
    assert kept[1] is not None
    assert kept[0].year - kept[1].year == 13
    with pytest.raises(DomainError):
        write(coordinator, code, "life_areas", **PLACE)
    assert section(coordinator, code, "life_areas").rows


def test_another_handbook_has_its_own_sections_without_code(
    coordinator: Actor, code: str, browser: Client
) -> None:
    write(coordinator, code, "debts", to_whom="Baas")
    own = changed(
        den_haag(), "file_sections", "debts", label={"nl": "Wat iemand moet betalen", "en": "To pay"}
    )
    publish_pack(own, actor_name="tests")
    assert section(coordinator, code, "debts").label == "Wat iemand moet betalen"
    assert "Wat iemand moet betalen" in browser.get(f"/werk/zorg/dossier/{code}/deel/debts/").text


def test_what_the_standard_has_too_is_counted_after_a_yes_alone(
    coordinator: Actor, code: str, browser: Client
) -> None:
    write(coordinator, code, "person", full_name=f"Mei Lin {samples.PLANT}", gender="vrouw")
    counted = f"/werk/zorg/dossier/{code}/bestand/htcds-json/"
    assert browser.post(counted).status_code == 302
    answer(coordinator, code, kind="statistics")
    taken = browser.post(counted).content.decode()
    assert json.loads(taken)["case"]["prs_Gender"] == "Feminine"
    assert samples.PLANT not in taken
