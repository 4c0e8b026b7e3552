"""An envelope that is open: what it puts on sealed columns, and what it reads there.

It holds a data key in memory for one request or job; `envelopes` makes and opens them. A page that only shows
says so instead of words that are not as they were written; everything else stops at them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.sealing import crypto, proofs
from sluitend.kernel.sealing.errors import NotGenuine, SealBroken
from sluitend.kernel.sealing.fields import NOT_GENUINE, Json, SealedField
from sluitend.kernel.sealing.proofs import PUBLIC, Opened
from sluitend.kernel.sealing.sealed_rows import SealedKind, options, sealed_kinds
from sluitend.kernel.sealing.written import Written

FIRST = 1
"""The revision at which the public process writes: whatever changes later, one of us changed."""


@dataclass(frozen=True)
class OpenEnvelope:
    """An envelope with its data key and keys of proofs. No key is in a `repr`, so in no log."""

    id: UUID
    writer_id: UUID
    opened: Opened = field(repr=False)
    """As the custodian gave it: what follows from the key is derived once, however often it is opened."""
    written: Written | None = field(default_factory=Written, repr=False, compare=False)
    """What the database remembers. Nothing in the public process: it asks with a secret, and gets rows."""

    @property
    def key(self) -> bytes:
        """The data key; none of an envelope of which somebody broke the seal."""
        return self.opened.key

    def seal(self, instance: models.Model, field_name: str, content: Json) -> None:
        """Put a JSON value, sealed, on a column of a row that is about to be saved.

        Args:
            instance: the row; its key and revision must be set beforehand, for the value is bound to them.
            field_name: a `SealedField`.
            content: anything that JSON has; None leaves the column empty.
        """
        kind, revision = type(instance), getattr(instance, "revision", 0)
        column = _sealed_column(kind, field_name)
        if content is None:
            setattr(instance, field_name, None)
            return
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        aad = self._aad(kind, column, instance.pk, revision)
        sealed = crypto.encrypt(plain, self.key, aad)
        value = proofs.proven(sealed, self._writer(), self.opened, aad)
        setattr(instance, field_name, value)
        if self.written is not None:
            self.written.add(column, value)

    def read(self, instance: models.Model, field_name: str) -> Any:
        """Return the value of a column, or None for an empty one.

        On a page that only shows, words that are not as they were written are a sentence that says so.

        Raises:
            SealBroken: the bytes were changed, or come from another table, column, row, envelope or revision.
            NotGenuine: they open, and nobody of us wrote them there.
        """
        try:
            return self.read_genuine(instance, field_name)
        except SealBroken:
            if not self._only_shows():
                raise
            return _instead(type(instance), field_name, instance.pk)

    def read_column(
        self, kind: type[models.Model], field_name: str, sealed: bytes | None, *, pk: object, revision: int
    ) -> Any:
        """Return the value of a column that was asked by itself: of a page of rows, models cost more.

        Args:
            kind: of row.
            field_name: a `SealedField`.
            sealed: the column.
            pk: the key of the row.
            revision: of the row.

        Raises:
            SealBroken: as `read` does.
        """
        try:
            return self._genuine(kind, field_name, sealed, pk=pk, revision=revision)
        except SealBroken:
            if not self._only_shows():
                raise
            return _instead(kind, field_name, pk)

    def _only_shows(self) -> bool:
        # Without an account nothing is done with words that were opened but show them.
        return only_looks() or self.written is None

    def read_genuine(self, instance: models.Model, field_name: str) -> Any:
        """Return the value of a column as `read` does; what is not genuine stops every page.

        Raises:
            SealBroken: as `read` does.
        """
        kind, sealed = type(instance), getattr(instance, field_name)
        revision = getattr(instance, "revision", 0)
        if sealed is None and self._was_emptied(instance, revision):
            raise NotGenuine("not empty when it was written last")
        return self._genuine(kind, field_name, sealed, pk=instance.pk, revision=revision)

    def _was_emptied(self, instance: models.Model, revision: int) -> bool:
        """Return whether the database remembers more of a row than it holds."""
        if not self.written:
            return False
        kind = _kind(type(instance))
        if instance.get_deferred_fields().intersection(kind.columns):
            return False
        held = sum(getattr(instance, each) is not None for each in kind.columns)
        return self.written.lacks(kind, held=held, pk=instance.pk, revision=revision)

    def _genuine(
        self, kind: type[models.Model], field_name: str, sealed: bytes | None, *, pk: object, revision: int
    ) -> Any:
        column = _sealed_column(kind, field_name)
        if sealed is None:
            return None
        if not self.key:
            raise SealBroken("its seal does not open")
        aad = self._aad(kind, column, pk, revision)
        value = bytes(sealed)
        by_public = _is_of_public(kind, column) and revision <= FIRST
        proven = proofs.checked(value, self.opened, aad, by_public=by_public)
        plain = crypto.decrypt(proven, self.key, aad)
        if self.written and not self.written.holds(_kind(kind), column, value, pk=pk, revision=revision):
            raise NotGenuine("not what was written last")
        return json.loads(plain)

    def advance(self, instance: models.Model) -> None:
        """Raise the revision of a row by one and seal its columns again, as a change of its content asks.

        Args:
            instance: the row as read, with all its sealed columns under this envelope.

        Raises:
            SealBroken: a column does not open at the present revision.
        """
        fields = options(type(instance)).concrete_fields
        names = [each.name for each in fields if isinstance(each, SealedField)]
        values = {name: self.read_genuine(instance, name) for name in names}
        instance.revision += 1  # type: ignore[attr-defined]
        for name, value in values.items():
            self.seal(instance, name, value)

    def file_key(self, attachment_id: UUID) -> bytes:
        """Return the key of one attachment: a stream of chunks needs a key of its own."""
        return crypto.derive(self.key, crypto.bind("sluitend/file/1", attachment_id.bytes))

    def _writer(self) -> str:
        """Return as what kind of process this one writes here."""
        return settings.SLUITEND_PROCESS if self.opened.proofs.ours else PUBLIC

    def _aad(self, kind: type[models.Model], column: str, pk: object, revision: int) -> bytes:
        # Parts that are bound one after the other are what all of them bind at once.
        return _place(kind, column) + crypto.bind(str(pk), self.id.bytes, revision)


def only_looks() -> bool:
    """Return whether this is a page that only shows."""
    scope = current_scope()
    return scope is not None and scope.looks


def _instead(kind: type[models.Model], column: str, pk: object) -> Any:
    """Return what is shown of words that are not as they were written, and let the page know."""
    scope = current_scope()
    if scope is not None and isinstance(pk, UUID):
        scope.not_genuine.add((options(kind).db_table, pk))
    found = options(kind).get_field(column)
    return _in_words(found.instead) if isinstance(found, SealedField) else None


def _in_words(instead: Json) -> Any:
    if isinstance(instead, Mapping):
        return {name: _in_words(value) for name, value in instead.items()}
    if instead == NOT_GENUINE:
        return _("Deze tekst is niet zoals hij geschreven is. Bel uw beheerder.")
    return instead


@cache
def _place(kind: type[models.Model], column: str) -> bytes:
    """Return what binds a value to its table and column."""
    table = options(kind).db_table
    return crypto.bind("sluitend/field/1", table, column)


@cache
def _kind(model: type[models.Model]) -> SealedKind:
    return next(each for each in sealed_kinds() if each.model is model)


@cache
def _is_of_public(kind: type[models.Model], column: str) -> bool:
    """Return whether the public process fills this column."""
    found = options(kind).get_field(column)
    return isinstance(found, SealedField) and found.by_public


@cache
def _sealed_column(kind: type[models.Model], field_name: str) -> str:
    """Return the name again, when it is that of a sealed column."""
    if not isinstance(options(kind).get_field(field_name), SealedField):
        raise TypeError(f"{field_name} is not a sealed column")
    return field_name
