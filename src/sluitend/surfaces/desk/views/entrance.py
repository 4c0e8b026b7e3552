"""Signing in and out. The pages say nothing about what this is for."""

from typing import Any

from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordChangeView,
    PasswordSetView,
    ReauthenticateView,
)
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from sluitend.kernel.ledger.actions import record_sign_in
from sluitend.kernel.organisations.queries import demonstration_accounts
from sluitend.kernel.sealing.mfa import protect, reveal, vouch
from sluitend.surfaces.desk import entrance_forms
from sluitend.surfaces.signin import record_wrong_factor


class SignIn(LoginView):  # type: ignore[misc]
    """Sign in; in the demonstration the accounts stand beside it."""

    form_class = entrance_forms.EntranceForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what only the demonstration shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {
                "accounts": demonstration_accounts(),
                "demo_password": settings.SLUITEND_DEMO_PASSWORD,
            }
        return context


class KeepsWrongFactor:
    """Mixed into a view of the library: a wrong second factor is a failed sign-in."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Keep it, and answer as the library does."""
        record_wrong_factor(form)
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response


class SecondStep(KeepsWrongFactor, AuthenticateView):  # type: ignore[misc]
    """The second factor."""

    form_class = entrance_forms.CodeForm
    webauthn_form_class = entrance_forms.SignedByDevice


class CodeAgain(KeepsWrongFactor, CodeReauthenticateView):  # type: ignore[misc]
    """Confirm with the second factor before something weighty."""

    form_class = entrance_forms.CodeAgainForm


class PasskeyAgain(KeepsWrongFactor, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Confirm with a passkey before something weighty."""

    form_class = entrance_forms.PasskeyAgainForm


class PasskeySignIn(KeepsWrongFactor, LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey alone."""

    form_class = entrance_forms.PasskeySignInForm


class PasswordAgain(ReauthenticateView):  # type: ignore[misc]
    """Confirm with the password before something weighty."""

    form_class = entrance_forms.PasswordAgainForm


@method_decorator(login_required, name="dispatch")
class PasswordChange(PasswordChangeView):  # type: ignore[misc]
    """Change the password."""

    form_class = entrance_forms.PasswordChangeForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """A wrong old password is a failed sign-in: somebody may be at another's open desk."""
        if form.has_error("oldpassword"):
            record_sign_in(account_id=None, good=False)
        response: HttpResponse = super().form_invalid(form)
        return response


@method_decorator(login_required, name="dispatch")
class PasswordChoose(PasswordSetView):  # type: ignore[misc]
    """Choose a password after the one of the invitation."""

    form_class = entrance_forms.PasswordChooseForm


class AppSetUp(ActivateTOTPView):  # type: ignore[misc]
    """Set an app up as second factor. Until it works its secret waits in the session, sealed as well."""

    form_class = entrance_forms.FirstCodeForm

    def get_form(self, form_class: Any = None) -> Any:
        """Open the waiting secret for the form alone."""
        session, owner = self.request.session, self.request.user.pk
        if SECRET_SESSION_KEY in session:
            session[SECRET_SESSION_KEY] = reveal(session[SECRET_SESSION_KEY], owner)
        form = super().get_form(form_class)
        session[SECRET_SESSION_KEY] = protect(form.secret, owner)
        return form


class PasskeyAdd(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey, with the proof that this account did."""

    form_class = entrance_forms.PasskeyForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Add it and keep the proof beside it; without that it opens nothing."""
        response: HttpResponse = super().form_valid(form)
        mine = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        added = mine.latest("pk")
        added.data["proof"] = vouch(added.data["credential"], self.request.user.pk)
        added.save(update_fields=["data"])
        return response


class PasskeyRename(EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""

    form_class = entrance_forms.PasskeyNameForm


sign_in = SignIn.as_view()
second_step = SecondStep.as_view()
code_again = CodeAgain.as_view()
passkey_again = PasskeyAgain.as_view()
passkey_sign_in = PasskeySignIn.as_view()
password_again = PasswordAgain.as_view()
password_change = PasswordChange.as_view()
password_choose = PasswordChoose.as_view()
app_set_up = AppSetUp.as_view()
passkey_add = PasskeyAdd.as_view()
passkey_rename = PasskeyRename.as_view()
sign_out = require_POST(LogoutView.as_view())
inactive = AccountInactiveView.as_view()
