"""Addresses of the invented region: from a fixed seed, with the shapes that real ones have.

All of them are invented: the numbers begin with a code of a place, from 9990, that the register does not use.
"""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from tests.kernel.handbook.invented_borders import FOLDER

from sluitend.cli import main

SEED = 9002
DAY = date(2026, 11, 1)
# Code of the place, its name, the code and the name of its municipality.
PLACES = (
    ("9990", "Grijsveen", "9001", "Grijsveen"),
    ("9991", "Klein Grijsveen", "9001", "Grijsveen"),
    ("9992", "Oosterhage", "9002", "Oosterhage"),
    ("9993", "Oosterhage-Haven", "9002", "Oosterhage"),
    ("9994", "Lindewold", "9003", "Lindewold"),
    ("9999", "Verweg aan Zee", "9009", "Verweg"),
)
CENTRES = dict(
    zip((each[0] for each in PLACES), ("1001", "1002", "1003", "1004", "1005", "1009"), strict=True)
)
STREETS = (
    # Three places with one street name, of which two are in one municipality.
    ("Hoofdstraat", ("9990", "9991", "9992")),
    ("Burgemeester de Vriesstraat", ("9990",)),
    ("Plein 1944", ("9990",)),
    ("1e Wilgenlaan", ("9990",)),
    ("2e Wilgenlaan", ("9990",)),
    ("Dr. Ir. van 't Veldpad", ("9992",)),
    ("'t Hôfke", ("9992",)),
    ("IJsselkade", ("9994",)),
    # A street over a border.
    ("Grensweg", ("9991", "9993")),
    ("Strandweg", ("9999",)),
)
DOORS = (
    ("12", "", ""),
    ("12", "A", ""),
    ("12", "", "2"),
    ("12", "", "hs"),
    ("12", "B", "bis"),
    ("14", "", ""),
)
RENUMBERED = ("9990200000009001", "9990200000000001")
"""A number that was taken back, of the door that has the other one now."""


def rows() -> list[dict[str, str]]:
    """Return every door as a line of a table."""
    random = Random(SEED)  # noqa: S311
    known = {code: (name, town, gemeente) for code, name, town, gemeente in PLACES}
    made: list[dict[str, str]] = []
    for letters, (street, places) in enumerate(STREETS):
        for place in places:
            name, _town, gemeente = known[place]
            more = [(str(number), "", "") for number in range(2, 2 + 2 * random.randint(1, 4), 2)]
            for number, letter, suffix in [*DOORS, *more]:
                made.append(
                    {
                        "openbareruimte": street,
                        "huisnummer": number,
                        "huisletter": letter,
                        "huisnummertoevoeging": suffix,
                        "postcode": f"{CENTRES[place]}{'ABCDEFGHJK'[letters]}A",
                        "woonplaats": name,
                        "gemeente": gemeente,
                        "nummeraanduiding": f"{place}2000{len(made) + 1:08d}",
                        "x": str(50_000 + random.randint(0, 9_999)),
                        "y": str(550_000 + random.randint(0, 9_999)),
                    }
                )
    return made


def table_file(path: Path, spoilt: Mapping[int, Mapping[str, str]] = MappingProxyType({})) -> Path:
    """Write the doors as a table with a line each, some with other words."""
    made = [{**row, **spoilt.get(number, {})} for number, row in enumerate(rows())]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
    return path


def write_register(path: Path) -> None:
    """Write the doors as the register publishes them: a ZIP, with a ZIP of XML for each kind of object."""
    made = rows()
    streets: dict[tuple[str, str], str] = {}
    for row in made:
        place = row["nummeraanduiding"][:4]
        streets.setdefault((row["openbareruimte"], place), f"{place}3000{len(streets) + 1:08d}")
    kinds = {
        "9999WPL01112026": [_place(code, name) for code, name, _town, _gemeente in PLACES],
        "9999OPR01112026": [_street(number, name, place) for (name, place), number in streets.items()],
        "9999NUM01112026": [
            *(_door(row, streets) for row in made),
            _door({**made[0], "nummeraanduiding": RENUMBERED[0]}, streets, status="Naamgeving ingetrokken"),
            _door({**made[1], "huisnummer": "99"}, streets, ended="2020-01-01"),
        ],
        "9999VBO01112026": [_dwelling(row) for row in made],
        "GEM-WPL-RELATIE-01112026": [_lies_in(code, town) for code, _name, town, _gemeente in PLACES],
    }
    with zipfile.ZipFile(path, "w") as outer:
        for name, objects in kinds.items():
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as inner:
                inner.writestr(f"{name}-000001.xml" if "GEM" not in name else f"{name}.xml", _file(objects))
            outer.writestr(f"{name}.zip", held.getvalue())


