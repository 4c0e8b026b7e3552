"""Who signs in, and how somebody is let in."""

import uuid
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, is_password_usable
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.genuine import open_hash, seal_hash
from sluitend.kernel.organisations.models.places import Organisation
from sluitend.kernel.prepared import Given, Prepared


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the e-mail address is the name to sign in with."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Account":
        """Return a new account with a usable password when one is given."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get(self, *args: Any, **named: Any) -> "Account":
        """Return one account. Every page asks for that of the session, by its key alone."""
        if args or named.keys() != {"pk"}:
            return super().get(*args, **named)
        found = _with_key().models(Account, key=Account._meta.pk.to_python(named["pk"]))  # noqa: SLF001
        if not found:
            raise Account.DoesNotExist
        return found[0]


def weekdays() -> list[int]:
    """Return Monday to Friday as ISO numbers, what a new account works until it says otherwise."""
    return [1, 2, 3, 4, 5]


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    password = models.CharField(max_length=400)
    name = PlainText(max_length=120, why="name of a colleague, in the directory")
    is_active = models.BooleanField(default=True)
    work_days = models.JSONField(default=weekdays)
    theme = PlainText(
        max_length=10,
        blank=True,
        default="",
        choices=[("light", _("Licht")), ("dark", _("Donker"))],
        why="choice",
    )
    language = PlainText(
        max_length=10, default="nl", choices=[("nl", "Nederlands"), ("en", "English")], why="choice"
    )
    single_keys = models.BooleanField(default=True)
    covers_itself = models.BooleanField(default=False)
    digest_at = models.PositiveSmallIntegerField(null=True, blank=True)
    """From which hour one mail a day may come, for who wants no other; what presses still comes at once."""
    digest_waits = models.PositiveSmallIntegerField(default=0)
    """How many mails that one mail stands for: what was held back since the last."""
    digest_on = models.DateField(null=True, blank=True)
    """The day of the last one, so that there is never a second."""
    seen_before = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)
    walked = models.BooleanField(default=False)
    """Whether somebody began the first walk or put it aside: then nothing offers it again."""
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Whose administrator keeps this account. Only the functions of the database write it."""
    worked_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """For whom somebody with several places acted last: there they start."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of a password under our key, for this account alone."""
        super().set_password(raw_password)
        if is_password_usable(self.password):
            self.password = seal_hash(self.pk, self.password)

    def check_password(self, raw_password: str | None) -> bool:
        """Compare a password with the hash that we put there; a hash of anybody else is of no password."""
        return check_password(raw_password, open_hash(self.pk, self.password), self._hash_anew)

    def _hash_anew(self, raw_password: str) -> None:
        """Follow the hasher when it has become stricter, as Django does."""
        self.set_password(raw_password)
        self.save(update_fields=["password"])

    @property
    def initials(self) -> str:
        """Two letters for the corner of the screen."""
        words = [word for word in self.name.split() if word[:1].isupper()]
        return "".join(word[0] for word in (words[:1] + words[-1:])) or "?"


@cache
def _with_key() -> Prepared:
    return Prepared(Account.objects.filter(pk=Given("key")))


class Invitation(models.Model):
    """That somebody may choose a password, with the link and the words of `invitations.py`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    nonce = models.UUIDField(unique=True)
    proof = PlainText(max_length=64, why="hash of words under the key of the processes")
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.account_id)
