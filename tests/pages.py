"""What a page says of itself, as a browser reads it, and what may be said of each page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

# What a browser fetches by itself, and where it sends what was filled in. A link is followed by a person.
FETCHES = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest"}
FETCHING_LINKS = ("link", "use", "image")


class Page(HTMLParser):
    """A page, read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.inline: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings = 0
        self.language = self.title = self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag fetches, does or names."""
        for name, value in attrs:
            if name in FETCHES or (tag in FETCHING_LINKS and name in ("href", "xlink:href")):
                self.fetched.append(value or "")
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.headings += tag == "h1"
        self.language = given.get("lang", "") if tag == "html" else self.language
        self._inside = tag

    def handle_data(self, data: str) -> None:
        """Note the title."""
        # A drawing has a title too, which is no title of the page.
        if self._inside == "title" and not self.title:
            self.title = data.strip()


def elsewhere(found: list[str]) -> list[str]:
    """Return the addresses that are not of this site."""
    return [one for one in found if urlsplit(one).netloc or urlsplit(one).scheme not in ("", "data")]


def page_of(response: Any) -> Page | None:
    """Return the page of an answer; nothing for what is none, or a piece of one."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/html"):
        return None
    text = response.content.decode()
    return Page(text) if "<html" in text else None


def wrong_on(page: Page, planted: str) -> Iterator[str]:
    """Give what is wrong with a page, whichever it is.

    Args:
        page: as it was read.
        planted: a word that stands in what is confidential.
    """
    if page.headings != 1:
        yield f"{page.headings} headings of the first level"
    if not page.language:
        yield "says no language"
    if not page.title or planted in page.title:
        yield f"is called {page.title!r}"
    if elsewhere(page.fetched):
        yield f"fetches {elsewhere(page.fetched)}"
    if page.inline:
        yield f"styles or scripts inside: {page.inline}"
    if twice := {each for each in page.ids if page.ids.count(each) > 1}:
        yield f"names two things {sorted(twice)}"


def hidden_in(text: str, name: str) -> dict[str, str]:
    """Return what a page sends by itself under this name; nothing where it sends none."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', text)
    return {name: found[1]} if found else {}
