"""What goes on between organisations: a case that waits to be taken over, and questions."""

from typing import Any

from pydantic import model_validator

from sluitend.demo import deeds
from sluitend.demo.stories import Story, form_of, given_to
from sluitend.demo.telling import Moment, Strict
from sluitend.demo.world import World
from sluitend.journeys.exchanges import actions as exchanges

BY_CODE = frozenset({"actor", "code"})


class Turn(Strict):
    """What somebody did with a question, and when."""

    when: Moment
    by: str
    verb: str
    given: Any

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: dict[str, Any]) -> dict[str, Any]:
        rest = {name: given for name, given in value.items() if name not in {"when", "by"}}
        ((verb, given),) = rest.items()
        form = form_of(getattr(exchanges, verb), BY_CODE)
        return {"when": value["when"], "by": value["by"], "verb": verb, "given": form.model_validate(given)}


class Question(Strict):
    """A question of one organisation to another; `about` what a municipality asks about its latest case."""

    when: Moment
    by: str
    to: str
    kind: str = ""
    text: str
    about: str = ""
    then: tuple[Turn, ...] = ()

    def play(self, world: World) -> None:
        """Ask, and let both sides take their turns."""
        asker = world.people[self.by]
        deed: Any = deeds.inquire if self.about else deeds.ask
        asked = {"to": self.to, "text": self.text}
        asked |= {"about": self.about} if self.about else {"kind": self.kind}
        code = world.do(world.calendar.at(self.when), asker, deed, actor=asker, **asked)
        for turn in self.then:
            actor = world.people[turn.by]
            action = getattr(exchanges, turn.verb)
            world.do(
                world.calendar.at(turn.when), actor, action, actor=actor, code=code, **given_to(turn.given)
            )


class Transfer(Strict):
    """A case that one municipality asks another to take over."""

    municipality: str
    story: Story


class Between(Strict):
    """What goes on between organisations, after each has its own work."""

    transfers: tuple[Transfer, ...]
    questions: tuple[Question, ...]

    def play(self, world: World) -> None:
        """Let it happen."""
        for transfer in self.transfers:
            transfer.story.play(world.town(transfer.municipality))
        for question in self.questions:
            question.play(world)
