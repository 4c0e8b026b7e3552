"""What the tests of a draft do to help lines, by the actions and in a spreadsheet."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from sluitend.exports.sheet_columns import heading
from sluitend.journeys.editing import actions
from sluitend.journeys.editing.actions import Edit
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release

MEREL, JORIS = "regio@rsiv.example", "handboek@rsiv.example"
LINES = "help_lines"


def line(entry_id: str = "112") -> dict[str, Any]:
    """The content of a help line as it is published."""
    content: dict[str, Any] = plain(current_release().pack.help_lines[entry_id])
    return content


def asked(whom: str) -> dict[str, str]:
    """How somebody came to know that a line is right."""
    return {"asked_by": "Merel van Dijk", "asked_whom": whom, "asked_on": "2026-01-05"}


def change(who: Actor, *, number: str = "0800-9999", entry_id: str = "mma", seen: int = 0) -> int:
    """Give a help line another number."""
    content = line(entry_id) | {"number": number, "asked": asked(f"Wie {number} opneemt")}
    edit = Edit(LINES, entry_id, content, seen)
    return actions.save(actor=who, edit=edit)


def offered(who: Actor) -> None:
    """Begin a draft, change a number in it, and offer it."""
    with acting(who):
        actions.start(actor=who)
        change(who)
        actions.offer(actor=who)


def edited(sheet: bytes, entry_id: str, number: str, *, away: str = "", hidden: bool = True) -> bytes:
    """Return a sheet in which one help line has another number and one is left out."""
    book = load_workbook(BytesIO(sheet))
    page: Any = book.worksheets[0]
    names = [cell.value for cell in page[1]]
    for row in range(page.max_row, 1, -1):
        if page.cell(row, 1).value == entry_id:
            page.cell(row, 1 + names.index(heading(LINES, "number"))).value = number
            for name, words in asked("De balie").items():
                page.cell(row, 1 + names.index(heading(LINES, f"asked.{name}"))).value = words
        elif page.cell(row, 1).value == away:
            page.delete_rows(row)
    if not hidden:
        del book["sluitend"]
    out = BytesIO()
    book.save(out)
    return out.getvalue()
