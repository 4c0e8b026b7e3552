"""Small faults that a test must notice: `make mutants` plants them one by one in a copy of the source.

What a verb takes away is tested well by itself; what must happen beside its main effect is not. So this list
holds mostly that: a ledger line, a settle, a seal, a role, a side, a term, a warning, a mail, an owner, a compare.
A fault that no test notices is a test that is missing, or a line that can go.
"""

from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sluitend"


@dataclass(frozen=True)
class Fault:
    """One small fault, and the tests that must fail when it is there."""

    name: str
    file: str
    """Below `src/sluitend`."""
    was: str
    """Stands in that file exactly once."""
    now: str
    why: str
    """What stops being true, in words of the domain."""
    tests: str
    """What pytest is given: paths, and `-k`."""

    def planted(self, text: str) -> str:
        """Return the text of the file with this fault in it.

        Raises:
            ValueError: what it changes does not stand there exactly once.
        """
        if text.count(self.was) != 1:
            raise ValueError(f"{self.name}: stands {text.count(self.was)} times in {self.file}")
        return text.replace(self.was, self.now)
