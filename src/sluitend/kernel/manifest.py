"""What the apps say of themselves: their matters and steps, what people may do, and what runs by the clock.

What stands in the module `journey` of an app is an object that is also the text which the database and the
ledger keep of it: an action imports the step that it plans, so that a wrong one is found before anything
runs, and no table outside the app names it. `LINES` has words for what the ledger keeps beside permissions.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string, module_has_submodule

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.organisations.models import Role

type Words = str | Promise

FOCAL = frozenset({Role.FOCAL_POINT, Role.DEPUTY})
PLANNERS = FOCAL | {Role.INSPECTOR}
"""Who may plan a check, a visit or a letter; only the focal points release one."""
SIGNED_IN = frozenset(Role)
MINUTES, HOURS, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=26)
"""How long ago something may have run: a day has room for a restart."""


class Side(StrEnum):
    """Which organisation of the resource the actor must act for."""

    NONE = "none"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True)
class Rule:
    """The roles that may, and on which side of the resource they must stand."""

    roles: frozenset[Role]
    side: Side = Side.OWN
    public: bool = False


class Seen(StrEnum):
    """What a line in the ledger says when somebody looks through it by kind."""

    DONE = "done"
    LOOKED = "looked"
    SHARED = "shared"


class Permission(str):
    """Something that a person can do, with its rule. Its text is also the action in the ledger.

    Args:
        roles: that may.
        side: of the matter, on which they must stand.
        label: what the ledger calls it, when it was done; empty when it writes no line.
        public: whether whoever is not signed in may too.
        seen: whether it only looks, or shares something with another organisation.
    """

    rule: Rule
    label: Words
    seen: Seen

    def __new__(
        cls,
        text: str,
        roles: frozenset[Role],
        side: Side = Side.OWN,
        *,
        label: Words = "",
        public: bool = False,
        seen: Seen = Seen.DONE,
    ) -> Self:
        made = super().__new__(cls, text)
        made.rule, made.label, made.seen = Rule(roles, side, public), label, seen
        return made


class SubjectKind(str):
    """A kind of matter. Its text is what the database keeps of it.

    Args:
        label: what the desk calls it.
        home: address of its page, with the code to be filled in.
        letter: with which its codes begin, where they have one of their own.
        own: whether it is of its maker and given to nobody; colleagues hear nothing of it.
    """

    label: Words
    home: str
    letter: str
    own: bool

    def __new__(cls, text: str, *, label: Words, home: str, letter: str = "", own: bool = False) -> Self:
        made = super().__new__(cls, text)
        made.label, made.home, made.letter, made.own = label, home, letter, own
        return made


class Counter(StrEnum):
    """The numbers beside pages of the navigation."""

    NONE = ""
    INBOX = "inbox"
    RELEASE = "release"
    CHECKS = "checks"
    RECEIVED = "received"
    EXCHANGED = "exchanged"
    CARE = "care"
    EVERY = "every"


class News(StrEnum):
    """Whether a step is about something that came in."""

    NONE = ""
    ARRIVED = "arrived"
    """A new matter came in: it is among what came while somebody was away."""
    CAME = "came"
    """Something came in that nobody read or took on yet."""
    ANSWER = "answer"
    """The other side answered; what waits for it is left out."""


class Work(StrEnum):
    """What kind of work a step is, for who has little time."""

    CALL = "call"
    READ = "read"
    DECIDE = "decide"
    WRITE = "write"


class StepKind(str):
    """A kind of next step. Its text is what the database keeps of it.

    Args:
        label: what is to be done, in the words of the desk.
        button: what its button says.
        page: address on which it is done, with the code to be filled in; empty: the page of its matter.
        kinds: of matters to which alone it belongs, where one of them goes by `flow`.
        term: id of its term, which every handbook must have; left out: its own text. None where its day is no
            matter of the handbook, and whoever plans it says which.
        sentence: what it says on Vandaag, with `%(partner)s` for who is on the other side.
        waits: its owner can only wait and remind.
        news: whether it is about something that came in.
        work: what kind of work it is.
        apart: it never hides behind another step of the same case, though it is no news.
        elsewhere: it is of whoever has a page of its own about the matter: a partner, a planner.
        private: nobody else finishes it, also not while its owner is away.
        beside: it stands beside the next step of its matter, and planning another one does not end it.
        passes: it ends by itself when it holds no longer, without a line of its own.
        on_call: once its hour has come, what is urgent reaches the deputy and who is on call at once.
        counted: by which number of the navigation.
    """

    label: Words
    button: Words
    page: str
    kinds: tuple[str, ...]
    term: str | None
    sentence: Words
    waits: bool
    news: News
    work: Work
    apart: bool
    elsewhere: bool
    private: bool
    beside: bool
    passes: bool
    on_call: bool
    counted: Counter

    def __new__(
        cls,
        text: str,
        label: Words,
        *,
        button: Words,
        page: str = "",
        kinds: tuple[str, ...] = (),
        term: str | None = "",
        sentence: Words = "",
        waits: bool = False,
        news: News = News.NONE,
        work: Work = Work.DECIDE,
        apart: bool = False,
        elsewhere: bool = False,
        private: bool = False,
        beside: bool = False,
        passes: bool = False,
        on_call: bool = False,
        counted: Counter = Counter.NONE,
    ) -> Self:
        made = super().__new__(cls, text)
        made.label, made.button, made.page, made.kinds, made.sentence = label, button, page, kinds, sentence
        made.term = text if term == "" else term
        made.waits, made.news, made.work, made.apart, made.elsewhere = waits, news, work, apart, elsewhere
        made.private, made.beside, made.passes, made.counted = private, beside, passes, counted
        made.on_call = on_call
        return made

    @property
    def has_own_row(self) -> bool:
        """Whether it never hides behind another step of the same case."""
        return self.apart or bool(self.news)


class Clockwork(str):
    """A job that runs by the clock. Its text is its name in the queue.

    Args:
        words: what it does, for whoever watches over the installation.
        longest: how long ago it may have been done for everybody, with room for a restart.
    """

    words: Words
    longest: timedelta

    def __new__(cls, text: str, words: Words, longest: timedelta) -> Self:
        made = super().__new__(cls, text)
        made.words, made.longest = words, longest
        return made


@dataclass(frozen=True)
class FoundThere:
    """What somebody saw at a place and wrote down, with the matter that it is of."""

    id: UUID
    code: str
    kind: str
    day: date
    words: str


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = [each for each in apps.get_app_configs() if module_has_submodule(each.module, "journey")]
    return tuple(import_module(f"{each.name}.journey") for each in found)


def _words[W: (SubjectKind, StepKind, Permission, Clockwork)](what: type[W]) -> Mapping[str, W]:
    every = (each for module in _modules() for each in vars(module).values())
    return {each: each for each in every if isinstance(each, what)}


@cache
def kinds() -> Mapping[str, SubjectKind]:
    """Return every kind of matter by its text."""
    return _words(SubjectKind)


@cache
def steps() -> Mapping[str, StepKind]:
    """Return every kind of step by its text."""
    return _words(StepKind)


@cache
def permissions() -> Mapping[str, Permission]:
    """Return everything that people may do by its text."""
    return _words(Permission)


@cache
def clock() -> Mapping[str, Clockwork]:
    """Return every job that runs by the clock by its name."""
    return _words(Clockwork)


@cache
def lines() -> Mapping[str, Words]:
    """Return what the ledger calls each action: of people, of the system, or as a part of another act."""
    others = {text: said for module in _modules() for text, said in getattr(module, "LINES", {}).items()}
    return others | {text: each.label for text, each in permissions().items() if each.label}


@cache
def holders() -> tuple[Callable[[UUID, Collection[UUID]], Sequence[str]], ...]:
    """Return what tells by which matters a place is to be left alone, for an organisation and tokens.

    A journey names its own as `HOLDS`. Whoever works on a case asks them all, and knows none of them.
    """
    return _named("HOLDS")


@cache
def finders() -> tuple[Callable[[UUID, Collection[UUID], Actor], Sequence[FoundThere]], ...]:
    """Return what tells what was seen at the places of a case, for its id, tokens and who looks.

    A journey names its own as `FINDS`, as with `HOLDS`.
    """
    return _named("FINDS")


@cache
def openers() -> tuple[Callable[[UUID, Actor], Sequence[str]], ...]:
    """Return what tells, in words, what is open still of a request for help, for its id and who asks.

    A journey names its own as `KEEPS_OPEN`, as with `HOLDS`: whoever ends what follows on the request asks.
    """
    return _named("KEEPS_OPEN")


@cache
def askers() -> tuple[Callable[[Any], bool], ...]:
    """Return what tells whether who reads a message of care is asked something beside it.

    A journey names its own as `MAY_ASK`, as with `HOLDS`.
    """
    return _named("MAY_ASK")


@cache
def hear_reach() -> tuple[Callable[[str, UUID, Actor], None], ...]:
    """Return who must hear that somebody of a case is reached otherwise: its code, who it is, who wrote it.

    A journey names its own as `HEARS_REACH`, as with `HOLDS`.
    """
    return _named("HEARS_REACH")


@cache
def enders() -> tuple[Callable[[Mapping[UUID, date]], Any], ...]:
    """Return what ends again, after a restore, what ended since the backup, by its id and the day.

    A journey names its own as `ENDS_AGAIN`, as with `HOLDS`; each gives back an `endings.Again`. An id of
    another journey says nothing to it.
    """
    return _named("ENDS_AGAIN")


def _named(what: str) -> tuple[Any, ...]:
    named = (getattr(module, what, None) for module in _modules())
    return tuple(import_string(each) for each in named if each)


def kind_named(text: str) -> SubjectKind:
    """Return the kind of matter of this text.

    Raises:
        KeyError: no app has such a kind.
    """
    return kinds()[text]


def step_named(text: str) -> StepKind:
    """Return the kind of step of this text.

    Raises:
        KeyError: no app has such a step.
    """
    return steps()[text]
