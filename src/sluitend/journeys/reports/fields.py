"""Fields and checks of the public forms. A message says what is wrong, what was typed and what is right."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn, short
from sluitend.forms.fields import Label
from sluitend.kernel.sealing.tokens import normalise

LONGEST = 20_000
SHORTEST_LINE = 300
KVK_DIGITS = 8
# What a phone that only knows its network says of itself; farther off tells nothing.
FARTHEST_OFF = 100_000
OLDEST = timedelta(days=20 * 366)
DAY_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


def long_text(
    label: Label, *, rows: int = 4, required: bool = False, help_text: Label = "", missing: Label = ""
) -> forms.CharField:
    """Return a field for a few sentences."""
    return fields.text(
        label,
        rows=rows,
        required=required,
        help_text=help_text,
        missing=missing,
        most=None,
        checks=[at_most(LONGEST), no_bsn],
    )


def line(
    label: Label,
    *,
    required: bool = False,
    help_text: Label = "",
    missing: Label = "",
    width: str = "",
    **attrs: str,
) -> forms.CharField:
    """Return a field for one line."""
    return fields.line(
        label,
        help_text,
        required=required,
        missing=missing,
        most=None,
        width=width,
        checks=[at_most(SHORTEST_LINE), no_bsn],
        **attrs,
    )


def checked_kvk(value: str) -> str:
    """Return a company number as eight digits."""
    if not value:
        return ""
    bare = re.sub(r"^kvk[:\s]*", "", value.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s.\-]", "", bare)
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(
            _("Een KvK-nummer heeft alleen cijfers. U vulde “%(typed)s” in.") % {"typed": short(value)}
        )
    if len(digits) != KVK_DIGITS:
        number = len(digits)
        raise ValidationError(
            ngettext(
                "Een KvK-nummer heeft 8 cijfers. Dit is er %(number)s.",
                "Een KvK-nummer heeft 8 cijfers. Dit zijn er %(number)s.",
                number,
            )
            % {"number": number}
        )
    return digits


def checked_plate(value: str) -> str:
    """Return a number plate as typed, if it can be one."""
    if value and not normalise("plate", value):
        raise ValidationError(
            _("Een kenteken heeft 4 tot 10 letters en cijfers. U vulde “%(typed)s” in.")
            % {"typed": short(value)}
        )
    return value


class PastDay(fields.OfEachForm, forms.CharField):
    """A day that has been, of the last twenty years."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the day as an ISO date, or nothing."""
        typed = super().clean(value)
        if not typed:
            return ""
        day = self._parsed(typed)
        today = timezone.localdate()
        if day is None:
            raise ValidationError(
                _("Schrijf de dag als 24-11-2026. U vulde “%(typed)s” in.") % {"typed": short(typed)}
            )
        words = {"typed": date_format(day, "j F Y")}
        if day > today:
            raise ValidationError(_("Kies een dag die al is geweest. U vulde %(typed)s in.") % words)
        if day < today - OLDEST:
            raise ValidationError(
                _("Kies een dag van de laatste twintig jaar. U vulde %(typed)s in.") % words
            )
        return day.isoformat()

    @staticmethod
    def _parsed(text: str) -> date | None:
        for form in DAY_FORMS:
            try:
                return datetime.strptime(text, form).replace(tzinfo=timezone.get_current_timezone()).date()
            except ValueError:
                continue
        return None


class Coordinate(fields.OfEachForm, forms.FloatField):
    """Where a phone is. Nobody types this, so what is wrong with it is left out and not shown."""

    def __init__(self, *, most: float) -> None:
        super().__init__(required=False, widget=forms.HiddenInput())
        self.most = most

    def clean(self, value: Any) -> float | None:
        """Return a number on the globe, or None."""
        try:
            found: float | None = super().clean(value)
        except ValidationError:
            return None
        return found if found is not None and abs(found) <= self.most else None


class Files(fields.OfEachForm, forms.FileField):
    """Several files at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, allow_empty_file=True, widget=ManyFiles(attrs={"class": "sl-file"}), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, none when nothing was chosen. What they are is checked where they are sealed."""
        return [super(Files, self).clean(each, initial) for each in data or () if each]


def files_help(*, anonymous: bool) -> str:
    """Return what becomes of files; who gives no name leaves no original."""
    if anonymous:
        return _(
            "Hoogstens 10 bestanden van 25 MB. Wij bewaren alleen het plaatje: niet waar en waarmee het is "
            "gemaakt, en niet de naam van het bestand."
        )
    return _(
        "Hoogstens 10 bestanden van 25 MB. Wij tonen het plaatje zonder waar en waarmee het is gemaakt. "
        "Het origineel blijft op slot: wie het opent, schrijft op waarom."
    )


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the list of files."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
