"""Which tables have words under an envelope, in which columns, and where the envelope is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.options import Options

from sluitend.kernel.sealing.fields import SealedField

ENDS = ("state", "closed", "recipient_closed")


@dataclass(frozen=True)
class SealedKind:
    """A kind of row with columns that an `OpenEnvelope` seals.

    Attributes:
        model: the kind.
        columns: those columns, in the order of the model.
        under: the row whose envelope it is, such as `case`; nothing when it names its own.
        remembered: whether the database remembers what a row held last.
    """

    model: type[Model]
    columns: tuple[str, ...]
    under: str
    remembered: bool

    @property
    def table(self) -> str:
        """The name of the table."""
        return options(self.model).db_table

    @property
    def envelope(self) -> str:
        """Where the envelope is named, for a query."""
        return f"{self.under}__envelope_id" if self.under else "envelope_id"

    def rows(self) -> Any:
        """Return all rows that the role of the database may see."""
        return self.model._default_manager.all()  # noqa: SLF001 - Django documents it


def options(kind: type[Model]) -> "Options[Model]":
    """Return what Django knows of a model."""
    return kind._meta  # noqa: SLF001 - Django documents it


def plain_columns(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a kind of row that end what it is about, as the trigger has them."""
    names = {each.name for each in options(model).concrete_fields}
    return tuple(each for each in ENDS if each in names)


@cache
def sealed_kinds() -> tuple[SealedKind, ...]:
    """Return every kind of row with such columns."""
    return tuple(_kinds())


@cache
def tables_of_public() -> tuple[str, ...]:
    """Return the tables that the public process fills."""
    return tuple(
        kind.table
        for kind in sealed_kinds()
        if any(getattr(options(kind.model).get_field(each), "by_public", False) for each in kind.columns)
    )


def _kinds() -> Iterator[SealedKind]:
    for model in apps.get_models():
        columns = tuple(
            each.name
            for each in options(model).concrete_fields
            if isinstance(each, SealedField) and each.in_envelope
        )
        if columns:
            yield SealedKind(
                model, columns, getattr(model, "sealed_in", ""), not hasattr(model, "not_remembered")
            )
