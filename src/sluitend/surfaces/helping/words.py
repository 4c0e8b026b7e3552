"""In which language a page for somebody at risk is, and in which language each of its texts really is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Text
from sluitend.kernel.handbook.pack import Pack
from sluitend.surfaces.tongues import Tongue, direction_of, tongues

# How browsers call a language by another code.
ALSO_CALLED = {"fil": "tl", "in": "id", "prs": "fa"}


@dataclass(frozen=True)
class Words:
    """A text, with the language in which it stands here."""

    text: str
    code: str
    direction: str


def words(text: Text, code: str) -> Words:
    """Return a text in a language, else in English, else in Dutch: and say which of these it became."""
    found = next(each for each in (code, FALLBACK_LANGUAGE, SOURCE_LANGUAGE) if text.has(each))
    return Words(text.in_language(found), found, direction_of(found))


def tongue(pack: Pack, code: str) -> Tongue | None:
    """Return the language with this code, or None when these pages do not exist in it."""
    return next((each for each in tongues(pack) if each.code == code), None)


def asked_for(request: HttpRequest, pack: Pack) -> Tongue:
    """Return the language the browser asks for, of those that there are; else Dutch. Nothing is kept."""
    offered = {each.code: each for each in tongues(pack)}
    for name, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = name.split("-")[0]
        if found := offered.get(ALSO_CALLED.get(code, code)):
            return found
    return offered[SOURCE_LANGUAGE]
