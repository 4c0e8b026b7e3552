"""The page on which one row of the whole file is written."""

from dataclasses import dataclass, field

from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.queries.switching import State, file_state
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.whole import Value
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.care_file import FileSection, Shape
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release


@dataclass(frozen=True)
class PartPage:
    """The page on which one row is written."""

    code: str
    section: FileSection
    label: str
    hint: str
    row: str
    revision: int
    values: dict[str, Value]
    keep_short: str
    no_place: str
    unconfirmed: bool
    pack: Pack = field(repr=False)


def part_page(code: str, section: str, row: str, actor: Actor) -> PartPage:
    """Return the page on which a row of a section is written, or written over.

    Raises:
        Absent: there is no such file, section or row here, or nothing may be written in it now.
    """
    found, pack = opened(code, actor, CARE_FILE_READ, purpose="part"), current_release().pack
    part = pack.file_sections.get(section)
    if part is None or found.row.closed is not None or file_state(actor.own_organisation) != State.WHOLE:
        raise Absent
    before = found.whole.row(section, row) if row else None
    if part.shape is Shape.ONE and not row:
        before = next(iter(found.whole.of(section)), None)
    elif row and (before is None or part.shape is Shape.AREAS):
        raise Absent
    return PartPage(
        code=code,
        section=part,
        label=shown(part.label),
        hint=shown(part.hint) if part.hint else "",
        row=row,
        revision=found.row.revision,
        values=dict(before.values) if before else {},
        keep_short=message(pack, "keep_short"),
        no_place=message(pack, "no_place_here"),
        unconfirmed=not part.confirmed,
        pack=pack,
    )
