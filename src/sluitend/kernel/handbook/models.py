"""Released handbooks. A release never changes: cases keep the number of the one they were judged by."""

import uuid

from django.db import models

from sluitend.kernel.organisations.base import PlainText


class Release(models.Model):
    """One published version of a pack; `content` is the pack as JSON and `digest` its SHA-256.

    The table has no organisation: the handbook is public knowledge, so it needs no row-level security.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    pack_id = PlainText(max_length=60, why="id of the region's pack")
    version = PlainText(max_length=20, why="version of the pack")
    published = models.DateTimeField()
    published_by = PlainText(max_length=120, why="name of a colleague or command")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.pack_id}, uitgave {self.number}"
