"""Signing in, as django-allauth asks. Every try is in the ledger, and no secret stands in plain."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from sluitend.kernel.access import guessing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.throttle import client_address, sender
from sluitend.kernel.ledger.actions import record, record_sign_in
from sluitend.kernel.organisations.models import PLATFORM_ID, Account
from sluitend.kernel.organisations.queries import memberships
from sluitend.kernel.sealing.mfa import protect, reveal
from sluitend.surfaces.sessions import begin_anew

RECOVERY = "recovery_codes"
KNOWN_BROWSER = "sluitend-bekend"
KNOWN_SECONDS = 180 * 24 * 3600
WORKED_HERE = "worked_here"
"""In the session: what the browser is called in which the password was right, for the step that follows."""
HELD_BACK = "too_many_login_attempts"
_factor_of: ContextVar[UUID | None] = ContextVar("factor_of", default=None)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer ze allebei."
        ),
        "invalid_login": _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer ze allebei."),
        "too_many_login_attempts": _(
            "U hebt het vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw."
        ),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "incorrect_code": _(
            "Deze code klopt niet. Een code uit de app is een halve minuut geldig. "
            "Kijk of de klok van uw telefoon goed staat."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count guesses by whoever makes them, not by our own proxy."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look at a password; a right one takes nothing of the tries that are left."""
        attempt = _attempt(request, credentials)
        user = super().authenticate(request, **credentials)
        if user is not None and attempt is not None:
            guessing.was_right(attempt)
            request.session[WORKED_HERE] = attempt.browser
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow guessing down; a try that is held back is a failed one."""
        attempt = _attempt(request, credentials)
        if attempt is not None and not guessing.begin(attempt):
            record_sign_in(account_id=None, good=False, purpose="held_back")
            raise self.validation_error(HELD_BACK)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that somebody failed, not who they said they were."""
        record_sign_in(account_id=None, good=False)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in after every step was right, and keep that in the ledger: all of it or nothing."""
        by_recovery_code = any(
            step.get("type") == RECOVERY for step in get_authentication_records(request, user)
        )
        with transaction.atomic():
            super().login(request, user)
            begin_anew(request.session)
            record_sign_in(account_id=user.pk, good=True)
            if by_recovery_code:
                record_recovery_code(user.pk)
            note_seen(user, timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Lead on, and know this browser again. Who has a passkey only chooses a password first."""
        response: HttpResponse
        if user.has_usable_password():
            response = super().post_login(request, user, **kwargs)
            if not memberships(user.pk):
                response = redirect("own_roles")
        else:
            response = redirect("account_set_password")
        _know_again(request, response, user.email.lower())
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to signing in again, which says nothing about where somebody was."""
        return "/inloggen/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account."""
        return "/werk/account/"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say only what has our own words, and not who signed in: somebody may look along."""
        if message := kwargs.get("message"):
            super().add_message(*args[:2], message=message)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, with their secrets sealed under the custodian's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Deze code klopt niet. Een code uit de app is een halve minuut geldig. "
            "Kijk of de klok van uw telefoon goed staat."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return what the database may hold of a TOTP secret or the seed of recovery codes."""
        return protect(text, _whose())

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again."""
        return reveal(encrypted_text, _whose())

    def get_totp_issuer(self) -> str:
        """Name the app in somebody's phone, without the subject."""
        return "Sluitend"

    def build_totp_svg(self, url: str) -> str:
        """Draw the square on white: a dark page must not make it unreadable."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  (the library's own name)
        """Propose a name for a new passkey."""
        return gettext("Passkey %(number)d") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the configured name, not to the host that a request claims."""
        return {"id": settings.SLUITEND_RP_ID, "name": "Sluitend"}


@contextmanager
def factor_of(account_id: UUID) -> Iterator[None]:
    """Let second factors be of this account, which is not signed in yet."""
    token = _factor_of.set(account_id)
    try:
        yield
    finally:
        _factor_of.reset(token)


def _whose() -> UUID:
    found: UUID = _factor_of.get() or context.request.user.pk
    return found


def _attempt(request: HttpRequest, credentials: dict[str, Any]) -> guessing.Try | None:
    """Return the try to count; none for somebody who is in and confirms, whom the library counts itself."""
    if request.user.is_authenticated:
        return None
    account = str(credentials.get("email", "")).strip().lower()
    mark = request.COOKIES.get(KNOWN_BROWSER, "")
    return guessing.Try(account, sender(request), guessing.known_browser(mark, account))


@contextmanager
def counting(request: HttpRequest, account_id: UUID, what: str) -> Iterator[None]:
    """Count a look at a second factor, and say to wait after too many wrong ones.

    One code too many is not looked at, or the answer would tell that it was right. What a passkey signs
    nobody hits upon: a right one always gets in, as holding it back would keep out its owner only.
    """
    guessable = what == guessing.CODE
    browser = str(request.session.get(WORKED_HERE, "")) if guessable else ""
    attempt = guessing.Try(str(account_id), sender(request), browser, what)
    may = guessing.begin(attempt)
    if guessable and not may:
        raise get_adapter().validation_error(HELD_BACK)
    try:
        with factor_of(account_id):
            yield
    except ValidationError as wrong:
        raise wrong if may else get_adapter().validation_error(HELD_BACK) from None
    if may:
        guessing.was_right(attempt)


def record_wrong_factor(form: Form) -> None:
    """Keep that a second factor was wrong, or was one too many to look at."""
    held_back = any(form.has_error(name, HELD_BACK) for name in form.errors)
    record_sign_in(account_id=None, good=False, purpose="held_back" if held_back else "second_factor")


def _know_again(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Leave a mark that gives this browser tries of its own. It opens nothing, and goes to one page only."""
    mark = guessing.mark_browser(request.COOKIES.get(KNOWN_BROWSER, ""), account, fresh=token_urlsafe(9))
    response.set_cookie(
        KNOWN_BROWSER,
        mark,
        max_age=KNOWN_SECONDS,
        path=settings.LOGIN_URL,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def record_recovery_code(account_id: UUID) -> None:
    """Keep that a recovery code stood in for the second factor."""
    record(
        actor=Actor(account_id=account_id),
        action="signin.recovery_code",
        activity="toegang",
        organisation_id=PLATFORM_ID,
    )


def note_seen(account: Account, moment: datetime) -> None:
    """Remember when somebody was here, and when they were here on an earlier day."""
    before = account.seen
    if before is not None and timezone.localtime(before).date() < timezone.localtime(moment).date():
        account.seen_before = before
    account.seen = moment
    account.save(update_fields=["seen", "seen_before"])
