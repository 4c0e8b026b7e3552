"""Sessions stand under a hash of their key, open with that key only, and end after twelve hours."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.surfaces.sessions import SessionStore, stored_under

pytestmark = pytest.mark.django_db


def kept() -> str:
    """Keep a session, and return its key."""
    store = SessionStore()
    store["known"] = "yes"
    store.create()
    return str(store.session_key)


def test_a_session_is_found_by_its_key_and_the_table_does_not_hold_that() -> None:
    key = kept()
    assert SessionStore(key)["known"] == "yes"
    row = Session.objects.get(session_key=stored_under(key))
    assert key not in f"{row.session_key} {row.session_data}"


def test_a_session_that_ended_or_never_was_is_empty_and_gets_another_key() -> None:
    key = kept()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for each in (key, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"):
        store = SessionStore(each)
        assert store.get("known") is None
        store["known"] = "no"
        store.save()
        assert store.session_key != each


def test_what_stands_in_the_table_is_no_key() -> None:
    assert SessionStore(stored_under(kept())).get("known") is None


def test_a_copy_under_a_key_of_ones_own_does_not_open() -> None:
    row = Session.objects.get(session_key=stored_under(kept()))
    own = "k" * 32
    Session.objects.create(
        session_key=stored_under(own), session_data=row.session_data, expire_date=row.expire_date
    )
    assert SessionStore(own).get("known") is None


def test_use_does_not_move_the_end_and_nor_does_who_writes_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = kept(), time.time()
    for minutes in range(0, 12 * 60, 20):
        monkeypatch.setattr("time.time", lambda at=now + minutes * 60: at)
        store = SessionStore(key)
        store["known"] = "yes"
        store.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(days=300))
    monkeypatch.setattr("time.time", lambda: now + settings.SESSION_COOKIE_AGE + 1)
    assert SessionStore(key).get("known") is None
    assert not Session.objects.exists()


def test_a_session_of_a_day_ahead_is_of_a_clock_that_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = kept(), time.time()
    monkeypatch.setattr("time.time", lambda: now - 86_400)
    assert SessionStore(key).get("known") is None
