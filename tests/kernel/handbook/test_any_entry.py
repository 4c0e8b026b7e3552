"""Any entry that the models allow survives files and sheets; any entry with one thing wrong is named."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests import tiers
from tests.kernel.handbook.making import raw_entries
from tests.packs import den_haag

from sluitend.exports.sheets import as_sheet, from_sheet
from sluitend.exports.writing import as_yaml
from sluitend.kernel.handbook.checks import check_pack
from sluitend.kernel.handbook.entries import Entries, Entry
from sluitend.kernel.handbook.loading import file_of, kind_of, list_parts, read_entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.yaml_reading import read_yaml

PACK = den_haag()
PARTS = ("help_lines", "partners", "plan_actions", "points", "cards", "barriers", "branches", "trace")
PHASES = set(Phase) - {Phase.explain}
FEW = settings(
    max_examples=tiers.either(12, 60),  # each writes and reads a file and a sheet, of eight parts
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
)


def made(part: str, raw: dict[str, Any]) -> Entry:
    """Return the entry, where the rules between its fields allow it."""
    entry, _problems = read_entry(part, raw)
    assume(entry is not None)
    assert entry is not None
    return entry


@pytest.mark.parametrize("part", PARTS)
@FEW
@given(data=st.data())
def test_any_entry_survives_a_file_and_a_sheet(
    part: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entry = made(part, data.draw(raw_entries(kind_of(part), PACK)))
    path = tmp_path_factory.mktemp("entry") / file_of(part)
    path.write_text(as_yaml([plain(entry)]), encoding="utf-8")
    again, problems = read_entry(part, read_yaml(path)[0])
    assert (again, problems) == (entry, ())
    assert from_sheet(part, as_sheet(part, [entry])) == (entry,)


WRONG: tuple[Any, ...] = (
    None,
    "",
    "bestaat niet",
    "zeker-niet",
    -1,
    10**9,
    1.5,
    True,
    [],
    ["zeker-niet"],
    {},
    {"nl": ""},
    "<b>",
)


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_field_that_is_wrong_is_named_with_its_file_and_entry_or_does_no_harm(
    data: st.DataObject,
) -> None:
    part = data.draw(st.sampled_from([one for one in list_parts() if len(getattr(PACK, one))]))
    entries: Entries[Entry] = getattr(PACK, part)
    old = data.draw(st.sampled_from(tuple(entries)))
    raw = json.loads(json.dumps(plain(old)))
    field = data.draw(st.sampled_from([*(name for name in raw if name != "id"), "onbekend"]))
    if data.draw(st.booleans()):
        raw.pop(field, None)
    else:
        raw[field] = data.draw(st.sampled_from(WRONG))
    new, problems = read_entry(part, raw)
    if new is None:
        assert problems
        for problem in problems:
            assert (problem.file, problem.entry) == (file_of(part), old.id)
            assert problem.field.split(".")[0] == field or problem.field == "regel"
            assert problem.remedy
            assert problem.remedy_en
        return
    changed = tuple(new if entry.id == old.id else entry for entry in entries)
    pack = PACK.model_copy(update={part: type(entries).model_construct(changed)})
    for problem in check_pack(pack, broken={}, file_of=file_of):
        assert problem.file
        assert problem.entry
        assert problem.remedy
    assert {one: getattr(pack, one).ids for one in list_parts()} == {
        one: getattr(PACK, one).ids for one in list_parts()
    }


def test_what_the_models_refuse_is_refused_in_a_sheet_too() -> None:
    line = next(iter(PACK.help_lines)).model_copy(update={"name": None})
    with pytest.raises(PackInvalid):
        from_sheet("help_lines", as_sheet("help_lines", [line]))
