"""A house style is offered by one and made public by another; what betrays or cannot be read is refused."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from PIL import Image
from tests import roles, samples
from tests.outcomes import outcome

from sluitend.journeys.administration.actions import house_style as actions
from sluitend.journeys.administration.house_words import NewStyle
from sluitend.journeys.administration.queries.house_style import has_house_style, held
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.organisations.models import Account, HouseStyle, Role
from sluitend.kernel.organisations.palette import COLOURS, Palette
from sluitend.surfaces.sender import doors

pytestmark = pytest.mark.django_db
MAKER, SECOND, REGION = "beheer@westland.example", "manager@westland.example", "regio@rsiv.example"
PAGE = "/werk/beheer/huisstijl/"
GREEN = Palette("0e5c3a", "0a4529", "e5f1ea", "9bc5ae", "ffffff", "0e5c3a")
PLAIN = NewStyle(
    name="Gemeente Westland", question="", about="", contact="", privacy="", site="", palette=GREEN
)
AGAIN = "Kies het plaatje opnieuw."
type ClientFor = Callable[[str], Client]


def sent(**changed: str) -> dict[str, Any]:
    """Return the form as it is filled in."""
    colours = {each: f"#{getattr(GREEN, each)}" for each in COLOURS}
    return {"name": "Gemeente Westland", "own_colours": "on", "do": "offer", **colours, **changed}


def offered() -> UUID:
    who = samples.actor(MAKER)
    with acting(who):
        return actions.offer_style(PLAIN, who)


def a_picture(kind: str = "PNG", *, side: int = 600) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (side, side), (14, 92, 58, 128)).save(out, format=kind)
    return out.getvalue() + b"GPS 52.0, 4.2"


def test_one_offers_another_publishes_and_each_leaves_a_line(db: None) -> None:
    maker, second = samples.actor(MAKER), samples.actor(SECOND)
    assert {line[0] for line in outcome(maker, actions.offer_style, new=PLAIN).lines} == {"house_style.offer"}
    with acting(maker):
        style_id = HouseStyle.objects.get(published=None).id
    with acting(maker), pytest.raises(DomainError, match="Een ander moet ernaar kijken"):
        actions.publish_style(style_id, maker)
    published = outcome(second, actions.publish_style, style_id=style_id)
    assert {line[0] for line in published.lines} == {"house_style.publish"}
    with acting(second), pytest.raises(Conflict):
        actions.publish_style(style_id, second)
    with acting(maker):
        assert HouseStyle.objects.get().published_by_id == second.account_id


def test_the_database_lets_nobody_publish_their_own_or_change_what_was_looked_at(db: None) -> None:
    style_id, maker = offered(), samples.actor(MAKER)
    now = "published = now()"
    with acting(maker):
        for statement, error in (
            (f"UPDATE organisations_housestyle SET {now}, published_by_id = made_by_id", IntegrityError),
            ("UPDATE organisations_housestyle SET name = 'X'", ProgrammingError),
            ("UPDATE organisations_housestyle SET colours = '}'", ProgrammingError),
        ):
            with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert HouseStyle.objects.get(pk=style_id).published is None


def test_another_organisation_sees_it_once_it_is_public(db: None) -> None:
    style_id = offered()
    with acting(samples.actor("beheer@denhaag.example")) as other:
        assert not HouseStyle.objects.exists()
        with pytest.raises(Conflict):
            actions.drop_style(style_id, other)
    with acting(samples.actor(SECOND)) as second:
        actions.publish_style(style_id, second)
    with acting(samples.actor("beheer@denhaag.example")):
        assert HouseStyle.objects.filter(pk=style_id).exists()


def test_who_has_no_door_and_who_has_no_right_offer_nothing(db: None) -> None:
    for email, error in ((SECOND, Refused), ("af@westland.example", Refused)):
        with acting(samples.actor(email)) as who, pytest.raises(error):
            actions.offer_style(PLAIN, who)


def test_what_was_offered_is_taken_back_or_sent_back(client_for: ClientFor) -> None:
    for email in (MAKER, SECOND):
        style_id = offered()
        answer = client_for(email).post(PAGE, {"do": "drop", "version": str(style_id)}, follow=True)
        assert "Niet openbaar gemaakt. Wat er stond, blijft staan." in answer.text
    with acting(samples.actor(MAKER)):
        assert not HouseStyle.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("about", "Het meldpunt voor mensenhandel in huis.", "“mensenhandel” mag niet op het eerste scherm."),
        ("name", "Loket Uitbuiting", "“Uitbuiting” mag niet op het eerste scherm."),
        ("question", "Ziet u een slachtoffer?", "“slachtoffer” mag niet op het eerste scherm."),
        ("accent", "#ffd84d", "Knoppen en links: contrast 1,"),
        ("accent", "red;}", "Schrijf een kleur als #0b5a68."),
        ("site", "javascript:alert(1)", "Een adres begint met https://"),
        ("site", "https://a@b.example", "Een adres begint met https://"),
    ],
)
def test_what_betrays_or_cannot_be_read_is_refused_with_a_proposal(
    client_for: ClientFor, field: str, value: str, said: str
) -> None:
    answer = client_for(MAKER).post(PAGE, sent(**{field: value}))
    assert answer.status_code == 422
    assert said in answer.text
    with acting(samples.actor(MAKER)):
        assert not HouseStyle.objects.exists()


def test_the_action_refuses_it_too(db: None) -> None:
    with (
        acting(samples.actor(MAKER)) as who,
        pytest.raises(DomainError, match="mag niet op het eerste scherm"),
    ):
        actions.offer_style(replace(PLAIN, name="Meldpunt mensenhandel"), who)


def test_to_look_keeps_nothing_and_shows_what_was_typed(client_for: ClientFor) -> None:
    page = client_for(MAKER).post(PAGE, sent(do="look", question="Ziet u iets geks?")).text
    assert f'href="/huisstijl/{GREEN}.css"' in page
    assert '<p class="sl-preview__big">Ziet u iets geks?</p>' in page
    with acting(samples.actor(MAKER)):
        assert not HouseStyle.objects.exists()


def test_colours_come_from_a_theme_of_nl_design_system(client_for: ClientFor) -> None:
    theme = ".gemeente { --basis-color-action-1-inverse-bg-default: #154273; --x: url(//elders.example/x) }"
    page = client_for(MAKER).post(PAGE, sent(do="take", theme=theme)).text
    assert 'value="#154273"' in page
    assert f'value="#{GREEN.hover}"' in page  # what the theme does not name stays
    assert "elders.example" not in page.partition("</textarea>")[2]
    refused = client_for(MAKER).post(PAGE, sent(do="take", theme="body { color: red }"))
    assert refused.status_code == 422
    assert "Wij vinden hier geen kleuren van NL Design System." in refused.text


def test_a_mark_is_drawn_anew_and_everybody_sees_it_once_it_is_public(client_for: ClientFor) -> None:
    given = SimpleUploadedFile("wapen.png", a_picture(), content_type="image/png")
    assert client_for(MAKER).post(PAGE, sent() | {"mark": given}).status_code == 302
    with acting(samples.actor(MAKER)):
        row = HouseStyle.objects.get()
    content = bytes(row.mark or b"")
    with Image.open(io.BytesIO(content)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (160, 160))
    assert b"GPS" not in content
    assert client_for(MAKER).get(f"{PAGE}{row.id}.jpg").content == content
    assert client_for("beheer@denhaag.example").get(f"{PAGE}{row.id}.jpg").status_code == 404
    address = f"/huisstijl/{row.id}.jpg"
    assert Client().get(address).status_code == 302
    client_for(SECOND).post(PAGE, {"do": "publish", "version": str(row.id)})
    doors.cache_clear()
    assert Client().get(address).content == content
    assert f'src="{address}"' in Client().get("/?gemeente=GM1783").text
    # It stays with the next version, unless somebody leaves it out.
    client_for(MAKER).post(PAGE, sent())
    with acting(samples.actor(MAKER)):
        assert HouseStyle.objects.get(published=None).mark
    client_for(MAKER).post(PAGE, sent(without_mark="on"))
    with acting(samples.actor(MAKER)):
        assert HouseStyle.objects.get(published=None).mark is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wapen.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("wapen.png", b"\x89PNG\r\n\x1a\nkapot"),
        ("wapen.pdf", b"%PDF-1.7"),
    ],
)
def test_a_mark_that_is_no_picture_is_refused(client_for: ClientFor, name: str, content: bytes) -> None:
    given = SimpleUploadedFile(name, content, content_type="image/png")
    answer = client_for(MAKER).post(PAGE, sent() | {"mark": given})
    assert answer.status_code == 422
    assert "plaatje" in answer.text
    assert AGAIN not in answer.text


@pytest.mark.parametrize(
    "pressed",
    [
        {"do": "look"},
        {"do": "take", "theme": ".x { --basis-color-action-1-inverse-bg-default: #154273 }"},
        {"name": "Loket Uitbuiting"},
    ],
)
def test_a_picture_that_went_with_the_page_is_asked_for_again(
    client_for: ClientFor, pressed: dict[str, str]
) -> None:
    given = SimpleUploadedFile("wapen.png", a_picture(), content_type="image/png")
    page = client_for(MAKER).post(PAGE, sent(**pressed) | {"mark": given}).text
    assert re.search(rf'id="id_mark_error".*?{AGAIN}', page, re.DOTALL)
    assert AGAIN not in client_for(MAKER).post(PAGE, sent(**pressed)).text


def test_the_second_person_hears_of_it_and_presses_once(client_for: ClientFor) -> None:
    today = client_for(SECOND).get("/werk/").text
    assert "zette een huisstijl klaar" not in today
    assert 'id="leeg"' in today
    style_id = offered()
    today = client_for(SECOND).get("/werk/").text
    assert "Ravi Sital zette een huisstijl klaar." in today
    assert 'id="leeg"' not in today
    assert "zette een huisstijl klaar" not in client_for(MAKER).get("/werk/").text
    page = client_for(SECOND).get(PAGE).text
    assert "Kijkt u mee?" in page
    assert 'name="about"' not in page
    answer = client_for(SECOND).post(PAGE, {"do": "publish", "version": str(style_id)}, follow=True)
    assert "Het staat binnen een minuut op de voordeur." in answer.text
    assert "Ravi Sital maakte hem, Wim Kester keek mee." in answer.text
    assert client_for(SECOND).post(PAGE, sent()).status_code == 404


def test_who_offers_reads_who_can_look_or_that_nobody_can(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, before = client_for(MAKER), client_for(SECOND).get(PAGE).text
    assert "Er staat niets klaar." in before
    offered()
    second = samples.actor(SECOND)
    assert f"Dit kunnen op de voordeur zetten: {Account.objects.get(pk=second.own_account).name}." in (
        " ".join(client.get(PAGE).text.split())
    )
    monkeypatch.setattr(
        "sluitend.journeys.administration.queries.house_style.colleagues", lambda *_, **__: []
    )
    assert "Nog niemand anders hier mag dit." in client.get(PAGE).text


def test_nobody_publishes_what_does_not_stand_beside_the_button(client_for: ClientFor) -> None:
    other = Account.objects.create_user("tweede@westland.example", "Joris Maas", "lang-genoeg-woord")
    roles.give(other.pk, samples.actor(MAKER).own_organisation, Role.ADMINISTRATOR)
    offered()
    button = 'value="publish"'
    assert button in client_for(other.email).get(PAGE).text
    typed = client_for(other.email).post(PAGE, sent(do="look", question="Ziet u iets geks?")).text
    assert button not in typed
    assert "Bekijk eerst wat klaarstaat" in typed


def test_who_has_no_pages_for_everybody_has_no_house_style(client_for: ClientFor) -> None:
    for page in ("/werk/", "/werk/beheer/organisaties/"):
        assert PAGE in client_for(MAKER).get(page).text
    assert PAGE in client_for(REGION).get("/werk/regio/").text
    with acting(samples.actor("zorg@shop.example")) as partner, pytest.raises(Refused):
        actions.drop_style(offered(), partner)


def test_an_organisation_without_a_door_is_absent(db: None) -> None:
    who = replace(samples.actor(MAKER), organisation_kind="partner")
    assert not has_house_style(who)
    with acting(who):
        for refused in (lambda: actions.offer_style(PLAIN, who), lambda: held(who)):
            with pytest.raises(Absent):
                refused()
