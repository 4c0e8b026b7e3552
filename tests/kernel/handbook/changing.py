"""Changes to one entry of the rules of a plan, of which a test then asks what is wrong."""

import json
from typing import Any

from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.loading import kind_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain


def changed(pack: Pack, part: str, entry_id: str, **fields: Any) -> Pack:
    """Return the pack with other words in one entry; what is None is left out."""
    return _with(
        pack,
        part,
        [_other(entry, fields) if entry.id == entry_id else entry for entry in getattr(pack, part)],
    )


def with_one_more(pack: Pack, part: str, like: str, **fields: Any) -> Pack:
    """Return the pack with an entry more, made of another one of that part."""
    entries = getattr(pack, part)
    return _with(pack, part, [*entries, _other(entries[like], fields)])


def without(pack: Pack, part: str, entry_id: str) -> Pack:
    """Return the pack without one entry."""
    return _with(pack, part, [entry for entry in getattr(pack, part) if entry.id != entry_id])


def _with(pack: Pack, part: str, entries: list[Any]) -> Pack:
    return pack.model_copy(update={part: Entries[kind_of(part)].model_construct(tuple(entries))})  # type: ignore[misc]


def _other(entry: Any, fields: dict[str, Any]) -> Any:
    raw = {name: value for name, value in {**plain(entry), **fields}.items() if value is not None}
    return type(entry).model_validate_json(json.dumps(raw))
