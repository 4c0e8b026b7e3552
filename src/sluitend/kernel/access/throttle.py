"""Slowing down whoever guesses. Keys are an HMAC, so that the table says of nobody where they came from."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Return the key under which Django's cache stores: an HMAC of what the caller named (an address, an
    e-mail)."""
    text = f"{key_prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def too_often(name: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one try and say whether `who` has tried more than `limit` times within `seconds`.

    Args:
        name: what is tried (`receipt`, `report`).
        who: an address or account; kept as an HMAC only.
    """
    key = f"throttle:{name}:{who}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) > limit
    except ValueError:
        return False
