"""What a thief may hold: the key of a session, and a browser with nothing but that."""

from django.conf import settings
from django.test import Client

from sluitend.kernel.organisations.models import Account
from tests.surfaces.desk.test_sign_in import AF


def account(email: str = AF) -> Account:
    return Account.objects.get(email=email)


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def thief_with(key: str) -> Client:
    """Return another browser, with the cookie of a session and nothing else."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def comes_in(client: Client, path: str = "/werk/account/") -> bool:
    return bool(client.get(path).status_code == 200)
