"""Words for another organisation, held against what may go where they leave: in the action itself."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.sealing.folding import fold
from sluitend.kernel.telltale.finding import Known, Sort, finder
from sluitend.kernel.telltale.looking import GO, OUT, Look, Written, looks_at, without

type Looked = Mapping[str, str]
"""What somebody decided on each word that was marked, by its key."""


STAYS = frozenset({Sort.REPORTER, Sort.REACH})
"""What does not go, whoever says what: who reported, and how somebody can be reached."""


PLACES = frozenset({Sort.ADDRESS, Sort.PLATE})
"""What says where it is: police and inspection hear that after the question about the residents."""


def place_first() -> str:
    """Return what comes first, where a place may not be named yet."""
    return _("Beantwoord eerst wat er met de bewoners gebeurt. Tot dan noemt u geen plek.")


@dataclass(frozen=True)
class Background:
    """What words are held against: what their writer's case knows, and what the reader has already.

    `meant` is what they are meant to tell, such as the number of whoever asks to be rung; `stays` what may
    not go to this reader, and `instead` what to do about that where leaving it out is not all.
    """

    known: Known = field(default_factory=Known)
    has: tuple[str, ...] = ()
    meant: frozenset[Sort] = frozenset()
    stays: frozenset[Sort] = STAYS
    instead: str = ""

    def lets_go(self, look: Look) -> bool:
        """Return whether a word may go along when somebody says so."""
        return look.sort not in self.stays


NO_BACKGROUND = Background()
NOTHING_LOOKED: Looked = MappingProxyType({})


def looks_in(words: Mapping[str, str], background: Background = NO_BACKGROUND) -> tuple[Look, ...]:
    """Return what is to be looked at in these words, by the field in which they were typed.

    Nobody is asked about what the reader has already: those words tell nothing new.
    """
    looks = looks_at(
        [Written(name, text, own=background.meant) for name, text in words.items()],
        finder=finder(),
        known=background.known,
        today=timezone.localdate(),
    )
    has = fold(" \n ".join(background.has))
    return tuple(
        look
        for look in looks
        if not ((background.lets_go(look) or look.sort not in STAYS) and _stands_in(look.text, has))
    )


def words_that_leave(
    text: str, looked: Looked, background: Background = NO_BACKGROUND, *, name: str = "text"
) -> str:
    """Return words of somebody as another organisation reads them: without what was left out.

    Raises:
        DomainError: a word was not looked at, or may not go, with its field.
    """
    written = Written(name, text.strip())
    looks = looks_in({name: written.text}, background)
    require_looked_at(looks, looked, background.lets_go, background.instead)
    left = without(written, looks, looked)
    # Held against the very words that leave: what was left out may not uncover something else.
    after = looks_in({name: left}, background)
    refuse((look for look in after if not background.lets_go(look)), looks, background.instead)
    return left


def require_looked_at(
    looks: tuple[Look, ...], looked: Looked, allowed: Callable[[Look], bool], instead: str = ""
) -> None:
    """Wait until each word was looked at, and refuse to send what may not go.

    Raises:
        DomainError: the first word for which that is not so, with its field.
    """
    unread = [look for look in looks if looked.get(look.key) not in (OUT, GO)]
    if unread:
        raise DomainError(still_to_look_at(len(unread)), look_field(unread[0]))
    refuse((look for look in looks if looked[look.key] == GO and not allowed(look)), looks, instead)


def refuse(stay: Iterable[Look], asked: Iterable[Look], instead: str = "") -> None:
    """Refuse to send these, beside the question that was asked about each.

    Args:
        stay: what may not go.
        asked: what was asked about.
        instead: what to do about what stays for another reason than whose it is.

    Raises:
        DomainError: there is one.
    """
    for look in stay:
        same = next((each for each in asked if (each.row, each.text) == (look.row, look.text)), look)
        why = "" if look.sort in STAYS else instead
        raise DomainError(why or _("Dit mag niet mee. Laat het weg of schrijf het anders."), look_field(same))


def look_field(look: Look) -> str:
    """Return the name of the field in which somebody says what happens with a word."""
    return f"look_{look.key}"


def still_to_look_at(number: int) -> str:
    """Return how much was not looked at."""
    return ngettext("Bekijk nog %(n)d woord", "Bekijk nog %(n)d woorden", number) % {"n": number}


def _stands_in(word: str, has: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", has) is not None
