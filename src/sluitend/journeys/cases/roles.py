"""The roles of a subject in a case. Uncertain where they are uncertain: never "victim" alone."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POSSIBLE_VICTIM = "possible_victim"
POSSIBLE_EXPLOITER = "possible_exploiter"

ROLE_WORDS: Mapping[str, str | Promise] = {
    POSSIBLE_VICTIM: _("mogelijk slachtoffer"),
    POSSIBLE_EXPLOITER: _("mogelijk betrokken bij het misbruik"),
    "suspect": _("verdachte"),
    "witness": _("getuige"),
    "relative": _("naaste"),
    "unsure": _("rol onzeker"),
}


FOUND, WORKED, SLEPT = "found", "worked", "slept"

PLACE_WORDS: Mapping[str, str | Promise] = {
    FOUND: _("hier is iemand gevonden"),
    WORKED: _("hier wordt gewerkt"),
    SLEPT: _("hier wordt geslapen"),
}
"""What a place is in a case. Where somebody was found says nothing of who lives or works there."""

ALL_WORDS = {**ROLE_WORDS, **PLACE_WORDS}


def role_words(role: str) -> str:
    """Return the words for a role; the code itself where a later version knew it."""
    return str(ALL_WORDS.get(role, role))
