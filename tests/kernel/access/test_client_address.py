"""From where somebody counts: what our own proxies saw, and nothing that a visitor can write."""

import pytest
from django.test import RequestFactory, override_settings

from sluitend.kernel.access.throttle import client_address
from sluitend.surfaces.signin import AccountAdapter

CLIENT, PROXY = "198.51.100.7", "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, CLIENT, PROXY),
        (1, CLIENT, CLIENT),
        (1, f"203.0.113.9, {CLIENT}", CLIENT),
        (2, f"203.0.113.9, {CLIENT}, 192.0.2.2", CLIENT),
        (2, CLIENT, PROXY),
        (1, "", PROXY),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(proxies: int, forwarded: str, seen: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    with override_settings(SLUITEND_TRUSTED_PROXIES=proxies):
        assert client_address(request) == seen
        assert AccountAdapter().get_client_ip(request) == seen
