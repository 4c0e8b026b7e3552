"""Codes of other standards, to which labels of the pack are matched."""

from __future__ import annotations

from pydantic import Field

from .entries import Entry


class ExternalCode(Entry):
    """A code of a list in the Human Trafficking Case Data Standard (IOM, CC BY 4.0).

    The id is `list.code`, as published; code and label are kept exactly as the standard spells them.
    """

    standard: str = Field(pattern="^htcds$")
    code_list: str
    code: str
    label: str


class ExternalField(Entry):
    """A field of the same standard: what an export writes a fact of a case in."""

    standard: str = Field(pattern="^htcds$")
    entity: str
    name: str
    label: str
    core: bool
    status: str
    kind: str
    cardinality: str
    code_list: str | None = None
