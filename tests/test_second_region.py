"""A second region is a folder: it installs, publishes and runs the main job, and no code names the first."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from sluitend.demo import embedded
from sluitend.demo.region import Person, load_people
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Track
from sluitend.journeys.cases.queries import plan_page
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports.queries import mailbox
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.organisations.models import Organisation, Role
from tests import samples
from tests.access_table import ANYONE, MAY
from tests.cli.installation import Installation
from tests.conftest import use_database
from tests.test_access_matrix import addresses

ROOT = Path(__file__).resolve().parents[1]
FIRST, SECOND = (ROOT / "packs" / name for name in ("eenheid-den-haag", "voorbeeld"))
SOURCES = ROOT / "src" / "sluitend"
# The demonstration is of the first region; the style guide shows lines of it, outside production.
OF_THE_FIRST = (SOURCES / "demo", SOURCES / "surfaces" / "styleguide", SOURCES / "static")
FOCAL, INSPECTOR = "af@grijsveen.example", "post@werkinspectie.example"
PEOPLE = (
    Person(FOCAL, "Fenna Ploeg", "GM9001", Role.FOCAL_POINT),
    Person("vervanger@grijsveen.example", "Wout Akker", "GM9001", Role.DEPUTY),
    Person(INSPECTOR, "Otto Kram", "werkinspectie", Role.PARTNER),
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
    return {
        name for name in {*places, *councils, *(part.label.nl for part in pack.subregions)} if len(name) > 2
    }


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
