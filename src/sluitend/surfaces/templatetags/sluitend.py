"""Tags and filters for every page: icons, dates and numbers as they are written in this project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown as in_language_of_page

register = template.Library()

# Icons that point somewhere. They follow the reading direction; a phone, a clock and a tick do not.
DIRECTIONAL = frozenset({"back", "send"})
TAG_ICONS = {
    "acute": "alert",
    "minor": "child",
    "late": "clock",
    "done": "check",
    "info": "clock",
    "plain": "info",
    "unsure": "info",
    "person": "person",
    "place": "place",
}
TAG_CLASSES = {
    "acute": "utrecht-badge-status--danger",
    "minor": "sl-badge--minor",
    "late": "utrecht-badge-status--warning",
    "done": "utrecht-badge-status--success",
    "info": "utrecht-badge-status--active",
    "plain": "utrecht-badge-status--inactive",
    "unsure": "sl-badge--unsure",
    "person": "sl-badge--person",
    "place": "sl-badge--place",
}


class Icon(Node):
    """An icon of the sprite. It is always beside a word, so it says nothing to a screen reader."""

    child_nodelists = ()

    def __init__(
        self, name: FilterExpression, flip: FilterExpression | None, part: FilterExpression | None
    ) -> None:
        self._name = name
        self._flip = flip
        self._part = part
        # Nearly every icon has a name that is always the same.
        is_same = flip is None and part is None and not (name.is_var or name.filters)
        self._same = str(name.var) if is_same else ""
        self.is_always_same = bool(self._same)

    def render(self, context: Context) -> SafeString:
        """Return the icon, mirrored where it points somewhere or where that was asked."""
        if self._same:
            return _drawn(self._same, self._same in DIRECTIONAL, "")
        name = self._name.resolve(context)
        flips = name in DIRECTIONAL if self._flip is None else bool(self._flip.resolve(context))
        return _drawn(name, flips, str(self._part.resolve(context)) if self._part else "")


@register.tag
def icon(parser: Parser, token: Token) -> Icon:
    """Draw an icon: its name, `flip=` where it does not follow its name, `class=` in a component."""
    _tag, name, *options = token.split_contents()
    given = {
        key: parser.compile_filter(value) for key, _is, value in (each.partition("=") for each in options)
    }
    return Icon(parser.compile_filter(name), given.get("flip"), given.get("class"))


@lru_cache(maxsize=256)
def _drawn(name: str, flips: bool, part: str) -> SafeString:
    # A page has some ninety icons; the address of the sprite is the same all day.
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        " ".join(filter(None, ["sl-icon", "sl-icon--flip" if flips else "", part])),
        static("sluitend/icons.svg"),
        name,
    )


@register.filter
def tag_icon(name: str) -> str:
    """The icon of a kind of tag. Any other name is that of an icon; nothing means that something waits."""
    return TAG_ICONS.get(name, name or "pause")


@register.filter
def tag_class(kind: str) -> str:
    """What a component calls a kind of tag; nothing for what waits."""
    return TAG_CLASSES.get(kind, "")


@register.filter
def nldate(value: date | None) -> str:
    """A day in running text: "dinsdag 24 november 2026"."""
    return _formatted(value, "l j F Y")


@register.filter
def nlday(value: date | None) -> str:
    """A day in a list: "di 24 nov"."""
    language = get_language() or ""
    return "" if value is None else _said(_day(value), "D j b" if language[:2] == "nl" else "D j M", language)


@register.filter
def nlyear(value: date | None) -> str:
    """A day in a list that spans years: "24 november 2026"."""
    return _formatted(value, "j F Y")


@register.filter
def nltime(value: datetime | time | None) -> str:
    """The time of day: "09:52"."""
    if value is None:
        return ""
    return f"{_local(value):%H:%M}"


@register.filter
def nlwhen(value: date | None) -> str:
    """A moment near today: "vandaag, 09:52", "gisteren" or "morgen"; any other day as in a list."""
    if value is None:
        return ""
    moment, day = _local(value), _day(value)
    word = _near(day) or nlday(day)
    return f"{word}, {nltime(moment)}" if isinstance(moment, datetime) else word


@register.filter
def falls_today(value: date) -> bool:
    """Whether a moment is on this day: then a page says so, and no date that somebody must work out."""
    return _day(value) == timezone.localdate()


@register.filter
def shown(value: Text | str | None) -> str:
    """A text of the handbook in the language of the page."""
    return in_language_of_page(value) if isinstance(value, Text) else value or ""


@register.filter
def kvk_spaced(value: object) -> str:
    """A company number in pairs: "90 00 41 27". Read aloud and copied down it goes wrong less often."""
    digits = "".join(character for character in str(value or "") if character.isdigit())
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))


@register.filter
def mail_address(value: str | None) -> SafeString:
    """An e-mail address that may wrap before its at sign, and nowhere else as long as that is enough."""
    name, at, domain = (value or "").partition("@")
    return format_html("{}<wbr>{}{}", name, at, domain)


@register.filter
def initials(name: str | None) -> str:
    """The first letters of the first and the last part of a name: "NB" for "Noor de Bruin"."""
    parts = [part for part in (name or "").split() if part]
    return "".join(part[0].upper() for part in dict.fromkeys(parts[:1] + parts[-1:]))


@register.filter
def groups_of_four(code: str | None) -> list[str]:
    """A receipt code in the groups in which it is shown, whether or not it holds spaces or dashes."""
    letters = "".join(character for character in (code or "") if character.isalnum())
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]


@register.filter
def beside(columns: Sequence[str], cells: Iterable[object]) -> Iterable[tuple[str, object]]:
    """The cells of a row, each with the name of its column; the first column is the head of the row."""
    return zip(columns[1:], cells, strict=True)


@register.filter
def is_number(value: object) -> bool:
    """Whether a cell stands at the end side, in figures of equal width."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.filter
def stood_for(day: date | None) -> str:
    """What a row says of what was not done on its day: "Stond voor di 24 nov". Never "te laat"."""
    return "" if day is None else _stood_for(_day(day), get_language())


def _formatted(value: date | None, form: str) -> str:
    return "" if value is None else _said(_day(value), form, get_language())


@lru_cache(maxsize=4096)
def _said(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


@lru_cache(maxsize=1024)
def _stood_for(day: date, _language: str | None) -> str:
    # A page of fifty rows has it fifty times, and translating with a value in it takes a tenth of the page.
    return _("Stond voor %(day)s") % {"day": nlday(day)}


def _day(value: date) -> date:
    moment = _local(value)
    return moment.date() if isinstance(moment, datetime) else moment


def _local(value: Any) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        # An installation has one time zone: to look for one of this page first takes longer than the rest.
        return value.astimezone(timezone.get_default_timezone())
    return value


def _near(day: date) -> str:
    match (day - timezone.localdate()).days:
        case -1:
            return _("gisteren")
        case 0:
            return _("vandaag")
        case 1:
            return _("morgen")
    return ""