_SPACES = (
    'xmlns:sl-bag-extract="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/v20200601"'
    ' xmlns:sl="http://www.kadaster.nl/schemas/standlevering-generiek/1.0"'
    ' xmlns:Objecten="www.kadaster.nl/schemas/lvbag/imbag/objecten/v20200601"'
    ' xmlns:Objecten-ref="www.kadaster.nl/schemas/lvbag/imbag/objecten-ref/v20200601"'
    ' xmlns:Historie="www.kadaster.nl/schemas/lvbag/imbag/historie/v20200601"'
    ' xmlns:gml="http://www.opengis.net/gml/3.2"'
    ' xmlns:gwr="www.kadaster.nl/schemas/lvbag/gem-wpl-rel/gwr-producten-lvc/v20200601"'
    ' xmlns:bagtypes="www.kadaster.nl/schemas/lvbag/gem-wpl-rel/bag-types/v20200601"'
)


def _file(objects: list[str]) -> str:
    held = "".join(
        f"<sl:stand><sl-bag-extract:bagObject>{each}</sl-bag-extract:bagObject></sl:stand>"
        for each in objects
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><!-- verzonnen -->'
        f"<sl-bag-extract:bagStand {_SPACES}>{held}</sl-bag-extract:bagStand>"
    )


def _field(name: str, value: Any) -> str:
    return f"<Objecten:{name}>{value}</Objecten:{name}>" if value else ""


def _ref(role: str, kind: str, number: str) -> str:
    held = f"<Objecten-ref:{kind}Ref>{number}</Objecten-ref:{kind}Ref>"
    return f"<Objecten:{role}>{held}</Objecten:{role}>"


def _held(begun: str, ended: str = "") -> str:
    end = f"<Historie:eindGeldigheid>{ended}</Historie:eindGeldigheid>" if ended else ""
    said = f"<Historie:beginGeldigheid>{begun}</Historie:beginGeldigheid>{end}"
    return f"<Objecten:voorkomen><Historie:Voorkomen>{said}</Historie:Voorkomen></Objecten:voorkomen>"


def _place(code: str, name: str) -> str:
    held = _field("identificatie", code) + _field("naam", name) + _field("status", "Woonplaats aangewezen")
    return f"<Objecten:Woonplaats>{held}{_held('2012-01-01')}</Objecten:Woonplaats>"


def _street(number: str, name: str, place: str) -> str:
    held = _field("identificatie", number) + _field("naam", name) + _field("type", "Weg")
    held += (
        _field("status", "Naamgeving uitgegeven") + _held("2012-01-01") + _ref("ligtIn", "Woonplaats", place)
    )
    return f"<Objecten:OpenbareRuimte>{held}</Objecten:OpenbareRuimte>"


def _door(
    row: dict[str, str],
    streets: dict[tuple[str, str], str],
    *,
    status: str = "Naamgeving uitgegeven",
    ended: str = "",
) -> str:
    names = ("huisnummer", "huisletter", "huisnummertoevoeging", "postcode")
    held = _field("identificatie", row["nummeraanduiding"])
    held += "".join(_field(name, row[name]) for name in names)
    held += _field("typeAdresseerbaarObject", "Verblijfsobject") + _field("status", status)
    held += _held("2012-01-01", ended)
    place = next(code for code, name, _town, _gemeente in PLACES if name == row["woonplaats"])
    held += _ref("ligtAan", "OpenbareRuimte", streets[row["openbareruimte"], place])
    return f"<Objecten:Nummeraanduiding>{held}</Objecten:Nummeraanduiding>"


def _dwelling(row: dict[str, str]) -> str:
    held = _ref("heeftAlsHoofdadres", "Nummeraanduiding", row["nummeraanduiding"])
    held += _field("identificatie", row["nummeraanduiding"][:4] + "01" + row["nummeraanduiding"][6:])
    point = f"<gml:Point><gml:pos>{row['x']}.0 {row['y']}.0 0.0</gml:pos></gml:Point>"
    held += f"<Objecten:geometrie><Objecten:punt>{point}</Objecten:punt></Objecten:geometrie>"
    return f"<Objecten:Verblijfsobject>{held}{_held('2012-01-01')}</Objecten:Verblijfsobject>"


def _lies_in(place: str, town: str) -> str:
    def number(name: str, value: str) -> str:
        return f"<gwr:{name}><gwr:identificatie>{value}</gwr:identificatie></gwr:{name}>"

    begun = "<bagtypes:begindatumTijdvakGeldigheid>2012-01-01</bagtypes:begindatumTijdvakGeldigheid>"
    held = f"<gwr:tijdvakgeldigheid>{begun}</gwr:tijdvakgeldigheid>"
    held += number("gerelateerdeWoonplaats", place) + number("gerelateerdeGemeente", town)
    return f"<gwr:GemeenteWoonplaatsRelatie>{held}</gwr:GemeenteWoonplaatsRelatie>"


def make_book(folder: Path, spoilt: Mapping[int, Mapping[str, str]] = MappingProxyType({})) -> Path:
    """Make the file of addresses that an installation reads, of the table with some other words."""
    target = folder / "addresses.sqlite"
    target.unlink(missing_ok=True)
    table = table_file(folder / "adressen.csv", spoilt)
    said = ["--source", "verzonnen", "--day", DAY.isoformat(), "--into", str(target), "--pack", str(FOLDER)]
    assert main(["handbook", "addresses", str(table), *said]) == 0
    return target


def row_of(address_id: str) -> int:
    """Return which line of the table has a number."""
    return next(number for number, row in enumerate(rows()) if row["nummeraanduiding"] == address_id)
