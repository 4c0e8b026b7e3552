"""What nobody gets out of any address: a script, another host, an error, a form without its token.

The addresses come from the URL map, so that a new one is tried as well.
"""

from collections.abc import Callable
from itertools import product
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings

from sluitend.kernel.organisations.models import Account
from tests import samples, tiers
from tests.attacks.everywhere import (
    ELSEWHERE,
    STRANGE_PIECES,
    amiss,
    amiss_on_page,
    bent,
    browser,
    every_address,
    path_of,
)
from tests.test_access_matrix import PEOPLE

pytestmark = pytest.mark.django_db

SCRIPT = f"<script src=//{ELSEWHERE}></script>"
OUTSIDE = (f"//{ELSEWHERE}/x", f"https:{ELSEWHERE}", f"/\\{ELSEWHERE}", f"javascript:alert({ELSEWHERE!r})")
NAMES = ("next", "weg", "terug", "url", "redirect", "return_to")
FORWARDED = {
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Server": ELSEWHERE,
    "Forwarded": f"host={ELSEWHERE}",
    "X-Original-URL": "/werk/",
    "X-Rewrite-URL": "/werk/",
    "Referer": f"https://{ELSEWHERE}/{SCRIPT}",
}
ROLES = tiers.either(
    ("focal_point", None), ("focal_point", "recipient", "administrator", "privacy_officer", None)
)


def hostile(number: int) -> dict[str, str]:
    """Return parameters with a script in one and another host in each that could be followed."""
    return {"q": SCRIPT, "code": SCRIPT, **{name: OUTSIDE[number % len(OUTSIDE)] for name in NAMES}}


def every(
    sample: samples.Sample, ask: Callable[[int, str], Any], wrong: Callable[[Any], list[str]]
) -> list[str]:
    """Ask each address, and return what is wrong with which."""
    found = []
    for number, address in enumerate(every_address()):
        path = path_of(address, sample)
        found += [f"{address.name} {path}: {what}" for what in wrong(ask(number, path))]
    return found


def shown(response: Any) -> list[str]:
    """Return what is wrong, and whether the script came back as it was sent."""
    text = b"" if response.streaming else response.content
    return [*amiss(response), *(["reflects a script"] if SCRIPT.encode() in text else [])]


@pytest.mark.parametrize("who", ROLES)
def test_no_address_gives_back_what_is_hostile(sample: samples.Sample, who: str | None) -> None:
    client = browser(who)

    def get(number: int, path: str) -> Any:
        return client.get(path, hostile(number), headers=FORWARDED)

    assert every(sample, get, lambda answer: [*shown(answer), *amiss_on_page(answer, who)]) == []


# No database holds the first two, and no number is as large as the third.
UNSAYABLE = ("%00", "a%00b", "9" * 60)
UNSAID = tiers.either([("recipient", "a%00b"), (None, "9" * 60)], list(product(ROLES, UNSAYABLE)))


@pytest.mark.parametrize(("who", "sign"), UNSAID)
def test_what_no_database_holds_is_no_error_in_address_query_or_form(
    sample: samples.Sample, who: str | None, sign: str
) -> None:
    client, typed = browser(who), unquote(sign)

    def ask(_number: int, path: str) -> Any:
        if "uitloggen" in path:
            return client.get(path)
        bent = path.replace("/x/", f"/{sign}/").replace("/1/", f"/{sign}/")
        answers = [
            client.get(bent, dict.fromkeys(NAMES, typed)),
            client.post(bent, dict.fromkeys(NAMES, typed) | {"code": typed, "take": typed, "do": typed}),
        ]
        return max(answers, key=lambda answer: answer.status_code)

    def wrong(response: Any) -> list[str]:
        return [f"status {response.status_code}"] if response.status_code >= 500 else []

    assert every(sample, ask, wrong) == []


