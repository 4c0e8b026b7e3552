"""axe-core over a page as it stands, in a script world of its own: the content policy stays in force."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.database import ROOT

SOURCE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Only these look at colours; in the dark the rest of a page is the same.
COLOURS = ("color-contrast", "link-in-text-block")


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks, and where."""

    rule: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: " + "; ".join(self.places[:4])


@dataclass(frozen=True)
class Axe:
    """axe-core on a page, until the page is left."""

    session: CDPSession
    world: int

    def violations(self, *, within: str = "", only: Sequence[str] = ()) -> list[Violation]:
        """Run axe and return what it finds.

        Args:
            within: the places to look at, as a selector; else the whole page.
            only: the rules to go by; else all.
        """
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if only:
            options["runOnly"] = {"type": "rule", "values": only}
        where = json.dumps({"include": [[within]]}) if within else "document"
        found = _run(self.session, self.world, f"axe.run({where}, {json.dumps(options)}).then({SHORTENED})")
        return [Violation(each["rule"], tuple(each["places"])) for each in found]


@contextmanager
def axe_on(page: Page) -> Iterator[Axe]:
    """Put axe on a page as it stands."""
    session = page.context.new_cdp_session(page)
    try:
        yield Axe(session, _world(session))
    finally:
        session.detach()


def violations(page: Page, *, only: Sequence[str] = ()) -> list[Violation]:
    """Run axe once and return what it finds; `only` by these rules."""
    with axe_on(page) as axe:
        return axe.violations(only=only)


SHORTENED = """(result) => result.violations.map((each) => ({
  rule: each.id,
  places: each.nodes.map((node) => node.target.join(" ") + " (" + node.any.concat(node.all, node.none).map(
    (check) => check.message).join(", ").slice(0, 160) + ") " + node.html.slice(0, 120)),
}))"""


def _world(session: CDPSession) -> int:
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world: int = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})[
        "executionContextId"
    ]
    if not _run(session, world, "typeof axe === 'object'"):
        _run(session, world, f"{SOURCE}; true")
    return world


def _run(session: CDPSession, world: int, expression: str) -> Any:
    answer = session.send(
        "Runtime.evaluate",
        {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", answer))
    return answer["result"]["value"]
