"""Hashing passwords without anything of the database in hand: that takes a third of a second and 100 MB."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

AT_ONCE = 2
"""In one process. More would only share the same cores, and the memory of the machine is not without end."""
_turns = BoundedSemaphore(AT_ONCE)


class Argon2WithoutConnection(Argon2PasswordHasher):
    """Gives the connection back before it computes. Outside a transaction nothing is lost by that."""

    def encode(self, *arguments: Any, **named: Any) -> str:
        """Hash; also done for an account that does not exist, so that it takes as long."""
        _give_back()
        with _turns:
            return str(super().encode(*arguments, **named))

    def verify(self, *arguments: Any, **named: Any) -> bool:
        """Compare a password with its hash."""
        _give_back()
        with _turns:
            return bool(super().verify(*arguments, **named))


def _give_back() -> None:
    if not connection.in_atomic_block:
        connection.close()
