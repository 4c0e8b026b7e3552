"""Filling in every form of a page, as somebody would who types the same word everywhere."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "tel", "url", ""}
CHOSEN = {"radio", "checkbox"}


@dataclass
class Filled:
    """A form with a value in each of its fields."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word
        self.forms: list[Filled] = []
        self._form: Filled | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Filled(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, given, self._form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _field(self, tag: str, given: dict[str, str], form: Filled) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "textarea" or (tag == "input" and kind in TYPED and name):
            form.values[name] = f"{self.word} {name}"
            form.typed.add(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            form.values.setdefault(self._select, given["value"])
        elif tag == "input" and name and kind in CHOSEN:
            # The last of a group is the one that opens a text field: "Andere reden", "Anders".
            form.values[name] = given.get("value", "on")
        elif tag == "input" and name and kind not in {"file", "submit", "button"}:
            form.values[name] = given.get("value", "")


def filled_forms(html: str, word: str) -> list[Filled]:
    """Return the forms of a page with the word in each text field and something chosen in each list."""
    reader = _Reader(word)
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]
