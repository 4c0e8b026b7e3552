"""The forms of django-allauth in our words and with our components."""

import struct
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from sluitend.forms.bound import SluitendField
from sluitend.kernel.access import guessing
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.sealing.errors import SealBroken
from sluitend.kernel.sealing.mfa import is_vouched
from sluitend.surfaces.signin import counting

CODE = _("Zes cijfers uit de app, of een van uw herstelcodes.")
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, struct.error)
"""What reading a made-up answer of a device raises."""
NEW_PASSWORD = _("Ten minste twaalf tekens. Drie woorden achter elkaar is goed te onthouden.")


class Ours(forms.Form):
    """Mixed into a form of the library: our labels and hints; a placeholder is no label, so it goes."""

    bound_field_class = SluitendField
    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    attributes: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class EntranceForm(Ours, LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    labels: ClassVar = {"login": _("E-mailadres"), "password": _("Wachtwoord")}
    attributes: ClassVar = {"login": {"autocomplete": "username webauthn"}}


class OnceCode(Ours):
    """Mixed into a form of the library that asks for the code of an app, or a recovery code."""

    user: Account
    authenticator: Authenticator
    labels: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": CODE}
    attributes: ClassVar = {"code": {"inputmode": "numeric"}}

    def clean_code(self) -> str:
        """Look at a code, if there is a try left. The library has it work once in each process; we, once."""
        with counting(context.request, self.user.pk, guessing.CODE):
            try:
                code = str(super().clean_code())  # type: ignore[misc]
            except SealBroken as error:  # a factor that somebody put here is none
                raise get_adapter().validation_error("incorrect_code") from error
            of_app = self.authenticator.type == Authenticator.Type.TOTP
            # As the library reads it: with a space or a dash in it, it is the same code.
            if of_app and not guessing.first_use(f"{self.user.pk}:{normalize_user_code(code)}"):
                raise get_adapter().validation_error("incorrect_code")
            return code


class CodeForm(OnceCode, AuthenticateForm):  # type: ignore[misc]
    """The second factor."""


class CodeAgainForm(OnceCode, CodeReauthenticateForm):  # type: ignore[misc]
    """The same, in between."""


class SignedByDevice(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a device signed with a passkey."""

    def clean_credential(self) -> Authenticator:
        """Look at it. What cannot be read is wrong; the library breaks on some of that."""
        credential = self.cleaned_data["credential"]
        self.user: Account = _claimed(credential) if self.passwordless else self.user
        with counting(context.request, self.user.pk, guessing.PASSKEY):
            try:
                found: Authenticator = super().clean_credential()
            except UNREADABLE as error:
                raise get_adapter().validation_error("incorrect_code") from error
            if not is_vouched(found.data["credential"], found.data.get("proof", ""), self.user.pk):
                raise get_adapter().validation_error("incorrect_code")
            return found


class PasskeyAgainForm(SignedByDevice, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, in between."""


class PasskeySignInForm(SignedByDevice, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password."""


def _claimed(credential: Any) -> Account:
    """Return whose passkey a device says it is, or an account that does not exist: both cost the same."""
    try:
        handle = websafe_decode(credential["response"]["userHandle"]).decode()
        return Account.objects.filter(pk=UUID(handle)).first() or Account(pk=UUID(handle))
    except UNREADABLE:
        return Account()


class PasswordAgainForm(Ours, ReauthenticateForm):  # type: ignore[misc]
    """The password, in between."""

    labels: ClassVar = {"password": _("Wachtwoord")}


class PasswordChangeForm(Ours, ChangePasswordForm):  # type: ignore[misc]
    """The old password and the new one."""

    labels: ClassVar = {
        "oldpassword": _("Uw huidige wachtwoord"),
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nog een keer het nieuwe wachtwoord"),
    }
    hints: ClassVar = {"password1": NEW_PASSWORD}


class PasswordChooseForm(Ours, SetPasswordForm):  # type: ignore[misc]
    """A first password of one's own."""

    labels: ClassVar = {
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nog een keer het nieuwe wachtwoord"),
    }
    hints: ClassVar = {"password1": NEW_PASSWORD}


class InvitationForm(forms.Form):
    """The words of an invitation, and a first password of one's own."""

    bound_field_class = SluitendField
    words = forms.CharField(
        label=_("De code van uw beheerder"),
        help_text=_("Drie groepjes van vier letters en cijfers. Uw beheerder leest de code voor."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=NEW_PASSWORD,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Nog een keer het nieuwe wachtwoord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("De twee wachtwoorden zijn niet gelijk."))
        return data


class FirstCodeForm(Ours, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    labels: ClassVar = {"code": _("Code uit de app")}
    hints: ClassVar = {"code": _("Zes cijfers. Zo weten wij dat de app werkt.")}
    attributes: ClassVar = {"code": {"inputmode": "numeric"}}


class PasskeyForm(Ours, AddWebAuthnForm):  # type: ignore[misc]
    """The name of a new passkey."""

    labels: ClassVar = {
        "name": _("Naam van deze passkey"),
        "passwordless": _("Hiermee inloggen zonder wachtwoord"),
    }
    hints: ClassVar = {
        "name": _("Bijvoorbeeld: telefoon van het werk."),
        "passwordless": _("Uw toestel vraagt dan om uw vinger, gezicht of pincode."),
    }


class PasskeyNameForm(Ours, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels: ClassVar = {"name": _("Naam van deze passkey")}
