"""A second region is a folder: it installs, publishes and runs the main job, and no code names the first."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.demo.region import Person, load_people
from sluitend.journeys.administration.actions import duty
from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.content import REGISTRATION
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_shares import actions as care_shares
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Track
from sluitend.journeys.cases.queries import plan_page
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports.queries import mailbox
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.shelter.nights import clock_of, night_of
from sluitend.kernel.access.acting import NOBODY, Actor, acting
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.organisations.models import Account, Organisation, Role
from tests import samples
from tests.access_table import ANYONE, MAY
from tests.cli.installation import Installation
from tests.conftest import use_database
from tests.reading import as_read
from tests.test_access_matrix import addresses

ROOT = Path(__file__).resolve().parents[1]
FIRST, SECOND = (ROOT / "packs" / name for name in ("eenheid-den-haag", "voorbeeld"))
SOURCES = ROOT / "src" / "sluitend"
# The demonstration is of the first region; the style guide shows lines of it, outside production.
OF_THE_FIRST = (SOURCES / "demo", SOURCES / "surfaces" / "styleguide", SOURCES / "static")
FOCAL, INSPECTOR = "af@grijsveen.example", "post@werkinspectie.example"
CARE, SUPPORT, ADMINISTRATOR = "zorg@wilg.example", "hulp@els.example", "beheer@wilg.example"
PEOPLE = (
    Person(FOCAL, "Fenna Ploeg", "GM9001", Role.FOCAL_POINT),
    Person("vervanger@grijsveen.example", "Wout Akker", "GM9001", Role.DEPUTY),
    Person(INSPECTOR, "Otto Kram", "werkinspectie", Role.PARTNER),
    Person(CARE, "Tess Wijnand", "opvang_de_wilg", Role.PARTNER),
    Person(SUPPORT, "Jip Lommers", "opvang_de_els", Role.PARTNER),
    Person(ADMINISTRATOR, "Cor Veldkamp", "opvang_de_wilg", Role.ADMINISTRATOR),
)


@pytest.fixture
def second_region(
    server: embedded.Server,
    schema_version: str,
    database_name: str,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
) -> Iterator[None]:
    """An installation of the second region, made by an administrator’s commands; Django here is on it."""
    name, keys, before = f"{database_name}_second", tmp_path / "keys", settings.SLUITEND_KEYS
    server.create_database(name)
    installation = Installation(server, name, keys, tmp_path, {"SLUITEND_PACK": str(SECOND)})
    for words, role in (
        (("migrate",), "SLUITEND_OWNER_URL"),
        (("prepare",), "DATABASE_URL"),
        (("organisation", "add", "--from-pack"), "DATABASE_URL"),
    ):
        done = installation.run(*words, urls={"DATABASE_URL": installation.urls(role)[role]})
        assert done.returncode == 0, done.stdout + done.stderr
    with django_db_blocker.unblock():
        use_database(server.url("sl_owner", name), keys)
        load_people(PEOPLE, "wachtwoord-voor-de-proef")
        use_database(server.url("sl_app", name), keys)
        release.cache_clear()
        yield
        connections.close_all()
        use_database(server.url("sl_app", database_name), before)
        release.cache_clear()
    server.drop_database(name)


def test_a_second_region_runs_the_main_job_without_a_line_of_code(second_region: None) -> None:
    pack = current_release().pack
    assert pack == load_pack(SECOND)
    kinds = {row.code: row.kind for row in Organisation.objects.exclude(kind="platform")}
    assert {code for code, kind in kinds.items() if kind == "municipality"} == {"GM9001", "GM9002", "GM9003"}
    assert [code for code, kind in kinds.items() if kind == "region"] == ["regiobureau"]
    assert "andere_gemeente" not in kinds
    who, inspector = samples.actor(FOCAL), samples.actor(INSPECTOR)

    told = samples.content(where="Ploegweg 3, Klein Grijsveen", form="werk")
    report, receipt = samples.file_report(
        Organisation.objects.get(code=pack.municipality_for_place(told.where).id),  # type: ignore[union-attr]
        told=told,
    )
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    assert "werkinspectie" in asked(case)
    samples.compose(case, who, "werk_melden")
    referral = samples.refer(case, who, partner="werkinspectie")
    with acting(inspector):
        referrals.accept(code=referral, actor=inspector)
    with acting(inspector):
        referrals.feed_back(code=referral, answer="afgesloten", actor=inspector)
    with acting(who):
        referrals.handle_answer(code=referral, tell="opgepakt", actor=who)
    close(case)
    with acting(NOBODY):
        view = mailbox(receipt)
    assert view is not None
    assert view.done
    assert pack.outcomes["partner_acts"].to_reporter.nl in [message.text for message in view.messages]

    public_pages_are_there()
    care_runs()


def public_pages_are_there() -> None:
    """Open every page for everybody that asks for nothing of the region: a small pack leaves none broken."""
    for address in addresses():
        if MAY.get(address.name) == ANYONE and "<" not in address.route and address.name != "readyz":
            answer = Client().get(f"/{address.route}")
            assert answer.status_code in (200, 302, 405), (address.name, answer.status_code)
    for code in ("nl", "en"):
        for page in ("", "klopt-het/", "waar/", "kaart/", "loon/"):
            assert Client().get(f"/werken-en-wonen/{code}/{page}").status_code in (200, 404), page
    for role in current_release().pack.roles:
        assert Client().get(f"/handboek/kaarten/rol/{role.id}/").status_code == 200
    for form in current_release().pack.forms:
        assert Client().get(f"/handboek/vormen/{form.id}/").status_code == 200


def care_runs() -> None:
    """Let somebody ask for help and get a file, a place, support and a task, each word from the folder."""
    pack, today = current_release().pack, timezone.localdate()
    carer, support, town = (samples.actor(each) for each in (CARE, SUPPORT, FOCAL))
    request, _receipt = samples.ask_for_help(where="GM9003", call_name="Mei", language="Mandarijn")
    do(carer, care.take_on, code=request)
    search = do(carer, shelter.start, request=request, wish=shelter.Wish("adult", 1, "rivierkant"))
    night = night_of(timezone.now(), clock_of(pack))
    do(carer, shelter.set_night, code=search, night=night, state="bridged")
    file = do(carer, care.open_file, code=request)
    do(samples.actor(ADMINISTRATOR), care_files.switch_on)
    duty_of = {"first": today, "last": today + timedelta(days=6), "telephone": "000 00 00"}
    do(carer, duty.put_on_call, account_id=carer.own_account, **duty_of)
    agreed = care_files.Agreed(
        kind="help_agreement", answer="yes", on=today.isoformat(), form="paper", language="nl"
    )
    do(carer, care_files.answer, code=file, agreed=agreed, revision=None)
    registered = replace(agreed, kind="registration", signed_by="de persoon", age_band="adult")
    do(carer, care_files.answer, code=file, agreed=registered, revision=None)
    back = read(CARE, f"/werk/zorg/dossier/{file}/terugnemen/registration/")
    assert "Er gaat niets meer naar Landelijk Bureau Voorbeeld." in back
    written = {"area": "home", "sentence": "Ik slaap weer door.", "word": "good"}
    do(carer, care_files.write_part, code=file, section="feeling", row="", values=written, revision=None)

    helped = shared(carer, file, what="support", to="opvang_de_els", chosen="call_name language")
    do(support, care_shares.accept, code=helped)
    do(support, care_shares.answer, code=helped, reply="gestart")
    week = (today + timedelta(days=7)).isoformat()
    tasked = shared(carer, file, what="task", to="GM9001", task="income", name="Mei Lin", before=week)
    do(town, care_shares.accept, code=tasked)
    do(town, care_shares.answer, code=tasked, reply="taak_geregeld")

    labels = pack.care_replies["gestart"], pack.town_tasks["income"], pack.night_states["bridged"]
    started, income, bridged = (each.label.nl for each in labels)
    page = read(CARE, f"/werk/zorg/dossier/{file}/")
    assert "Ik slaap weer door." in page
    assert "Ondersteuning: <strong>Opvang De Els</strong> (Rivierkant)" in page
    assert started in read(CARE, f"/werk/gedeeld/{helped}/")
    assert income in read(FOCAL, f"/werk/gedeeld/{tasked}/")
    assert bridged in read(CARE, f"/werk/zorg/plek/{search}/")
    assert "Tess Wijnand" in read(CARE, "/werk/dienst/")
    assert pack.request.fields[0].label.nl in as_read(Client().get("/hulp-vragen/").text)


def do(who: Actor, action: Callable[..., Any], **given: Any) -> Any:
    """Do something as somebody."""
    with acting(who):
        return action(actor=who, **given)


def shared(who: Actor, file: str, **wanted: str) -> str:
    """Share something of a file by an agreement of two months, and return the code of what went."""
    until = (timezone.localdate() + timedelta(days=60)).isoformat()
    share = care_files.Share(
        recipient=wanted["to"], until=until, answer="yes", form="paper", language="nl", **wanted
    )
    do(who, care_files.share, code=file, wanted=share, revision=None)
    with acting(who):
        made = opened(file, who).consents.shares[-1].id
    return do(who, care_files.send, code=file, share=made)  # type: ignore[no-any-return]


def read(email: str, address: str) -> str:
    """Return a page as somebody reads it."""
    browser = Client()
    browser.force_login(Account.objects.get(email=email))
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return as_read(answer.text)


def asked(case: str) -> set[str]:
    """Return whom the plan of a case asks."""
    who = samples.actor(FOCAL)
    with acting(who):
        page = plan_page(case, who)
    return {each.party.partner for each in page.plan.actions if each.party.partner}


def close(case: str) -> None:
    """Close the tracks and the case."""
    who = samples.actor(FOCAL)
    why, words = "andere_reden", "Klaar"
    with acting(who):
        tracks = set(Track.objects.filter(case__code=case).values_list("kind", flat=True))
    for track, outcome in (("person", "no_person"), ("place", "partner_acts")):
        if track in tracks:
            with acting(who):
                cases.close_track(
                    actor=who, code=case, track=track, outcome=outcome, reason=why, sentence=words
                )
    with acting(who):
        cases.close_case(
            actor=who, code=case, outcome="partner_acts", tell="outcome", reason=why, sentence=words
        )


def names_of_the_first() -> set[str]:
    """Return what people of the first region call its places, municipalities and parts, with their codes."""
    pack = load_pack(FIRST)
    places = {name for place in pack.places for name in (place.name, *place.aliases)}
    councils = {name for one in pack.municipalities for name in (one.id, one.name, *one.aliases)}
    parts = {part.label.nl for part in pack.subregions}
    registers = {
        text.recipient.nl for text in pack.care_consents if text.id == REGISTRATION and text.recipient
    }
    return {name for name in {*places, *councils, *parts, *registers} if len(name) > 2}


def ids_of_the_first() -> set[str]:
    """Return the ids that only the first region has: of its partners, what they do, parts and forms."""
    first, second = (ids_in(load_pack(folder)) for folder in (FIRST, SECOND))
    return first - second


def ids_in(pack: Pack) -> set[str]:
    """Return the ids of a pack that no code may know."""
    groups = {work.group for partner in pack.partners for work in partner.works}
    return {*pack.subregions.ids, *pack.partners.ids, *pack.forms.ids, *groups}


def test_no_code_and_no_page_names_the_first_region() -> None:
    names = "|".join(re.escape(name) for name in sorted(names_of_the_first(), key=len, reverse=True))
    ids = "|".join(map(re.escape, ids_of_the_first()))
    named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])|^(?:{ids})$|[\"'](?:{ids})[\"']")
    found = [
        (str(path.relative_to(SOURCES)), hit.group())
        for path in sorted(SOURCES.rglob("*"))
        if path.suffix in (".py", ".html", ".txt", ".typ") and not set(OF_THE_FIRST) & set(path.parents)
        for words in words_in(path)
        for hit in named.finditer(words)
    ]
    assert found == []


def words_in(path: Path) -> Iterator[str]:
    """Yield what a file says to the program or to people: the strings of code, or all of a page."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield text
        return
    tree = ast.parse(text)
    explained = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.value


def test_the_second_region_names_nothing_of_the_first() -> None:
    first = load_pack(FIRST)
    names = names_of_the_first() | {partner.label.nl for partner in first.partners}
    named = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in names))
    found = {
        (path.name, hit.group())
        for path in SECOND.rglob("*.yaml")
        for hit in named.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_every_number_and_address_of_the_second_region_is_invented() -> None:
    pack = load_pack(SECOND)
    assert [line.id for line in pack.help_lines if line.public] == ["112"]
    assert all(re.fullmatch("GM9[0-9]{3}", code) for code in pack.municipalities.ids)
    assert not any(partner.channel_confirmed or partner.confirmed for partner in pack.partners)
    assert all(".example/" in reference.address for reference in pack.references)
    # The lowest postcode that is given out is 1011.
    assert all(area.last < 1011 for place in pack.places for area in place.postcodes)
