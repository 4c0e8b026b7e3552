"""Which address each line of a list means, where that is not sure: asked once, and as written where left."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms.fields import listed
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.listing import Line
from sluitend.kernel.handbook.address_book import Doors, doors


class DoorsForm(forms.Form):
    """A question for each line of which the address may be several, or is not sure.

    It stands under the list itself. A line that is left, or of which the words changed since, is planned as
    it was written.
    """

    def __init__(self, lines: Iterable[Line], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.lines = [each for each in lines if not each.faults]
        self.known: dict[str, Doors] = {}
        for line in self.lines:
            typed = line.plan.place.address
            known = doors(typed)
            if known.found and not known.sure:
                name = _name(line)
                self.known[name] = known
                self.fields[name] = listed(
                    _("Regel %(number)d: %(address)s") % {"number": line.number, "address": typed},
                    [("", _("Zoals het er staat")), *((each.id, each.text) for each in known.found)],
                    required=False,
                )

    @property
    def asks(self) -> bool:
        """Whether there is a question that was not on the page before."""
        return any(name not in self.data for name in self.fields)

    def plans(self) -> tuple[Plan, ...]:
        """Return what the lines plan, with the addresses that were picked."""
        return tuple(self._plan(line) for line in self.lines)

    def _plan(self, line: Line) -> Plan:
        name = _name(line)
        picked = self.known[name].of(str(self.data.get(name) or "")) if name in self.known else None
        if picked is None:
            return line.plan
        return replace(line.plan, place=replace(line.plan.place, address=picked.text, door=picked.id))


def _name(line: Line) -> str:
    return f"door_{line.number}"
