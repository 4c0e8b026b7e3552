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

HELP = SubjectKind("help_request", label="Hulpvraag", home="/werk/hulpvragen/{code}/", letter="H")
LOOK_AT_HELP = StepKind(
    "look_at_help",
    "Bekijk de hulpvraag",
    button="Bekijk",
    kinds=(HELP,),
    sentence="%(partner)s vraagt u om hulp",
)
HELP_FOLLOW = Permission("help.follow", FOCAL)
HELP_LOOK = Permission("help.look", FOCAL, Side.OTHER)
WORDS = {"HELP": HELP, "LOOK_AT_HELP": LOOK_AT_HELP, "HELP_FOLLOW": HELP_FOLLOW, "HELP_LOOK": HELP_LOOK}


@contextmanager
def a_third_kind() -> Iterator[type[TwoSided]]:
    """Add a kind that has nothing but what every matter has; it finds its rows among the questions."""
    vars(journey).update(WORDS)

    class HelpRequest(TwoSided):
        KIND = HELP
        ACTIVITY = "uitwisselen"
        FOLLOW, LOOK = HELP_FOLLOW, HELP_LOOK
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
        yield HelpRequest
    finally:
        for each in WORDS:
            delattr(journey, each)
        del apps.all_models["exchanges"]["helprequest"]
        apps.clear_cache()
        _forget()


def _forget() -> None:
    for each in (kinds, manifest.kinds, manifest.steps, manifest.permissions, manifest.lines):
        each.cache_clear()
