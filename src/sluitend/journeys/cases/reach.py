"""How somebody in a case can be reached safely: how, when, and how never. Kept sealed with the case."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

REACH = "reach"
"""Under which key of the facts of a case it stands, by the id of the person."""


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached safely, as it was told."""

    how: str = ""
    when: str = ""
    never: str = ""

    @classmethod
    def of(cls, how: str = "", when: str = "", never: str = "") -> Self:
        """Return what was told, each on one line."""
        return cls(*(" ".join(each.split()) for each in (how, when, never)))

    def __bool__(self) -> bool:
        return bool(self.how or self.when or self.never)

    def to_json(self) -> dict[str, str]:
        """Return what is sealed."""
        return asdict(self)

    @property
    def lines(self) -> list[str]:
        """What is known of it, a line each."""
        labelled = zip(_labels(), (self.how, self.when, self.never), strict=True)
        return [f"{label} {words}" for label, words in labelled if words]


NOT_KNOWN = Reach()
"""Nobody said how."""


def reaches_in(flags: Mapping[str, Any]) -> dict[str, Reach]:
    """Return by the id of a person how that person can be reached, of the facts of a case."""
    return {person: Reach(**told) for person, told in flags.get(REACH, {}).items()}


def contact_value(flags: Mapping[str, Any]) -> str:
    """Return what is known of reaching people safely; nothing where nobody said how, or how never."""
    reaches = reaches_in(flags).values()
    if any(each.how for each in reaches):
        return "safe"
    return "unsafe" if any(each.never for each in reaches) else ""


def as_told(people: Iterable[tuple[str, Reach]], *, named: bool = False) -> str:
    """Return how people can be reached as it leaves; who is who only where there are several, or `named`."""
    known = [(name, reach) for name, reach in people if reach]
    named = named or len(known) > 1
    return "\n".join(line for name, reach in known for line in ([f"{name}:"] if named else []) + reach.lines)


def as_heard(text: str) -> list[tuple[str, Reach]]:
    """Return what `as_told` made of it: by how somebody is called, which is empty where there was one."""
    labels, found = dict(zip(_labels(), ("how", "when", "never"), strict=True)), [("", dict[str, str]())]
    for line in filter(None, (each.strip() for each in text.split("\n"))):
        label = next((each for each in labels if line.startswith(f"{each} ")), "")
        if label:
            found[-1][1][labels[label]] = line.removeprefix(label).strip()
        else:
            found.append((line.removesuffix(":"), {}))
    return [(name, Reach(**told)) for name, told in found if told]


def _labels() -> tuple[str, str, str]:
    return _("Zo:"), _("Wanneer:"), _("Nooit:")
