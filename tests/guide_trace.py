"""`docs/handreiking.md`: each statement of the guide with entries, pages and tests (`make trace`)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.urls import URLResolver, get_resolver

from sluitend.exports.differences import label_of
from sluitend.exports.names import kind_name
from sluitend.kernel.handbook.approach import Measure
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.loading import file_of, load_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.tracing import Statement, carried_by

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "eenheid-den-haag"
BROWSER_TESTS = ROOT / "tests" / "browser"
DOCUMENT = ROOT / "docs" / "handreiking.md"

# Where people read an entry of a list in the handbook; what has no page of its own stands with its kind.
_PAGES = {
    "forms": "handbook_form",
    "sectors": "handbook_sector",
    "branches": "handbook_branch",
    "risk_groups": "handbook_group",
    "moments": "handbook_moment",
    "barriers": "handbook_barrier",
    "instruments": "handbook_instrument",
    "partners": "handbook_partner",
    "measures": "handbook_heading",
    "registers": "handbook_registers",
    "figures": "handbook_figures",
    "claims": "handbook_figures",
    "care_offers": "handbook_care",
}

# A statement without a test is named here by what still has to be built for it.
_FAMILIES = {
    "report": "melden en doorzetten",
    "handbook": "het handboek",
    "care": "zorg",
    "approach": "plannen en afspraken",
    "training": "voorlichting en training",
    "governance": "sturing van de regio",
}


@dataclass(frozen=True)
class Test:
    """A test in which a person does what a statement says."""

    statement: str
    name: str
    file: Path
    words: str
    """What the test is called, as a sentence."""


def marked_tests(folder: Path = BROWSER_TESTS) -> tuple[Test, ...]:
    """Return the tests that are marked with a statement, in the order of their files."""
    return tuple(test for path in sorted(folder.rglob("test_*.py")) for test in _marked_in(path))


def _marked_in(path: Path) -> Iterator[Test]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            for statement in _statements_of(node):
                words = node.name.removeprefix("test_").replace("_", " ")
                yield Test(statement, node.name, path, words)


def _statements_of(function: ast.FunctionDef) -> Iterator[str]:
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.statement":
            yield from (str(ast.literal_eval(argument)) for argument in mark.args)


def addresses() -> dict[str, str]:
    """Return the address of each named page, as the map of addresses has it."""
    return dict(_addresses(get_resolver(), "/", ""))


def _addresses(resolver: URLResolver, before: str, names: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        address = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _addresses(each, address, f"{names}{each.namespace}:" if each.namespace else names)
        elif each.name:
            yield f"{names}{each.name}", address


def document(pack: Pack, tests: tuple[Test, ...], pages: dict[str, str]) -> str:
    """Return the document in Markdown.

    Args:
        pack: the handbook with its trace.
        tests: the tests that are marked with a statement.
        pages: the address of each named page.
    """
    waiting = [one for one in pack.trace if not any(test.statement == one.id for test in tests)]
    lines = [
        "# De handreiking, uitspraak voor uitspraak",
        "",
        f"Deze pagina is gemaakt uit [`trace.yaml`]({_data('trace')}) en uit de toetsen, met `make trace`.",
        "Bewerk haar niet met de hand. Een uitspraak telt pas als een mens kan doen wat er staat: een toets",
        "doet het dan voor, in een browser.",
        "",
        f"Van de {len(pack.trace)} uitspraken zijn er {len(pack.trace) - len(waiting)} getoetst.",
        "",
        "## Nog zonder toets",
        "",
        *_waiting(waiting),
    ]
    for sheet, of_sheet in groupby(pack.trace, key=lambda one: one.sheet.nl):
        lines += ["", f"## {sheet}"]
        for heading, of_heading in groupby(of_sheet, key=lambda one: one.heading.nl):
            lines += ["", f"### {heading}"]
            for statement in of_heading:
                lines += ["", *_statement(statement, pack, tests, pages)]
    return "\n".join(lines) + "\n"


def _waiting(waiting: list[Statement]) -> Iterator[str]:
    if not waiting:
        yield "Geen."
    for family, name in _FAMILIES.items():
        ids = [f"[{one.id}](#{one.id.lower()})" for one in waiting if one.family == family]
        if ids:
            yield f"- {name}: {', '.join(ids)}"


def _statement(
    statement: Statement, pack: Pack, tests: tuple[Test, ...], pages: dict[str, str]
) -> Iterator[str]:
    yield f'<a id="{statement.id.lower()}"></a>**{statement.id}. {statement.statement.nl}**'
    yield ""
    yield f"- Wat iemand moet kunnen: {statement.can.nl}"
    yield "- Gedragen door:"
    carriers = [(part, entry) for part, _, entry in carried_by(statement, pack) if entry is not None]
    for part, entry in carriers:
        address = _address(part, entry, pages)
        unsure = "" if entry.confirmed else ", niet bevestigd"
        kind = kind_name(part).nl.lower()
        yield f"  - [{label_of(entry)}]({_data(part)}) ({kind} `{entry.id}`{unsure}; `{address}`)"
    if statement.screens:
        yield f"- Pagina’s: {', '.join(f'`{pages[name]}`' for name in statement.screens)}"
    mine = [test for test in tests if test.statement == statement.id]
    for test in mine:
        yield f"- Toets: [{test.words}](../{test.file.relative_to(ROOT)}) (`{test.name}`)"
    if not mine:
        yield "- Toets: nog geen."


def _address(part: str, entry: Entry, pages: dict[str, str]) -> str:
    """Return where somebody reads an entry: in the handbook, else where the coordinator edits it."""
    found = pages[_PAGES.get(part, "editing:entry")]
    shown = entry.heading if isinstance(entry, Measure) else entry.id
    address = re.sub(r"<str:entry_id>|<(?:str|slug):(?!part>)\w+>", shown, found)
    return address.replace("<slug:part>", part)


def _data(part: str) -> str:
    return f"../packs/{PACK.name}/{file_of(part)}"


def write() -> None:
    """Write the document anew."""
    DOCUMENT.write_text(document(load_pack(PACK), marked_tests(), addresses()), encoding="utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    write()
