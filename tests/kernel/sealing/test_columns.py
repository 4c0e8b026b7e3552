"""Each column says what it is: sealed, a token, or plain with a reason. A new one cannot be forgotten."""

import pytest
from django.apps import apps
from django.db import models

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.sealing.fields import SealedField, TokenField

# Columns of another class that hold text or bytes, and why they may.
PLAIN_FOR_A_REASON = {
    "organisations.Account.email": "address to sign in with",
    "organisations.Account.password": "hashed by Argon2",
    "organisations.Account.work_days": "weekdays",
    "handbook.Release.content": "public knowledge",
    "editing.DraftEntry.content": "public knowledge, a day early",
    "handbook.Release.digest": "hash of public knowledge",
    "ledger.Event.mac": "MAC",
    "ledger.Link.hash": "hash",
    "reports.Mailbox.lookup": "keyed hash of a receipt",
    "referrals.Pickup.lookup": "keyed hash of a link",
    "referrals.Pickup.proof": "keyed hash of link and code",
    "referrals.Pickup.session_lookup": "keyed hash of a link and what one browser keeps",
    "referrals.Pickup.worked": "keyed hash of a link and what a page sent",
}


def text_columns() -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    """Every column that could hold what somebody typed."""
    kinds = (models.CharField, models.TextField, models.BinaryField, models.JSONField)
    return [
        (f"{model._meta.app_label}.{model.__name__}.{field.name}", field)
        for ours in apps.get_app_configs()
        if ours.name.startswith("sluitend.")
        for model in ours.get_models()
        for field in model._meta.local_fields
        if isinstance(field, kinds)
    ]


@pytest.mark.parametrize(
    ("name", "column"), text_columns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_text_column_is_sealed_or_says_why_not(name: str, column: models.Field) -> None:  # type: ignore[type-arg]
    assert (
        isinstance(column, SealedField | TokenField)
        or (isinstance(column, PlainText) and column.why)
        or name in PLAIN_FOR_A_REASON
        or name.startswith("sealing.")
    )
