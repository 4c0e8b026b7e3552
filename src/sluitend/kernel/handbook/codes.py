"""Codes of other standards, to which labels of the pack are matched."""

from __future__ import annotations

from pydantic import Field

from .entries import ID_PATTERN, Entry


class ExternalCode(Entry):
    """A code of a list in the Human Trafficking Case Data Standard (IOM, CC BY 4.0).

    The id is `list.code`, as published, so it may be longer than other ids; code and label are kept
    exactly as the standard spells them. What the standard has deprecated is never written.
    """

    id: str = Field(pattern=ID_PATTERN, max_length=100)
    standard: str = Field(pattern="^htcds$")
    code_list: str
    code: str
    label: str
    status: str = Field(default="draft", pattern="^(draft|deprecated)$")


class ExternalField(Entry):
    """A field of the same standard: what an export writes a fact of a case in.

    `kind` is the standard's type. `code_system` is a list outside the standard, such as ISO 3166, and
    `code_form` how its codes are written; `based_on` where the standard's own list comes from. `pattern`
    and `format` say what a text looks like. A field that `repeats` stands there once for each receiving
    organisation. Notes are in the language of the standard.
    """

    standard: str = Field(pattern="^htcds$")
    entity: str
    name: str
    label: str | None = None
    core: bool
    status: str = Field(pattern="^(draft|deprecated)$")
    kind: str
    cardinality: str = Field(pattern="^(one|many)$")
    code_list: str | None = None
    code_system: str | None = None
    code_form: str | None = None
    based_on: str | None = None
    pattern: str | None = None
    format: str | None = None
    group: str | None = None
    repeats: bool = False
    replaced_by: str | None = None
    note: str | None = None
