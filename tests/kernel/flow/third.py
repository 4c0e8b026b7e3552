"""A throw-away kind of matter, in no list of any journey: what is shown of it is shown of whatever kind."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from django.apps import apps

from sluitend.journeys.exchanges import journey
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel import manifest
from sluitend.kernel.flow.models import OVER, State, TwoSided, kinds
from sluitend.kernel.manifest import FOCAL, Permission, Side, StepKind, SubjectKind

THIRD = SubjectKind("third", label="Derde soort", home="/werk/derde/{code}/")
LOOK_AT_THIRD = StepKind(
    "look_at_third",
    "Bekijk de derde soort",
    button="Bekijk",
    kinds=(THIRD,),
    sentence="%(partner)s vraagt u iets derdes",
)
THIRD_FOLLOW = Permission("third.follow", FOCAL)
THIRD_LOOK = Permission("third.look", FOCAL, Side.OTHER)
WORDS = {
    "THIRD": THIRD,
    "LOOK_AT_THIRD": LOOK_AT_THIRD,
    "THIRD_FOLLOW": THIRD_FOLLOW,
    "THIRD_LOOK": THIRD_LOOK,
}


@contextmanager
def a_third_kind() -> Iterator[type[TwoSided]]:
    """Add a kind that has nothing but what every matter has; it finds its rows among the questions."""
    vars(journey).update(WORDS)

    class Third(TwoSided):
        KIND = THIRD
        ACTIVITY = "uitwisselen"
        FOLLOW, LOOK = THIRD_FOLLOW, THIRD_LOOK
        TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
            State.SENT: frozenset({State.ACCEPTED, *OVER}),
            State.ACCEPTED: frozenset({State.DONE, *OVER}),
        }

        class Meta(TwoSided.Meta):
            abstract = False
            managed = False
            app_label = "exchanges"
            db_table = Request._meta.db_table

    _forget()
    try:
        yield Third
    finally:
        for each in WORDS:
            delattr(journey, each)
        del apps.all_models["exchanges"]["third"]
        apps.clear_cache()
        _forget()


def _forget() -> None:
    for each in (kinds, manifest.kinds, manifest.steps, manifest.permissions, manifest.lines):
        each.cache_clear()
