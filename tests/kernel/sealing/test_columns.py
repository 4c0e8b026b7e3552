"""Each column says what it is: sealed, a token, or plain with a reason. A new one cannot be forgotten."""

import pytest
from django.apps import apps
from django.db import connection, models

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.sealing.fields import SealedField, TokenField
from sluitend.kernel.sealing.remembering import digests, plain_digest
from sluitend.kernel.sealing.sealed_rows import SealedKind, plain_columns, sealed_kinds

# Columns of another class that hold text or bytes, and why they may.
PLAIN_FOR_A_REASON = {
    "organisations.Account.email": "address to sign in with",
    "organisations.Account.password": "hash by Argon2, under the key of people",
    "organisations.Account.work_days": "weekdays",
    "organisations.Membership.longer_proof": "MAC",
    "organisations.Membership.proof": "MAC",
    "organisations.PoolMember.proof": "MAC",
    "handbook.Release.content": "public knowledge",
    "editing.DraftEntry.content": "public knowledge, a day early",
    "editing.PartnerCheck.lookup": "keyed hash of a link",
    "editing.PartnerCheck.answer": "what an organisation says of public knowledge, and its function",
    "editing.PartnerCheck.proof": "keyed hash of a link and an answer",
    "assurance.FigureRelease.figures": "counts that everybody at the region may read, none under ten",
    "assurance.QuestionRound.told": "counts that everybody at the region may read, none under ten",
    "assurance.QuestionMark.mark": "hash of a receipt, which no database holds",
    "handbook.Release.digest": "hash of public knowledge",
    "ledger.Event.mac": "MAC",
    "ledger.IntakeLine.mac": "MAC",
    "ledger.Link.hash": "hash",
    "organisations.HouseStyle.mark": "pixels of a mark that everybody sees",
    "reports.Mailbox.lookup": "keyed hash of a receipt",
    "reports.Mailbox.public": "a public key: it seals, and opens nothing",
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


# What no envelope seals: a data key under another key, and parts of a file, whose name commits to it.
NOT_IN_AN_ENVELOPE = {
    "sealing_seal.sealed",
    "sealing_mailboxseal.sealed",
    "sealing_attachmentchunk.sealed",
    "referrals_pickup.sealed",
    "referrals_pickup.session_sealed",
}
TRIGGERS = """
SELECT c.relname || '/' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled = 'O'
"""


def test_a_column_without_proofs_is_no_more_than_these() -> None:
    found = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField) and not field.in_envelope
    }
    assert found == NOT_IN_AN_ENVELOPE


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sealed_kinds(), ids=lambda kind: str(kind.table))
def test_what_an_envelope_seals_is_remembered_by_the_database(kind: SealedKind) -> None:
    if not kind.remembered:
        assert kind.model.not_remembered  # type: ignore[attr-defined]
        return
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(f"SELECT prosrc FROM pg_proc WHERE proname = '{kind.table}_written'")
        (body,) = cursor.fetchone()
    assert {f"{kind.table}/{kind.table}_begun", f"{kind.table}/{kind.table}_changed"} <= there
    assert digests(kind.columns, "NEW") in body
    assert plain_digest(plain_columns(kind.model), "NEW") in body


@pytest.mark.parametrize("kind", sealed_kinds(), ids=lambda kind: str(kind.table))
def test_what_is_shown_instead_of_false_words_is_said_or_empty(kind: SealedKind) -> None:
    for column in kind.columns:
        field = kind.model._meta.get_field(column)
        assert isinstance(field, SealedField)
        assert field.instead is not None or kind.table + "." + column in SHOWN_AS_EMPTY


SHOWN_AS_EMPTY = {
    "cases_case.wish",
    "cases_case.facts",
    "cases_case.plan",
    "referrals_referralorigin.reasons",
    "referrals_pickup.delivery",
    "forms_draft.content",
}
