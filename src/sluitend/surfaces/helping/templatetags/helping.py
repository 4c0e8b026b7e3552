"""Pictures that stand in the page itself: a page about help asks for as few files as it can."""

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SPRITE = Path(settings.STATICFILES_DIRS[0]) / "sluitend" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([a-z-]+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
DIRECTIONAL = frozenset({"back"})


@register.simple_tag
def picture(name: str) -> SafeString:
    """A picture of the sprite, drawn in the page. It is always beside words, so a screen reader skips it."""
    kind = "sl-icon sl-icon--flip" if name in DIRECTIONAL else "sl-icon"
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', kind, drawn()[name])


@lru_cache(maxsize=1)
def drawn() -> dict[str, SafeString]:
    """Return every picture of the sprite by its name."""
    found = SYMBOL.findall(SPRITE.read_text(encoding="utf-8"))
    return {name: mark_safe(shapes) for name, shapes in found}  # noqa: S308 - a file of our own
