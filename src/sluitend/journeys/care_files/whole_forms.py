"""The form of one row of the whole file, made of the fields of the handbook."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.shelter_address import is_address, warn_of_address
from sluitend.journeys.care_files.forms import Seen
from sluitend.journeys.care_files.queries import PartPage, options_of
from sluitend.journeys.care_files.whole import Value
from sluitend.kernel.handbook.care_file import Ask, FileField
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

NO_PLACE = "no_place"
DAYS = frozenset({Ask.DAY, Ask.REMIND, Ask.UNTIL})
TEXTS = frozenset({Ask.TEXT, Ask.OWN_WORDS})
TYPED = TEXTS | {Ask.LINE}
USUAL_LINE, USUAL_TEXT = fields.LINE, 800


class PartForm(Seen):
    """One row of a section. What looks like an address asks first whether it is where somebody sleeps."""

    def __init__(self, data: Any = None, *, page: PartPage) -> None:
        self.page = page
        initial: dict[str, Any] = {"revision": page.revision, **page.values}
        super().__init__(data, initial=initial, auto_id="part_%s")
        for each in page.section.fields:
            self.fields[each.id] = _field(each, page.pack)
            if each.kind in TYPED:
                warn_of_address(self.fields[each.id])

    def clean(self) -> dict[str, Any]:
        """Ask about what looks like an address, until somebody says that nobody sleeps there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        written = {
            each.id: str(cleaned.get(each.id) or "")
            for each in self.page.section.fields
            if each.kind in TYPED
        }
        found = [name for name, text in written.items() if text and is_address(text)]
        if found:
            self.fields[NO_PLACE] = forms.BooleanField(
                label=_("Dit is geen adres van een opvang"), required=False
            )
            if str(self.data.get(NO_PLACE, "")) not in ("on", "true", "1"):
                self.add_error(found[0], self.page.no_place)
        return cleaned

    def values(self) -> dict[str, Value]:
        """Return what was written, as it is kept."""
        return {each.id: _kept(self.cleaned_data.get(each.id)) for each in self.page.section.fields}


def _kept(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "").strip()


def _field(asked: FileField, pack: Pack) -> forms.Field:
    label, hint = shown(asked.label), shown(asked.hint) if asked.hint else ""
    needed = asked.required
    if asked.kind in DAYS:
        return fields.day(label, hint, required=needed)
    if asked.kind in TEXTS:
        checks = [at_most(asked.most or USUAL_TEXT), no_bsn]
        return fields.text(label, required=needed, help_text=hint, most=None, checks=checks, rows=2)
    if asked.kind is Ask.LINE:
        checks = [at_most(asked.most or USUAL_LINE), no_bsn]
        return fields.line(label, hint, required=needed, most=None, checks=checks)
    options = options_of(asked, pack)
    if asked.kind is Ask.CHOICES:
        return fields.several(label, options, required=needed, help_text=hint)
    choices = [("", _("Kies")), *options]
    return fields.listed(label, choices, required=needed, help_text=hint)
