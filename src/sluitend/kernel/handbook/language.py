"""The language of words: that of the page for who reads them now, Dutch where they are kept or sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE, Text


def shown(text: Text) -> str:
    """Return a text of the handbook in the language of the page, for somebody who reads it now.

    What is kept, mailed, or sent to a reporter or partner is Dutch: that is `text.nl`.
    """
    return text.in_language((translation.get_language() or SOURCE_LANGUAGE)[:2])


@contextmanager
def in_dutch() -> Iterator[None]:
    """Let words be Dutch while they are put together to be kept or sent; also as a decorator.

    Somebody else reads them later, whatever the language of this screen.
    """
    with translation.override(SOURCE_LANGUAGE):
        yield
