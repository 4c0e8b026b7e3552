"""The words of a report and of a reporter as typed values: what is sealed, and what is read back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Self, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTIVITY = "meldingen"
"""Under which activity what happens to a report stands in the ledger."""
ATTACHMENT_OWNER = "report"
"""To which kind of row a file of a report belongs."""

ORIGINAL_REASONS = {
    "leesbaar": gettext_lazy("Op de plaatjes is het niet goed te zien"),
    "niet_te_tonen": gettext_lazy("Er zijn geen plaatjes van"),
    "bewijs": gettext_lazy("Het is nodig als bewijs"),
    "rechter": gettext_lazy("Een rechter of officier vraagt het"),
}
"""Why somebody may want the file itself; the code is the purpose in the ledger."""

LASTS = {
    "days": gettext_lazy("Dagen"),
    "weeks": gettext_lazy("Weken"),
    "months": gettext_lazy("Maanden"),
    "years": gettext_lazy("Een jaar of langer"),
}
"""How long something has been so."""

_LASTING = {
    "days": gettext_lazy("Dit duurt al dagen."),
    "weeks": gettext_lazy("Dit duurt al weken."),
    "months": gettext_lazy("Dit duurt al maanden."),
    "years": gettext_lazy("Dit duurt al een jaar of langer."),
}

FARTHEST = 180
"""Degrees of latitude or longitude."""

type Identifier = tuple[str, str]


def also_told(lasts: str, *, put_out: bool) -> list[str]:
    """Return as sentences that somebody was put on the street, and how long something has been so."""
    told = [_("Iemand is op straat gezet.")] if put_out else []
    return [*told, str(_LASTING[lasts])] if lasts in _LASTING else told


def placed(near: str, *, pointed: bool) -> str:
    """Return a town as a place: beside it, when only a point is known."""
    return _("bij %(place)s") % {"place": near} if near and pointed else near


@dataclass(frozen=True)
class Sealed:
    """A frozen set of values that is sealed as JSON. Empty values are left out."""

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, (), [])}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return the values again; what this version does not know is skipped, what is missing is empty.

        So is what is of another kind: whoever took over the public process seals whatever they like, and one
        report in another form must not be an error in the list of all others.
        """
        given = values if isinstance(values, dict) else {}
        found = {name: otherwise for name, otherwise in _defaults(cast("Any", cls)).items() if name in given}
        return cls(**{name: _fitting(given[name], otherwise) for name, otherwise in found.items()})


@cache
def _defaults(kind: type[Sealed]) -> Mapping[str, Any]:
    """Return what stands in each field when nothing was filled in: most of a report is."""
    return {each.name: each.default for each in fields(kind)}


def _fitting(value: Any, otherwise: Any) -> Any:
    """Return a value of the kind that a field has, else what stands there when nothing was filled in."""
    if isinstance(otherwise, tuple):
        many = value if isinstance(value, list | tuple) else ()
        return tuple(_text(each) for each in many if isinstance(each, str))
    if otherwise is None:
        number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= FARTHEST
        return float(value) if number else None
    return _text(value) if isinstance(value, str | Promise) else otherwise


def _text(value: str | Promise) -> str:
    """Return words that every page can show: half a character is a question mark."""
    return str(value).encode(errors="replace").decode()


@dataclass(frozen=True)
class ReportContent(Sealed):
    """What a reporter told. Facts (`saw`) and thoughts (`think`) stay apart; all but the facts may be empty.

    `when` is `now`, `today`, `yesterday` or `other`; `day` the ISO date that it meant; `spoke` yes or no;
    `found_at` where somebody was found when that is elsewhere; `lasts` a key of `LASTS`; `put_out` yes or no;
    `acute` what the reporter said of danger now, see `danger.py`; `reporter` digests of who told it, by which
    the name is known where it would leave: see `kernel.telltale.hidden`; `near` the town that is known of the
    place when nobody typed one, and `accuracy` how many metres the point of a phone may be beside it;
    `address` the address that was meant by `where`, as the register writes it, and `door` its number there.
    """

    saw: str = ""
    think: str = ""
    where: str = ""
    door: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy: str = ""
    near: str = ""
    when: str = ""
    day: str = ""
    time: str = ""
    form: str = ""
    role: str = ""
    signals: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    company: str = ""
    kvk: str = ""
    plate: str = ""
    phone: str = ""
    account: str = ""
    people: str = ""
    spoke: str = ""
    wants: str = ""
    reach: str = ""
    reach_not: str = ""
    found_at: str = ""
    lasts: str = ""
    put_out: str = ""
    language: str = ""
    acute: str = ""
    reporter: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it was, for people: as typed, else the town. Only what was typed is an address."""
        return self.where or placed(self.near, pointed=self.latitude is not None)

    def identifiers(self) -> list[Identifier]:
        """Return what can be found again elsewhere, as (kind, value) for `sealing.tokens`."""
        pairs = [
            ("phone", self.phone),
            ("plate", self.plate),
            ("kvk", self.kvk),
            ("account", self.account),
            ("company", self.company),
            ("address", self.where),
            ("address", self.address),
            ("door", self.door),
            ("address", self.found_at),
        ]
        return [(kind, value) for kind, value in pairs if value]


@dataclass(frozen=True)
class IdentityContent(Sealed):
    """Who reported."""

    name: str = ""
    phone: str = ""
    mail: str = ""
    organisation: str = ""
    function: str = ""


@dataclass(frozen=True)
class MarkContent(Sealed):
    """What was marked in twenty seconds, and for which municipality."""

    marks: tuple[str, ...] = ()
    where: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy: str = ""
    near: str = ""
    day: str = ""
    time: str = ""
    municipality: str = ""
    acute: str = ""

    @property
    def place(self) -> str:
        """Where it was, for people: as typed, else the town."""
        return self.where or placed(self.near, pointed=self.latitude is not None)

    def as_report(self) -> ReportContent:
        """Return it as the beginning of a report."""
        return ReportContent(
            where=self.where,
            latitude=self.latitude,
            longitude=self.longitude,
            accuracy=self.accuracy,
            near=self.near,
            when="other",
            day=self.day,
            time=self.time,
            marks=self.marks,
            acute=self.acute,
        )


@dataclass(frozen=True)
class DecisionContent(Sealed):
    """Why a focal point decided as they did."""

    reason: str = ""
    sentence: str = ""
    department: str = ""
