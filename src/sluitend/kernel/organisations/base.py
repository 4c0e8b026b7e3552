"""Base classes that say of each row whose it is, and of each text column why it may be read in plain."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

from sluitend.kernel.choices import Is, IsAnyOf

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:  # the stubs are generic, the class is not
    TextColumn = models.CharField


class PlainText(TextColumn):
    """The one text column class whose value is stored unsealed.

    Args:
        why: the reason why nobody's confidence is in it (a code, a choice, a public name).
    """

    def __init__(self, *args: Any, why: str, **kwargs: Any) -> None:
        self.why = why
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop(
            "choices", None
        )  # words on the screen; what the database allows stands in check constraints
        return name, path, args, {**kwargs, "why": self.why}


PlainText.register_lookup(Is)
PlainText.register_lookup(IsAnyOf)


class Confidential(models.Model):
    """A row that belongs to one organisation for life. Sharing copies it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
