"""A copy for the person: in their language, without anybody's name, on paper after a yes alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from tests import samples
from tests.journeys.care_files.test_appointments import make, moment
from tests.journeys.care_files.test_consents import answer, share
from tests.journeys.care_files.test_endings import at, close
from tests.journeys.care_files.test_files import COORDINATOR, ClientFor, add, begun, do, step
from tests.kernel.handbook.changing import changed
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.copy_words import LANGUAGES
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.copying import prints
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(region: Any, monkeypatch: pytest.MonkeyPatch) -> Actor:
    at(monkeypatch, "2026-12-01")
    return samples.actor(COORDINATOR)


@pytest.fixture
def browser(coordinator: Actor, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


@pytest.fixture(autouse=True)
def _releases() -> Iterator[None]:
    # A test's releases are rolled back, so what the process remembers of them must go too.
    release.cache_clear()
    yield
    release.cache_clear()


def copies(code: str) -> str:
    return f"/werk/zorg/dossier/{code}/afschrift/"


def made(browser: Client, code: str, language: str = "nl", safe: str = "yes") -> str:
    """Make a copy, and return its address."""
    response = browser.post(copies(code), {"language": language, "safe": safe})
    assert response.status_code == 302
    return str(response["Location"])


def read(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return as_read(response.text)


def on_copy(actor: Actor, code: str, language: str = "nl") -> dict[str, list[str]]:
    """Return what stands on a copy under each heading."""
    copy = do(actor, actions.give_copy, code=code, language=language, safe="yes")
    page = do(actor, queries.copy_page, code=code, copy=copy)
    return {
        section.heading.text: [
            *filter(None, [section.note]),
            *(words.text for line in section.lines for words in (line.label, *line.words)),
        ]
        for section in page.sections
    }


def lines(actor: Actor) -> list[tuple[str, str]]:
    with acting(actor):
        found = Event.objects.filter(action="care_file.copy")
        return sorted(found.values_list("action", "purpose"))


def test_a_copy_says_what_is_kept_and_agreed(coordinator: Actor) -> None:
    code = begun(coordinator, language="Pools")[1]
    answer(coordinator, code, kind="help_agreement", age_band="")
    answer(coordinator, code, kind="statistics", age_band="adult")
    do(coordinator, actions.withdraw, code=code, what="statistics")
    share(coordinator, code, not_to="mijn broer")
    make(coordinator, code, moment("2026-12-03"), interpreter="sworn_phone")
    make(coordinator, code, moment("2026-12-02"))
    said = on_copy(coordinator, code)
    assert said["Wie u bent"] == [
        *("Zo wilt u heten", f"Mei {samples.PLANT}", "Leeftijd", "18 of ouder"),
        *("Taal", "Pools", "Gebied", "Haaglanden"),
    ]
    assert said["Zo nemen wij contact op"] == [
        *("Alleen zo: Bellen", samples.PLANTED_PHONE, "Op werkdagen", "10:00–12:00"),
        "Wij laten geen bericht achter.",
    ]
    answers = said["Wat u hebt geantwoord"]
    assert answers[:4] == [
        "Hulp en een dossier",
        "U zei ja. Dit mag.",
        "Uw antwoord is van 1 december 2026.",
        "Mogen wij u helpen en een dossier maken?",
    ]
    assert "Alleen mensen van onze organisatie die u helpen, lezen het." in " ".join(answers)
    assert "U nam dit terug op 1 december 2026." in answers
    assert answers.count("Dit is nog niet gevraagd.") == 2
    assert said["Met wie wij iets delen"] == [
        *("Huisarts", "U zei ja. Dit mag.", "Uw antwoord is van 1 december 2026."),
        *("Wat: dat er hulp is.", "Waarvoor: een afspraak.", "Wie dit niet mag weten: mijn broer."),
        "Tot en met 1 maart 2027.",
    ]
    assert said["Afspraken"] == [
        *("2 december 2026, 11:00", "Advocaat", "Bij de ander"),
        *("3 december 2026, 11:00", "Advocaat", "Bij de ander", "Met een tolk."),
    ]
    assert said["Hoe lang wij dit bewaren"] == ["Zolang wij u helpen. Aantal maanden daarna: 24."]


def test_where_there_is_nothing_it_says_so(coordinator: Actor) -> None:
    code = begun(coordinator, safe_contact="weet_niet")[1]
    said = on_copy(coordinator, code)
    assert said["Zo nemen wij contact op"] == ["Er is nog niets afgesproken."]
    assert said["Met wie wij iets delen"] == ["Er is niets afgesproken om te delen."]
    assert said["Afspraken"] == ["Er staan geen afspraken."]


def test_rules_are_said_to_the_person(coordinator: Actor) -> None:
    code = begun(coordinator, safe_contact="weet_niet")[1]
    add(
        coordinator,
        code,
        channel="call",
        effect="allowed",
        voicemail="yes",
        say_what="nothing",
        start="18:00",
    )
    add(coordinator, code, channel="through_somebody", effect="only", through_whom="de school")
    add(coordinator, code, channel="app", effect="never", check_on="2027-02-01")
    do(coordinator, actions.stop_contact, code=code, until=moment("2026-12-05").date(), revision=None)
    assert on_copy(coordinator, code)["Zo nemen wij contact op"] == [
        "Geen contact tot 5 december 2026.",
        *("Mag: Bellen", "18:00–24:00", "Een bericht inspreken mag."),
        "Neemt iemand anders op? Wij zeggen niets en hangen op.",
        *("Alleen zo: Via iemand", "de school"),
        *("Nooit: Bericht in een app", "Wij vragen dit opnieuw op 1 februari 2027."),
    ]


def test_who_looked_is_told_as_functions_and_never_by_name(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator)[1]
    make(coordinator, code, moment("2026-12-03"))
    for _time in range(2):
        browser.get(f"/werk/zorg/dossier/{code}/")
    browser.post(f"/werk/zorg/dossier/{code}/bestand/pdf/")
    address = made(browser, code)
    page = read(browser, address)
    said = on_copy(coordinator, code)["Wie uw dossier zagen"]
    assert said[:3] == [
        "Hier staan functies, geen namen.",
        "Medewerkers van de organisatie die u helpt",
        "Aantal mensen: 1.",
    ]
    (times,) = re.findall(r"^Gelezen, aantal keren: (\d+)\. Laatste keer: 1 december 2026\.$", said[3])
    assert int(times) >= 3
    assert said[4] == "Bestand gemaakt, aantal keren: 1. Laatste keer: 1 december 2026."
    assert said[5].startswith("Afschrift gemaakt, aantal keren: ")
    own = page[page.index('<h1 class="utrecht-heading-1">Afschrift') : page.index("</main>")]
    worker = Account.objects.get(email=COORDINATOR)
    assert [each for each in (worker.name, worker.email, "SHOP") if each in own] == []


def test_who_stood_in_from_elsewhere_is_told_apart(coordinator: Actor) -> None:
    code = begun(coordinator)[1]
    with acting(coordinator):
        subject = ("care_file", CareFile.objects.get(code=code).id)
        record(
            actor=replace(coordinator, stands_in_from=coordinator.own_organisation),
            action=CARE_FILE_READ,
            subject=subject,
            activity="zorg",
        )
    assert on_copy(coordinator, code)["Wie uw dossier zagen"][-3:] == [
        *("Vervangers van een andere organisatie", "Aantal mensen: 1."),
        "Gelezen, aantal keren: 1. Laatste keer: 1 december 2026.",
    ]


def test_nobody_else_and_no_place_stands_on_it(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator, asker_name="Loes van Dam", asker_mail="loes@praktijk.example")[1]
    make(coordinator, code, moment("2026-12-03"), place="de kamer achterin")
    do(coordinator, actions.note_contact, code=code, channel="visit", reached="yes", against="Zij belde Loes")
    words = str(on_copy(coordinator, code))
    assert "Loes" not in words
    assert "achterin" not in words
    assert "Loes" not in read(browser, made(browser, code))


def test_a_whole_file_tells_its_goals_and_not_who_does_them(coordinator: Actor) -> None:
    code = samples.care_file()
    values = {"step": "Bel de bank", "own_words": "Ik wil mijn eigen geld.", "who": "Joris"}
    more = {"area": "money", "before": "2026-12-20", "state": "open"}
    do(
        coordinator,
        actions.write_part,
        code=code,
        section="goals",
        row="",
        values={**values, **more},
        revision=None,
    )
    said = on_copy(coordinator, code)
    assert said["Doelen en stappen"][-5:] == [
        *("Bel de bank", "Ik wil mijn eigen geld.", "Levensgebied: Geld en schulden"),
        *("Vóór: 20 december 2026", "Stand: Open"),
    ]
    assert "Joris" not in str(said)
    assert "Hoe gaat het, in eigen woorden" not in said
    assert said["Hoe lang wij dit bewaren"] != ["Zolang wij u helpen. Aantal maanden daarna: 24."]


def test_what_the_handbook_says_is_in_the_language_that_it_has(coordinator: Actor) -> None:
    code = samples.care_file()
    copy = do(coordinator, actions.give_copy, code=code, language="zh", safe="yes")
    page = do(coordinator, queries.copy_page, code=code, copy=copy)
    (goals,) = (each for each in page.sections if each.heading.language == "en")
    assert goals.heading.text == "Goals and steps"
    (line,) = goals.lines
    assert (line.label.text, line.label.language) == (f"Bel de huisarts {samples.PLANT}", "")
    assert [(each.text, each.language) for each in line.words] == [("Before: 1 December 2026", "en")]
    assert page.notices[0] == "这是2026年12月1日记录的内容。"


def test_a_language_without_shapes_on_paper_stays_on_the_screen(coordinator: Actor, browser: Client) -> None:
    assert [each for each in LANGUAGES if not prints(each)] == ["ti", "zh"]
    code = begun(coordinator)[1]
    address = made(browser, code, "zh")
    assert "deze taal kan nog niet op papier" in read(browser, address)
    assert browser.post(f"{address}pdf/").status_code == 404
    assert ("care_file.copy", "paper") not in lines(coordinator)


@pytest.mark.parametrize("safe", ["no", "unknown"])
def test_without_a_yes_there_is_no_paper(safe: str, coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator)[1]
    address = made(browser, code, safe=safe)
    page = read(browser, address)
    assert "Alleen op het scherm" in page
    assert f"{address}pdf/" not in page
    assert browser.post(f"{address}pdf/").status_code == 404
    with pytest.raises(Absent):
        do(coordinator, queries.printed_copy, code=code, copy=address.split("/")[-2])
    assert lines(coordinator) == [("care_file.copy", "screen")] * 2


def test_nothing_is_chosen_beforehand_but_the_language_that_the_file_says(
    browser: Client, coordinator: Actor
) -> None:
    code = begun(coordinator, language="Pools")[1]
    page = read(browser, copies(code))
    assert '<option value="pl" selected>Pools (Polski)</option>' in page
    assert "checked" not in page
    assert browser.post(copies(code), {"language": "pl"}).status_code == 422
    assert browser.post(copies(code), {"language": "xx", "safe": "yes"}).status_code == 422
    with pytest.raises(Conflict):
        do(coordinator, actions.give_copy, code=code, language="xx", safe="yes")
    assert lines(coordinator) == []


def test_each_making_stands_in_the_ledger_and_in_the_file(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator)[1]
    before = step(coordinator, code)
    address = made(browser, code, "pl")
    read(browser, address)
    assert browser.get(f"{address}pdf/").status_code == 405
    pdf = browser.post(f"{address}pdf/")
    assert pdf["Content-Disposition"] == 'attachment; filename="afschrift.pdf"'
    assert lines(coordinator) == [
        *[("care_file.copy", "paper")] * 2,
        *[("care_file.copy", "screen")] * 2,
    ]
    made(browser, code, "en", "no")
    page = read(browser, copies(code))
    assert page.index("Dinsdag 1 december 2026, Engels: op het scherm") < page.index(
        "Dinsdag 1 december 2026, Pools (Polski): op papier"
    )
    assert step(coordinator, code) == before


def test_a_copy_is_of_its_day_and_asks_anew_about_paper_tomorrow(
    coordinator: Actor, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = begun(coordinator)[1]
    copy = do(coordinator, actions.give_copy, code=code, language="nl", safe="yes")
    at(monkeypatch, "2026-12-02")
    for verb in (queries.copy_page, queries.printed_copy, actions.print_copy):
        with pytest.raises(Absent):
            do(coordinator, verb, code=code, copy=copy)


def test_a_closed_file_gives_a_copy_until_it_is_destroyed(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator)[1]
    answer(coordinator, code, kind="help_agreement", age_band="")
    close(coordinator, code, "safe_own")
    with acting(coordinator):
        assert CareFile.objects.get(code=code).closed
    assert copies(code) in browser.get(f"/werk/zorg/dossier/{code}/").text
    address = made(browser, code)
    assert "Tot 1 december 2028. Daarna verwijderen wij het." in read(browser, address)
    assert browser.post(f"{address}pdf/").content.startswith(b"%PDF")


@pytest.mark.parametrize("who", ["avim@politie.example", "zorg@legerdesheils.example", "af@denhaag.example"])
def test_who_works_elsewhere_makes_none(who: str, coordinator: Actor, client_for: ClientFor) -> None:
    code = begun(coordinator)[1]
    copy = do(coordinator, actions.give_copy, code=code, language="nl", safe="yes")
    browser = client_for(who)
    for address in (copies(code), f"{copies(code)}{copy}/"):
        assert browser.get(address).status_code == 404
    assert browser.post(copies(code), {"language": "nl", "safe": "yes"}).status_code == 404
    assert browser.post(f"{copies(code)}{copy}/pdf/").status_code == 404
    assert lines(coordinator) == [("care_file.copy", "screen")]


@pytest.mark.parametrize(
    ("language", "heading"), [("nl", "Afschrift"), ("en", "Copy"), ("pl", "Odpis"), ("ar", "نسخة")]
)
def test_paper_tells_nothing_outside_and_is_in_the_language(
    language: str, heading: str, coordinator: Actor, browser: Client
) -> None:
    code = begun(coordinator)[1]
    content = browser.post(f"{made(browser, code, language)}pdf/").content
    pdf = pikepdf.open(BytesIO(content))
    assert str(pdf.docinfo["/Title"]) == heading
    assert str(pdf.Root.Lang) == language
    assert "/Author" not in pdf.docinfo
    assert "/XObject" not in pdf.pages[0].Resources, "no logo"
    with pdf.open_metadata() as metadata:
        known: Any = metadata
        assert known["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert code.encode() not in content


def test_a_page_says_its_direction_and_of_each_text_its_language(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator, language="Arabisch")[1]
    answer(coordinator, code, kind="help_agreement", age_band="")
    page = read(browser, made(browser, code, "ar"))
    assert '<div class="sl-stack" lang="ar" dir="rtl">' in page
    assert "هذا النص غير متوفر بلغتك بعد." in page
    assert '<bdi dir="ltr" lang="nl">Mogen wij u helpen en een dossier maken?</bdi>' in page
    assert f'<bdi dir="ltr" lang="">Mei {samples.PLANT}</bdi>' in page
    assert "هذه الترجمة" in page


def test_a_text_that_a_person_read_in_the_language_stands_there_in_it(coordinator: Actor) -> None:
    pack = current_release().pack
    own = pack.care_consents["help_agreement"]
    polish = {
        "title": {**own.title.root, "pl": "Czy możemy?"},
        "text": {**own.text.root, "pl": "{organisatie}!"},
    }
    seen = [{"language": "pl", "by": "Anna Nowak", "on": "2026-12-01"}]
    publish_pack(changed(pack, "care_consents", own.id, **polish, reviewed=seen), actor_name="tests")
    code = begun(coordinator)[1]
    answer(coordinator, code, kind="help_agreement", age_band="")
    said = on_copy(coordinator, code, "pl")["Co Pan/Pani odpowiedział/a"]
    assert said[1:5] == [
        *("Odpowiedź: tak. To wolno.", "Data odpowiedzi: 1 grudnia 2026."),
        *("Czy możemy?", "nasza organizacja!"),
    ]
