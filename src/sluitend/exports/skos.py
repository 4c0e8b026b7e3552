"""The terms of a pack as SKOS in JSON-LD, after the Dutch profile NL-SBB, for other programs to read.

A list is a concept scheme and an entry of it a concept. The headings over a list are collections, the
documents behind it sources. Nothing is said that the pack does not say: a definition is a field of the entry,
after its kind and name where that field alone does not tell what the entry is. A link is a reference of the
entry. No field of a pack says that one entry is a kind of another, so every concept is a top concept.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from sluitend.exports.names import field_name, kind_name
from sluitend.kernel.handbook.checks import references_in
from sluitend.kernel.handbook.codes import ExternalCode
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entries, Entry, Text
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import Reference

DOCUMENT = "/handboek/begrippen.jsonld"
"""Where an installation serves the terms; without an address of the region their IRIs point into it."""

PREFIX = "begrip"
BOTH = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
CODES_LANGUAGE = "en"
UNKNOWN_LANGUAGE = "und"
DEPRECATED = "deprecated"
UNDER_DEVELOPMENT = "http://purl.org/adms/status/UnderDevelopment"
NOT_CONFIRMED = {"nl": "Niet bevestigd.", "en": "Not confirmed."}

# What some packs write for an address is a sentence, and a space in it would make the document unreadable.
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

type Node = dict[str, Any]
type Words = dict[str, str]
type Keeps = Callable[[Entry], bool]


@dataclass(frozen=True)
class Terms:
    """A list of the pack that other programs can use, and what its fields say in SKOS.

    Attributes:
        definition: the field that defines the entry by itself.
        about: else the field that stands after its kind and name; it may be of no use without those.
        notes: fields that say how to use or understand the entry.
        heading: the field that names a heading, and the list of those headings.
        match: how an entry relates to the code of another standard that it names.
        comment: what whoever takes the whole list must know.
    """

    definition: str = ""
    about: str = ""
    notes: tuple[str, ...] = ()
    heading: tuple[str, str] | None = None
    match: str = "exactMatch"
    comment: Mapping[str, str] | None = None


LISTS: Mapping[str, Terms] = {
    "forms": Terms(definition="description"),
    "indicators": Terms(notes=("innocent",), heading=("category", "categories")),
    "roles": Terms(),
    # A partner is one of the organisations that the code of the standard stands for, not that kind itself.
    "partners": Terms(about="task", match="broadMatch"),
    "sources": Terms(about="condition", notes=("reason_not",)),
    "sectors": Terms(about="why"),
    "branches": Terms(about="role"),
    "risk_groups": Terms(
        about="why",
        notes=("mind",),
        comment={
            "nl": "Een groep zegt alleen waar u informatie brengt. "
            "Schrijf een groep nooit bij een persoon op.",
            "en": "A group only says where to bring information. Never write a group down with a person.",
        },
    ),
    "measures": Terms(notes=("check",), heading=("heading", "headings")),
    "instruments": Terms(about="ground", notes=("body", "mind")),
    "barriers": Terms(about="what", heading=("stage", "stages")),
}

_LINK = {"@type": "@id"}
_WORDS = {"@container": "@language"}
_TEXTS = ("prefLabel", "altLabel", "definition", "scopeNote", "editorialNote")
_LINKS = (
    "inScheme",
    "topConceptOf",
    "hasTopConcept",
    "related",
    "exactMatch",
    "broadMatch",
    "member",
)
# It stands in the document itself: a context elsewhere would be fetched by whoever reads the terms.
_CONTEXT: Mapping[str, Any] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "adms": "http://www.w3.org/ns/adms#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "notation": "skos:notation",
    "title": {"@id": "dct:title", **_WORDS},
    "comment": {"@id": "rdfs:comment", **_WORDS},
    "source": {"@id": "dct:source", **_LINK},
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "valid": "dct:valid",
    "citation": "dct:bibliographicCitation",
    "page": {"@id": "foaf:page", **_LINK},
    "status": {"@id": "adms:status", **_LINK},
    "version": "owl:versionInfo",
    **{name: {"@id": f"skos:{name}", **_WORDS} for name in _TEXTS},
    **{name: {"@id": f"skos:{name}", **_LINK} for name in _LINKS},
}


def base_of(pack: Pack) -> str:
    """Return what every IRI begins with: what the pack says, else the address of this installation."""
    root: str = settings.SLUITEND_PUBLIC_ADDRESS or settings.SLUITEND_ADDRESS
    return pack.description.terms_base or f"{root.rstrip('/')}{DOCUMENT}#"


def as_skos(pack: Pack, *, base: str, keeps: Keeps = lambda entry: True) -> str:
    """Return the lists of terms of a pack as one JSON-LD document, which needs nothing else to be read.

    Args:
        pack: of which pack.
        base: what every IRI begins with; the list and the id of an entry come after it.
        keeps: which entries may be in it; what is left out is linked to by nothing.
    """
    document = {"@context": {PREFIX: base, **_CONTEXT}, "@graph": list(_Vocabulary(pack, keeps).nodes())}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _Vocabulary:
    """The nodes of one pack, with only the entries that may be in it."""

    def __init__(self, pack: Pack, keeps: Keeps) -> None:
        self.pack = pack
        self.keeps = keeps
        self.lists = {part: self._kept(part) for part in LISTS}
        self.related = self._related()
        self.codes: dict[str, ExternalCode] = {}
        self.sources: dict[str, Reference] = {}

    def nodes(self) -> Iterator[Node]:
        """Yield schemes, concepts and collections; then the codes and documents that these named."""
        for part, entries in self.lists.items():
            if entries:
                yield self._scheme(part, entries)
                yield from (self._concept(part, entry) for entry in entries.values())
                yield from self._collections(part, entries)
        yield from [self._code(code) for code in self.codes.values()]
        yield from (_document(reference) for reference in self.sources.values())

    def _kept(self, part: str) -> dict[str, Entry]:
        entries: Entries[Entry] = getattr(self.pack, part)
        return {entry.id: entry for entry in entries if self.keeps(entry)}

    def _related(self) -> Mapping[str, set[str]]:
        """Return what each concept is related to. Being related goes both ways, so both say it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for part, entries in self.lists.items():
            for entry in entries.values():
                here = _iri(part, entry.id)
                for _, refers, target in references_in(entry):
                    if target in self.lists.get(refers.kind, ()):
                        there = _iri(refers.kind, target)
                        found[here].add(there)
                        found[there].add(here)
        return found

    def _scheme(self, part: str, entries: Iterable[str]) -> Node:
        description = self.pack.description
        names = kind_name(part, many=True).root
        return {
            "id": _iri(part),
            "type": "skos:ConceptScheme",
            "title": {language: f"{names[language]}: {description.name.root[language]}" for language in BOTH},
            **({"comment": dict(comment)} if (comment := LISTS[part].comment) else {}),
            "version": description.version,
            "modified": description.date.isoformat(),
            "hasTopConcept": [_iri(part, entry_id) for entry_id in entries],
        }

    def _concept(self, part: str, entry: Entry) -> Node:
        terms = LISTS[part]
        here = _iri(part, entry.id)
        return {
            "id": here,
            "type": "skos:Concept",
            "inScheme": _iri(part),
            "topConceptOf": _iri(part),
            "notation": entry.id,
            "prefLabel": _reviewed(entry, _label(entry)),
            "definition": _definition(part, entry),
            **_where_there_is_any(
                altLabel=_other_names(entry),
                scopeNote=_notes(entry, terms.notes),
                related=sorted(self.related.get(here, ())),
                source=self._sources_of(entry),
                valid=_validity(entry),
                **{terms.match: self._codes_of(entry)},
            ),
            **(
                {} if entry.confirmed else {"status": UNDER_DEVELOPMENT, "editorialNote": dict(NOT_CONFIRMED)}
            ),
        }

    def _collections(self, part: str, entries: Mapping[str, Entry]) -> Iterator[Node]:
        """Yield a collection for each heading over the entries of a list that stands over one."""
        if not (heading := LISTS[part].heading):
            return
        field, headings = heading
        under: Entries[Entry] = getattr(self.pack, headings)
        for entry in filter(self.keeps, under):
            members = [_iri(part, one.id) for one in entries.values() if getattr(one, field) == entry.id]
            if members:
                yield {
                    "id": _iri(headings, entry.id),
                    "type": "skos:Collection",
                    "prefLabel": _reviewed(entry, _label(entry)),
                    "member": members,
                }

    def _codes_of(self, entry: Entry) -> list[str]:
        """Return the codes of another standard that the entry names; what ended there is never written."""
        codes = [
            code
            for code in self.pack.codes.named(entry.exact_match)
            if self.keeps(code) and code.status != DEPRECATED
        ]
        self.codes |= {code.id: code for code in codes}
        return [_iri("codes", code.id) for code in codes]

    def _sources_of(self, entry: Entry) -> list[str]:
        found = [one for one in self.pack.references.named(entry.source) if self.keeps(one)]
        self.sources |= {one.id: one for one in found}
        return [_iri("references", one.id) for one in found]

    def _code(self, code: ExternalCode) -> Node:
        """Return a code without a type: the standard defines it as a concept, not the pack."""
        return {
            "id": _iri("codes", code.id),
            "notation": code.code,
            "prefLabel": {CODES_LANGUAGE: code.label},
            "source": self._sources_of(code),
        }


