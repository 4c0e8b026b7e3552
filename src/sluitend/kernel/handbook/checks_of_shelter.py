"""The rules for looking for a place: four states, every hour in order, and no bridge for a child alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .pack import Pack
from .problems import Finding, Words
from .sheltering import Hour, Household, Night

_ADD: Words = ("voeg dit toe", "add this")
_MEND: Words = ("verbeter dit", "mend this")
_PARTS = ("shelter_kinds", "shelter_refusals", "night_states", "night_hours", "night_ladder")


def shelter_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what is wrong; a pack that says nothing of places has nothing wrong."""
    if not any(len(getattr(pack, part)) for part in _PARTS):
        return
    for part in _PARTS:
        if not len(getattr(pack, part)):
            yield Finding(part, "", (f"'{part}' ontbreekt", f"'{part}' is missing"), _ADD)
    yield from _exactly("night_states", pack.night_states.ids, set(Night))
    yield from _exactly("night_hours", pack.night_hours.ids, set(Hour))
    hours = [pack.night_hours[each].at for each in Hour if each in pack.night_hours]
    if hours != sorted(hours):
        yield Finding(
            "night_hours", "", ("de uren staan niet op volgorde", "the hours are not in order"), _MEND, "at"
        )
    if "shelter_address" not in pack.retention:
        words = ("'shelter_address' ontbreekt", "'shelter_address' is missing")
        yield Finding("retention", "shelter_address", words, _ADD)
    for household in Household:
        if not any(household in each.households for each in pack.shelter_kinds):
            missing = (f"geen soort plek is voor '{household}'", f"no kind of place is for '{household}'")
            yield Finding("shelter_kinds", "", missing, _ADD, "households")
    for kind in pack.shelter_kinds:
        if kind.bridges and Household.CHILD in kind.households:
            words = ("een kind alleen wordt niet overbrugd", "a child alone is not bridged")
            yield Finding("shelter_kinds", kind.id, words, _MEND, "households")


def _exactly(part: str, there: Collection[str], wanted: set[str]) -> Iterator[Finding]:
    for each in sorted(wanted - set(there)):
        yield Finding(part, each, (f"'{each}' ontbreekt", f"'{each}' is missing"), _ADD)
    for each in sorted(set(there) - wanted):
        yield Finding(part, each, (f"'{each}' kent niemand", f"nobody knows '{each}'"), _MEND, "id")
