"""Keeps the secrets of second factors sealed.

Allauth stores them in plain unless its adapter does otherwise.
"""

import base64
import binascii

from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.errors import SealBroken


def protect(text: str) -> str:
    """Return a secret in the form that the database may hold, for `encrypt` of the MFA adapter."""
    return base64.b64encode(custodian().seal_factor(text.encode())).decode()


def reveal(protected: str) -> str:
    """Return the secret again, for `decrypt` of the MFA adapter.

    Raises:
        SealBroken: changed, or never protected.
    """
    try:
        sealed = base64.b64decode(protected, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealBroken("not a protected secret") from error
    return custodian().open_factor(sealed).decode()