def _document(reference: Reference) -> Node:
    address = reference.address
    titled = _ended(reference.title)
    return {
        "id": _iri("references", reference.id),
        "type": "foaf:Document",
        "title": {UNKNOWN_LANGUAGE: reference.title},
        "citation": _ended(f"{titled} {reference.publisher}, {reference.date}"),
        **({"page": address} if _ADDRESS.fullmatch(address) else {}),
    }


def _iri(part: str, entry_id: str = "") -> str:
    return f"{PREFIX}:{part}/{entry_id}" if entry_id else f"{PREFIX}:{part}"


def _label(entry: Entry) -> Text:
    label: Text = entry.label  # type: ignore[attr-defined]  # not every kind has one; those in LISTS do
    return label


def _reviewed(entry: Entry, text: Text) -> Words:
    """Return the words in Dutch and English, and in what other languages a person has read them."""
    return {
        language: words
        for language, words in text.root.items()
        if language in BOTH or entry.reviewed_in(language)
    }


def _definition(part: str, entry: Entry) -> Words:
    terms = LISTS[part]
    if terms.definition:
        return _reviewed(entry, getattr(entry, terms.definition))
    about: Text | None = getattr(entry, terms.about) if terms.about else None
    kind, label = kind_name(part).root, _label(entry).root
    return {
        language: " ".join((_ended(f"{kind[language]}: {label[language]}"), *_one(about, language)))
        for language in BOTH
        if language in label
    }


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _one(text: Text | None, language: str) -> tuple[str, ...]:
    return (text.root[language],) if text and text.has(language) else ()


def _notes(entry: Entry, fields: Iterable[str]) -> dict[str, list[str]]:
    """Return the notes by language, each after the name of its field: "Kan ook: ..."."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for field in fields:
        name = field_name(field).root
        for language in BOTH:
            for words in _one(getattr(entry, field), language):
                found[language].append(f"{name[language].capitalize()}: {words}")
    return found


def _other_names(entry: Entry) -> dict[str, list[str]]:
    """Return other names, which a pack writes in its own language."""
    names = [name for name in getattr(entry, "aliases", ()) if name != _label(entry).nl]
    return {SOURCE_LANGUAGE: names} if names else {}


def _validity(entry: Entry) -> str:
    """Return between which days the entry holds as an ISO 8601 interval, open where there is no end."""
    if not (entry.valid_from or entry.valid_until):
        return ""
    return "/".join(day.isoformat() if day else ".." for day in (entry.valid_from, entry.valid_until))


def _where_there_is_any(**values: object) -> Node:
    return {name: value for name, value in values.items() if value}
