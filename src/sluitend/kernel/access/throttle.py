"""Slowing down whoever guesses. Keys are an HMAC, so that the table says of nobody where they came from."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Return under what something is counted or known: an HMAC of what was named (address, e-mail)."""
    text = f"{key_prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str:
    """Return where a request comes from; for counting only, never kept in plain.

    Each proxy of ours adds the address that it saw itself at the end. What stands before that anybody can
    write, so that is not believed.
    """
    proxies = settings.SLUITEND_TRUSTED_PROXIES
    hops = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    seen = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return seen or str(request.META.get("REMOTE_ADDR", ""))


def sender(request: HttpRequest) -> str:
    """Return whom to count a request for: an address, or the network that a subscriber of IPv6 has whole."""
    address = client_address(request)
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)
    return str(getattr(found, "ipv4_mapped", None) or found)
