"""Sessions are those of the framework, found with a question that is put into SQL once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.surfaces.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> str:
    """Keep a session as the framework does, and return its key."""
    store = db.SessionStore()
    store["known"] = "yes"
    store.create()
    return str(store.session_key)


def test_a_session_of_before_is_still_one() -> None:
    assert SessionStore(kept())["known"] == "yes"


def test_a_session_that_ended_or_never_was_is_empty_and_gets_another_key() -> None:
    key = kept()
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    for each in (key, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"):
        store = SessionStore(each)
        assert store.get("known") is None
        store["known"] = "no"
        store.save()
        assert store.session_key != each
