"""Writing the file of addresses that `kernel.handbook.address_book` reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from sluitend.exports.address_extract import Door, Extract
from sluitend.kernel.handbook.address_book import FORMAT
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.addresses import street_words

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE municipality(code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE street(id INTEGER PRIMARY KEY, name TEXT, place TEXT, municipality TEXT, own INTEGER, norm TEXT,
  places TEXT);
CREATE TABLE address(id INTEGER PRIMARY KEY, street INTEGER, number INTEGER, letter TEXT, suffix TEXT,
  postcode TEXT, x INTEGER, y INTEGER) WITHOUT ROWID;
CREATE TABLE taken_back(id INTEGER PRIMARY KEY, street INTEGER, number INTEGER, letter TEXT, suffix TEXT,
  postcode TEXT);
CREATE TABLE renumbered(old INTEGER PRIMARY KEY, new INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE street_words USING fts5(norm, content='', prefix='2 3 4', detail=column);
"""

_AFTER = """
CREATE INDEX by_postcode ON address(postcode, number);
CREATE INDEX by_street ON address(street, number);
CREATE INDEX by_point ON address(x, y);
INSERT INTO renumbered SELECT t.id, min(a.id)
  FROM taken_back t JOIN address a USING (street, number, letter, suffix) GROUP BY t.id;
CREATE INDEX renumbered_to ON renumbered(new);
DROP TABLE taken_back;
INSERT INTO street_words(rowid, norm) SELECT id, norm FROM street;
INSERT INTO street_words(street_words) VALUES ('optimize');
"""


def write_addresses(
    extract: Extract, pack: Pack, names: Mapping[str, str], target: Path, *, source: str
) -> Mapping[str, int]:
    """Write a new file, and return how many streets, addresses, renumbered ones and doubles there are.

    Args:
        extract: what to read; its faults are filled.
        pack: the handbook: its municipalities are those of the region, its places have other names.
        names: of municipalities by code, of the region and beside it.
        target: where; there is nothing yet.
        source: whose addresses they are, with licence.
    """
    own = set(pack.municipalities.ids)
    with closing(sqlite3.connect(target)) as file:
        file.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")
        doubles = _fill(file, extract.doors(), own, _names_of_places(pack))
        file.executemany("INSERT INTO municipality VALUES (?, ?)", names.items())
        placed = ((x, y, door) for door, x, y in extract.points())
        file.executemany("UPDATE address SET x = ?, y = ? WHERE id = ?", placed)
        file.executescript(_AFTER)
        counts = {
            "streets": file.execute("SELECT count(*) FROM street").fetchone()[0],
            "addresses": file.execute("SELECT count(*) FROM address").fetchone()[0],
            "renumbered": file.execute("SELECT count(*) FROM renumbered").fetchone()[0],
            "doubles": doubles,
        }
        told = {"format": FORMAT, "source": source, "day": extract.day.isoformat()}
        told |= {key: str(value) for key, value in counts.items()}
        file.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
        file.commit()
        file.execute("VACUUM")
    return counts


def _fill(
    file: sqlite3.Connection, doors: Iterable[Door], own: Collection[str], other: Mapping[str, set[str]]
) -> int:
    streets: dict[tuple[str, str, str], int] = {}
    doubles = 0
    for door in doors:
        key = (door.street, door.place, door.municipality)
        if key not in streets:
            streets[key] = len(streets) + 1
            place = " ".join(street_words(door.place))
            file.execute(
                "INSERT INTO street VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    streets[key],
                    *key,
                    door.municipality in own,
                    " ".join(street_words(door.street)),
                    "|".join(sorted({place, *other.get(place, ())})),
                ),
            )
        if door.municipality not in own:
            continue
        row = (int(door.id), streets[key], door.number, door.letter, door.suffix, door.postcode)
        if door.given:
            done = file.execute(
                "INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, door.x, door.y)
            )
            doubles += done.rowcount == 0
        else:
            file.execute("INSERT OR IGNORE INTO taken_back VALUES (?, ?, ?, ?, ?, ?)", row)
    return doubles


def _names_of_places(pack: Pack) -> dict[str, set[str]]:
    """Return for each name of a place all its names: people type Den Haag, and the register has another."""
    found: dict[str, set[str]] = {}
    for place in pack.places:
        names = {" ".join(street_words(name)) for name in (place.name, *place.aliases)}
        for name in names:
            found.setdefault(name, set()).update(names)
    return found
