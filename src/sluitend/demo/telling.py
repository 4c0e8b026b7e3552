"""The words of the stories: when something happens, and what a reporter tells."""

from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sluitend.demo.clock import When
from sluitend.demo.files import Drawn
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Kind, Minor


class Strict(BaseModel):
    """What a file of stories says; a word that it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


type Moment = Annotated[When, BeforeValidator(When.read)]
SOON = When("soon")


def known_to(kind: type) -> Callable[[Any], Any]:
    """Return a check that a mapping names nothing that a dataclass does not have: it would be left out."""
    names = {each.name for each in fields(kind)}

    def check(value: Any) -> Any:
        if isinstance(value, dict) and (unknown := value.keys() - names):
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        return value

    return check


class Told(Strict):
    """What a reporter tells, and who that is.

    Attributes:
        by: who it is; without it and without an account nobody's name is known.
        account: the address of somebody with an account.
        colleague: whether the focal point typed it for them.
        files: photos and documents that come with it.
        minutes_before: how long before it was told it was seen, where that is a matter of minutes.
    """

    content: Annotated[ReportContent, BeforeValidator(known_to(ReportContent))]
    kind: Kind = Kind.REPORT
    known: Anonymity | None = Field(default=None, alias="anonymity")
    minor: Minor = Minor.UNKNOWN
    acute: bool = False
    theme: str = ""
    by: Annotated[IdentityContent, BeforeValidator(known_to(IdentityContent))] = IdentityContent()
    account: str = ""
    colleague: bool = False
    files: tuple[Drawn, ...] = ()
    minutes_before: int = 0

    @property
    def anonymity(self) -> Anonymity:
        """How much may be known of who reported."""
        has_name = bool(self.account or self.by != IdentityContent())
        return self.known or (Anonymity.NAMED if has_name else Anonymity.ANONYMOUS)