def test_a_strange_piece_of_an_address_is_no_error(sample: samples.Sample) -> None:
    """`make prove` tries each of them in each address, as everybody."""
    found, tried = [], 0
    for who in ("focal_point", None):
        client = browser(who)
        for number, address in enumerate(every_address()):
            for path in bent(address, sample, STRANGE_PIECES[number % len(STRANGE_PIECES)]):
                tried += 1
                found += [f"{path[:80]}: {what}" for what in amiss(client.get(path))]
    assert tried > 100
    assert found == []


def test_an_address_for_a_button_says_so_in_words(sample: samples.Sample) -> None:
    for who, back in (("focal_point", "/werk/"), (None, "/")):
        answer = browser(who).get("/uitloggen/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "Zo opent deze pagina niet" in answer.text
        assert f'href="{back}"' in answer.text


@pytest.mark.parametrize("who", tiers.either(["recipient", None], ["focal_point", "recipient", None]))
def test_no_form_gives_back_what_is_hostile(sample: samples.Sample, who: str | None) -> None:
    client = browser(who)

    def post(number: int, path: str) -> Any:
        answer = client.post(path, hostile(number) | {"language": "nl"}, headers=FORWARDED)
        if who and "uitloggen" in path:
            client.force_login(Account.objects.get(email=PEOPLE[who]))
        return answer

    assert every(sample, post, lambda answer: [*shown(answer), *amiss_on_page(answer, who)]) == []


@pytest.mark.parametrize("who", tiers.either(["focal_point", None], ["focal_point", "administrator", None]))
def test_no_form_is_taken_from_another_site(sample: samples.Sample, who: str | None) -> None:
    client = browser(who, enforce_csrf_checks=True)
    sites = (
        {"Origin": f"https://{ELSEWHERE}"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Referer": f"https://{ELSEWHERE}/testserver"},
    )

    def post(number: int, path: str) -> Any:
        return client.post(path, {"x": "y"}, headers=sites[number % len(sites)])

    assert (
        every(sample, post, lambda answer: [] if answer.status_code == 400 else [str(answer.status_code)])
        == []
    )


def test_no_form_of_the_desk_is_taken_without_its_token(sample: samples.Sample) -> None:
    """Not even from our own pages: that is only for who has no cookie."""
    client = browser("focal_point", enforce_csrf_checks=True)

    def post(_number: int, path: str) -> Any:
        return client.post(
            path, {"x": "y"}, headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
        )

    def wrong(answer: Any) -> list[str]:
        desk = answer.request["PATH_INFO"].startswith(("/werk/", "/account/", "/uitloggen/", "/inloggen/"))
        return [str(answer.status_code)] if desk and answer.status_code != 400 else []

    assert every(sample, post, wrong) == []


@pytest.mark.parametrize(
    "host",
    [ELSEWHERE, f"testserver.{ELSEWHERE}", f"testserver@{ELSEWHERE}", f"testserver:80,{ELSEWHERE}", "[::1]x"],
)
def test_another_name_for_the_server_is_refused(client: Any, db: None, host: str) -> None:
    answer = client.get("/inloggen/", headers={"host": host})
    assert answer.status_code == 400
    assert ELSEWHERE not in answer.text
    assert list(amiss(answer)) == []


@pytest.mark.parametrize(
    "path",
    [
        f"/%5C{ELSEWHERE}/werk",
        f"/{SCRIPT}/",
        "/werk/%0d%0aSet-Cookie:a=b/",
        "/werk/casussen/" + "x" * 3000 + "/",
        "/melden/%00/",
        "/melden/\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_strange_address_is_not_there(sample: samples.Sample, path: str) -> None:
    for who in ("focal_point", None):
        answer = browser(who).get(path)
        assert answer.status_code in (301, 302, 404), path
        assert [each for each in amiss(answer) if "status" not in each] == []
        assert SCRIPT not in answer.text
        assert "Set-Cookie" not in answer.headers


def test_mail_names_only_the_configured_address() -> None:
    """What a request says of its host reaches no mail: the address is of the settings."""
    source = [path.read_text() for path in (settings.ROOT / "src").rglob("*.py")]
    assert not [text for text in source if "build_absolute_uri" in text or "get_current_site" in text]
