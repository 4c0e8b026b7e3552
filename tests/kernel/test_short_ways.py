"""What is done the short way is what the library does."""

import threading

from django.utils.translation import get_language, override, trans_real


def test_a_language_is_that_of_one_thread() -> None:
    heard: list[str | None] = []
    with override("en"):
        assert get_language() == "en"
        other = threading.Thread(target=lambda: heard.append(get_language()))
        other.start()
        other.join()
        with override("nl"):
            assert get_language() == "nl"
        assert get_language() == "en"
    assert heard == ["nl"]


def test_a_language_is_kept_where_it_is_looked_up_soonest() -> None:
    assert isinstance(trans_real._active, threading.local)
