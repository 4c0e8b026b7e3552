"""The registry of `sluitend doctor`: each check says whether one promise is kept, and what to do if not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

Level = Literal["ok", "warn", "bad"]
MOST_NAMED = 5
SIGNS: dict[Level, str] = {"ok": "goed ", "warn": "let op", "bad": "FOUT "}


@dataclass(frozen=True)
class Result:
    """The answer of one check: how it stands, and a sentence in Dutch."""

    level: Level
    sentence: str


@dataclass(frozen=True)
class Check:
    """A named check.

    Attributes:
        demo_may: a demonstration may go on without this promise.
        start_may: so may a start: `doctor` raises the alarm, but a signal that can be filed comes first.
        demo_shows: a demonstration breaks it on purpose: its `doctor` fails as anywhere, its start is silent.
    """

    name: str
    run: Callable[[], Result]
    demo_may: bool = False
    start_may: bool = False
    demo_shows: bool = False


REGISTRY: dict[str, Check] = {}


def check(
    name: str, *, demo_may: bool = False, start_may: bool = False, demo_shows: bool = False
) -> Callable[[Callable[[], Result]], Callable[[], Result]]:
    """Enter a function in the registry under a name that a person reads."""

    def enter(function: Callable[[], Result]) -> Callable[[], Result]:
        if name in REGISTRY:
            raise ValueError(f"two checks are named {name}")
        REGISTRY[name] = Check(name, function, demo_may, start_may, demo_shows)
        return function

    return enter


def named(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = f" en nog {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def results() -> Iterator[tuple[Check, Result]]:
    """Run every check; one that breaks counts as a promise that cannot be kept."""
    # They enter themselves, in the order of the alphabet.
    from sluitend.cli import (  # noqa: F401
        checks_backup,
        checks_database,
        checks_keys,
        checks_people,
        checks_running,
        checks_services,
        checks_settings,
        checks_storage,
    )

    for each in REGISTRY.values():
        try:
            result = each.run()
        except Exception as error:  # noqa: BLE001  (doctor must finish its round, whatever one check meets)
            result = Result("bad", f"De controle brak af ({type(error).__name__}).")
        if result.level == "bad" and each.demo_may and settings.DEMO:
            result = Result("warn", f"{result.sentence} (mag in de demonstratie)")
        yield each, result


def report(*, brief: bool) -> bool:
    """Print the results and say whether none is bad.

    Args:
        brief: for a start: keep to what asks for attention, and let that stop it which must.
    """
    sound = True
    for each, result in results():
        sound = sound and (result.level != "bad" or (brief and each.start_may))
        if result.level == "bad" and not brief:
            _feed(each.name)
        quiet = settings.DEMO and (each.demo_shows or result.level == "warn")
        if not brief or (result.level != "ok" and not quiet):
            print(f"{SIGNS[result.level]}  {each.name}: {result.sentence}", flush=True)
    return sound


def _feed(name: str) -> None:
    from sluitend.kernel.ledger.feed import tell

    tell("doctor.failed", outcome="failed", detail=name)
