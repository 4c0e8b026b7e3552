"""Stories as data: published cases in our own words, with other people and other places, and ordinary work.

Nothing in `year/` points at anybody. A step of a story names a verb of `Measured` and gives what it takes.
"""

import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model, model_validator

from sluitend.demo.matter import MOVES
from sluitend.demo.measured import Measured
from sluitend.demo.ordinary import Ordinary
from sluitend.demo.street import Mark, Visit, Wait, pass_waits
from sluitend.demo.telling import SOON, Moment, Strict, Told
from sluitend.demo.world import Town
from sluitend.kernel.handbook.yaml_reading import read_yaml

YEAR = Path(__file__).parent / "year"


@cache
def form_of(verb: Callable[..., object], without: frozenset[str] = frozenset({"self"})) -> type[BaseModel]:
    """Return what a verb takes, as a model: a name or a value that it does not take is a mistake."""
    hints = get_type_hints(verb, include_extras=True)
    # What a file leaves out is not given at all, so the verb's own default holds.
    taken: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is each.empty else None)
        for each in inspect.signature(verb).parameters.values()
        if each.name not in without
    }
    return create_model(verb.__name__, __config__=ConfigDict(extra="forbid", frozen=True), **taken)


def given_to(model: BaseModel) -> dict[str, Any]:
    """Return what a file says, as arguments."""
    return {name: getattr(model, name) for name in model.model_fields_set}


class Step(Strict):
    """One verb at a moment: `{when: next 2, weigh: {decision: continue, reason: danger}}`."""

    when: Moment = SOON
    verb: str
    given: Any

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: dict[str, Any]) -> dict[str, Any]:
        rest = {name: given for name, given in value.items() if name != "when"}
        ((verb, given),) = rest.items()
        known = {name for name in dir(Measured) if not name.startswith("_")} - MOVES
        if verb not in known:
            raise ValueError(f"{verb!r} is no verb of a story")
        read = {"verb": verb, "given": form_of(getattr(Measured, verb)).model_validate(given)}
        return read | ({"when": value["when"]} if "when" in value else {})

    def play(self, matter: Measured) -> None:
        """Let it happen."""
        getattr(matter.go(self.when), self.verb)(**given_to(self.given))


class Story(Strict):
    """One matter from its first report on, step by step."""

    about: str
    began: Moment
    told: Told
    code: str = ""
    steps: tuple[Step, ...] = ()

    def play(self, town: Town) -> None:
        """Let it happen."""
        matter = Measured(town, self.began)
        matter.file(self.told, code=self.code)
        for step in self.steps:
            step.play(matter)


class TownYear(Strict):
    """The work of one municipality, ordinary and told, and what goes on in its streets."""

    municipality: str
    ordinary: tuple[Ordinary, ...] = ()
    stories: tuple[Story, ...] = ()
    marks: tuple[Mark, ...] = ()
    waits: tuple[Wait, ...] = ()
    visits: tuple[Visit, ...] = ()

    def play(self, town: Town) -> None:
        """Let the work happen."""
        work: tuple[Ordinary | Story | Mark, ...] = (*self.ordinary, *self.stories, *self.marks)
        for each in work:
            each.play(town)

    def play_street(self, town: Town) -> None:
        """Let partners ask to wait and visits be planned, once everything else is there."""
        for wait in self.waits:
            wait.play(town)
        if self.waits:
            pass_waits(town)
        for visit in self.visits:
            visit.play(town)


def read[M](name: str, kind: type[M]) -> M:
    """Return what a file of the year says."""
    return TypeAdapter(kind).validate_python(read_yaml(YEAR / name))
