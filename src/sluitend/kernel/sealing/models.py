"""Envelopes and what belongs to them.

Primary keys are random: an order of arrival would tell a reporter's time.
"""

import uuid
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField

ORGANISATION = "organisations.Organisation"

# What belongs to an envelope goes with it by `ON DELETE CASCADE` in the database (migration 0002). A holder
# who returns an envelope cannot see the seals of others, so Django could not delete them; and Django's own
# DB_CASCADE may not stand next to PROTECT.


def today() -> date:
    """Return the day on which something is sealed; never the time."""
    return timezone.localdate()


class Envelope(models.Model):
    """What is encrypted, shared and destroyed together. Its data key exists only in seals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Nobody asks for the envelopes of an organisation: each is found by its key.
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    created = models.DateField(default=today)

    def __str__(self) -> str:
        return str(self.id)


class Seal(models.Model):
    """The data key of an envelope, sealed to one organisation. The writer adds it; either may delete it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope = models.ForeignKey(
        Envelope, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seals"
    )
    holder = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    writer = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = PlainText(max_length=32, why="names a public key")
    sealed = SealedField(null=False, in_envelope=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("holder", "envelope"), name="sealing_one_seal_a_holder"),
        )
        indexes = (models.Index(fields=("holder", "key_id"), name="sealing_seal_rotation"),)

    def __str__(self) -> str:
        return str(self.id)


class MailboxSeal(models.Model):
    """The data key of an envelope, sealed to the mailbox of a reporter: only the receipt code opens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope = models.OneToOneField(
        Envelope, on_delete=models.DO_NOTHING, db_constraint=False, related_name="mailbox_seal"
    )
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = PlainText(max_length=32, why="names a public key")
    sealed = SealedField(null=False, in_envelope=False)

    def __str__(self) -> str:
        return str(self.id)


class Attachment(Confidential):
    """A file, sealed in chunks. A copy for a partner is an attachment of its own, with a recipient.

    So are the pages that are drawn of a file (`page_of`). Of whoever gave no name nothing but pixels is
    kept: then the first page is the file itself.
    """

    class State(models.TextChoices):
        UNSCANNED = "unscanned", _("Niet op virussen gecontroleerd")
        CLEAN = "clean", _("Gecontroleerd, geen virus gevonden")
        INFECTED = "infected", _("Virus gevonden, niet te openen")

    class Shown(models.TextChoices):
        """What there is to see of it; nobody looks at a file of a stranger itself without a reason."""

        WAITING = "waiting", _("Wij maken hier plaatjes van")
        DRAWN = "drawn", _("Te zien als plaatjes")
        PIXELS = "pixels", _("Alleen plaatjes, geen origineel")
        NEVER = "never", _("Niet te tonen, alleen op te slaan")
        TOO_LARGE = "too_large", _("Te groot om te tonen, alleen op te slaan")
        UNREADABLE = "unreadable", _("Beschadigd of beveiligd, niet te tonen")
        UNFENCED = "unfenced", _("Hier nu niet veilig te tonen, alleen op te slaan")

    UNDRAWN = (Shown.WAITING, Shown.UNFENCED)
    TRANSITIONS = {
        State.UNSCANNED: {State.CLEAN, State.INFECTED},
        State.CLEAN: {State.INFECTED},
        State.INFECTED: set[State](),
    }

    envelope = models.ForeignKey(
        Envelope, on_delete=models.DO_NOTHING, db_constraint=False, related_name="attachments"
    )
    recipient = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = SealedField(null=False, by_public=True, instead=NOT_GENUINE)
    media_type = SealedField(null=False, by_public=True, instead="application/octet-stream")
    size = models.PositiveIntegerField()
    state = PlainText(max_length=10, choices=State.choices, default=State.UNSCANNED, why="choice")
    shown = PlainText(max_length=10, choices=Shown.choices, default=Shown.WAITING, why="choice")
    owner_kind = PlainText(max_length=20, why="names a table")
    owner_id = models.UUIDField()
    page_of = models.UUIDField(null=True, blank=True)
    page = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    shown__in=(
                        *("waiting", "drawn", "pixels", "never"),
                        *("too_large", "unreadable", "unfenced"),
                    )
                ),
                name="sealing_attachment_shown",
            ),
            models.UniqueConstraint(fields=("page_of", "page"), name="sealing_one_page_a_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=("unscanned", "clean", "infected")),
                name="sealing_attachment_state",
            ),
        )
        indexes = (models.Index(fields=("organisation", "owner_id"), name="sealing_attachment_owner"),)

    def __str__(self) -> str:
        return str(self.id)


class AttachmentChunk(models.Model):
    """At most 256 KiB of an attachment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.DO_NOTHING, db_constraint=False, related_name="chunks", db_index=False
    )
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField()
    sealed = SealedField(null=False, in_envelope=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("attachment", "position"), name="sealing_one_chunk_a_position"),
        )

    def __str__(self) -> str:
        return f"{self.attachment_id}:{self.position}"


class Destruction(models.Model):
    """An envelope that was destroyed. The signed file beside the keys is what `restore` replays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope_id = models.UUIDField(unique=True)
    day = models.DateField(default=today)
    why = PlainText(max_length=40, why="code of a reason")

    class Meta:
        indexes = (models.Index(fields=("day",), name="sealing_destruction_day"),)

    def __str__(self) -> str:
        return str(self.envelope_id)


class Ending(models.Model):
    """Something that ended, which a backup of before may not begin again: a seal, a yes, a way to read.

    The id is that of what ended, and says nothing of what that was. As with destructions the signed file
    beside the keys is what `restore` goes by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(default=today)

    class Meta:
        indexes = (models.Index(fields=("day",), name="sealing_ending_day"),)

    def __str__(self) -> str:
        return str(self.id)


class Content(models.Model):
    """What a row held from one change on: a digest of each sealed column, and one of what ends the row.

    A trigger writes it (`remembering`); no web role may. `number` counts the changes of one row. `gone`: what
    it held was destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    envelope_id = models.UUIDField(null=True)
    place = PlainText(max_length=60, why="names a table")
    row_id = models.UUIDField()
    number = models.PositiveIntegerField()
    revision = models.PositiveBigIntegerField()
    digests = models.BinaryField()
    plain = models.BinaryField(max_length=32, null=True)
    gone = models.BooleanField(default=False)
    noted = models.BinaryField(max_length=32, null=True)
    """The digest of all lines that got their place in the chain together; nothing for as long as it waits."""

    class Meta:
        db_table = "ledger_content"
        constraints = (models.UniqueConstraint(fields=("row_id", "number"), name="one_line_a_change"),)
        indexes = (
            models.Index(fields=("envelope_id", "row_id", "-number"), name="ledger_content_envelope"),
            models.Index(
                fields=("organisation",), condition=models.Q(noted__isnull=True), name="ledger_content_waits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.row_id}:{self.number}"


class PublicKeyCopy(models.Model):
    """A copy of the register of public keys, to look at.

    Nobody seals by it: `keys.json` is signed, this is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(ORGANISATION, on_delete=models.CASCADE, related_name="+")
    key_id = PlainText(max_length=32, why="names a public key")
    public = PlainText(max_length=1700, why="public key, base64")
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key_id
