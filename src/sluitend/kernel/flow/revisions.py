"""A verb on content that changes: what is sealed is bound to the revision, so all of it is sealed anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.models import Matter
from sluitend.kernel.flow.verbs import Verb, columns, differing
from sluitend.kernel.sealing.fields import Json


@dataclass
class OnRevisions[Row: Matter](Verb[Row]):
    """A verb under way on a matter with revisions. Where nothing of it changes it makes none.

    Nobody waits for who was first: the second is told so when it saves. The row is given as it was read: what
    was set on it before is not seen.
    """

    revises: bool = False
    """Whether this is a next revision also where nothing differs: what others saw may not hold any more."""
    _sealed: dict[str, Json] = field(default_factory=dict)
    _before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._before = columns(self.row)

    def seal(self, column: str, value: Json) -> None:
        """Let a sealed column hold another value in the next revision."""
        self._sealed[column] = value

    def unsealed(self, column: str) -> Any:
        """Return what a sealed column holds, what this verb seals in the next revision included."""
        return self._sealed[column] if column in self._sealed else self.envelope.read(self.row, column)

    def insert(self) -> None:
        """Write a new row; what changes of it after this is a next revision."""
        self.row.save(force_insert=True)
        self._before = columns(self.row)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Save what changes within, where nobody made a revision since the matter was read."""
        yield
        self.save()

    def save(self) -> None:
        """Write the next revision, where there is one.

        Raises:
            Conflict: somebody else made it.
        """
        row = self.row
        if not (self.revises or self._sealed or differing(row, self._before)):
            return
        found = type(row)._default_manager.filter(pk=row.pk, revision=row.revision)  # noqa: SLF001 - Django documents it
        self.envelope.advance(row)
        for column, value in self._sealed.items():
            self.envelope.seal(row, column, value)
        if not found.update(**differing(row, self._before)):
            raise Conflict
