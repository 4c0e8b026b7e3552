"""Column classes for what may not be read in plain. The planted-string test reads `kind`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

if TYPE_CHECKING:
    BytesColumn = models.BinaryField[bytes | None, bytes | None]
    UuidColumn = models.UUIDField[Any, Any]
else:
    BytesColumn = models.BinaryField
    UuidColumn = models.UUIDField


type Json = Mapping[str, Any] | Sequence[Any] | str | int | float | bool | None

NOT_GENUINE = "\0not genuine\0"
"""Stands in `SealedField(instead=...)` for the sentence that is shown."""


class SealedField(BytesColumn):
    """Bytes that only open with a data key: fill and read it through an `OpenEnvelope`.

    Empty (NULL) is allowed unless the column says `null=False`: "not filled in" is not sealed.

    Args:
        by_public: whether the public process writes it, in a row that it makes. Elsewhere its proof is none.
        instead: what a page shows of a value that is not as it was written, of the same form; `NOT_GENUINE`
            stands for words.
        in_envelope: whether an `OpenEnvelope` seals it. What is not is a data key, or a part of a file.
    """

    kind: ClassVar[str] = "sealed"

    def __init__(
        self,
        *args: Any,
        by_public: bool = False,
        in_envelope: bool = True,
        instead: Json = None,
        **kwargs: Any,
    ) -> None:
        self.by_public, self.in_envelope, self.instead = by_public, in_envelope, instead
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", kwargs["null"])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # Django leaves out what equals its own default; ours differs, so the migration must name it.
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "null": self.null, "blank": self.blank}

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> bytes | None:
        """Return plain `bytes`, whatever the driver gives."""
        return None if value is None else bytes(value)


class TokenField(UuidColumn):
    """A keyed token of a normalised value: two are equal when the values are, and tell nothing else."""

    kind: ClassVar[str] = "token"
