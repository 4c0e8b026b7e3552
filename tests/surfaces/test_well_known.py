"""What programs ask for at a fixed address."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime


@pytest.mark.django_db
def test_search_engines_and_browsers_find_what_they_ask_for() -> None:
    robots = Client().get("/robots.txt")
    assert robots.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /werk/" in robots.text.splitlines()
    icon = Client().get("/favicon.ico")
    assert icon.status_code == 302
    assert icon.headers["Location"].endswith(".svg")
    assert Client().get("/.well-known/change-password").headers["Location"] == "/account/wachtwoord/"


@pytest.mark.django_db
def test_who_found_a_weakness_reads_whom_to_tell_only_where_somebody_was_named(
    settings: Any,
) -> None:
    settings.SLUITEND_SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SLUITEND_SECURITY_CONTACT = "mailto:veilig@westland.example"
    lines = dict(line.split(": ", 1) for line in Client().get("/.well-known/security.txt").text.splitlines())
    assert lines["Contact"] == "mailto:veilig@westland.example"
    expires = parse_datetime(lines["Expires"])
    assert expires is not None
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)
