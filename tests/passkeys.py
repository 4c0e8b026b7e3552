"""A device with a passkey, made in memory: what it keeps at us, and what it signs."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from sluitend.kernel.organisations.models import Account
from sluitend.kernel.sealing.mfa import vouch

FLAGS = AuthenticatorData.FLAG
ORIGIN = "https://testserver"


def encoded(data: bytes) -> str:
    """Return bytes as a browser sends them."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Device:
    """A phone or key of one account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._rp = hashlib.sha256(settings.SLUITEND_RP_ID.encode()).digest()

    def register(self) -> "Device":
        """Keep its public half, as adding a passkey does."""
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        known = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._rp, FLAGS.UP | FLAGS.UV | FLAGS.AT, 0, known)
        response = {
            "clientDataJSON": encoded(self._client_data("create", "AA")),
            "attestationObject": encoded(bytes(AttestationObject.create("none", data, {}))),
        }
        credential = {**self._named(response), "clientExtensionResults": {"credProps": {"rk": True}}}
        Authenticator.objects.create(
            user=self.account,
            type=Authenticator.Type.WEBAUTHN,
            data={
                "name": "Passkey",
                "credential": credential,
                "proof": vouch(credential, self.account.pk),
            },
        )
        return self

    def sign(self, challenge: str, *, handle: str = "") -> str:
        """Return what it answers to a challenge.

        Args:
            challenge: what it has to sign.
            handle: whose passkey it says it is, if not of its account.
        """
        data = bytes(AuthenticatorData.create(self._rp, FLAGS.UP | FLAGS.UV, 1))
        client = self._client_data("get", challenge)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": encoded(client),
            "authenticatorData": encoded(data),
            "signature": encoded(signature),
            "userHandle": encoded((handle or str(self.account.pk)).encode()),
        }
        return json.dumps(self._named(response))

    def _client_data(self, what: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(f"webauthn.{what}", challenge, ORIGIN))

    def _named(self, response: dict[str, str]) -> dict[str, Any]:
        name = encoded(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}


def challenge_to_sign_in(client: Client) -> str:
    """Ask what has to be signed to come in with a passkey alone."""
    answer = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    return str(answer.json()["request_options"]["publicKey"]["challenge"])
