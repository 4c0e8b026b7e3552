"""The forms of django-allauth in our words and with our components."""

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.forms import SluitendField

CODE = _("Zes cijfers uit de app, of een van uw herstelcodes.")
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


class CodeForm(Ours, AuthenticateForm):  # type: ignore[misc]
    """The code of an app, or a recovery code."""

    labels: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": CODE}
    attributes: ClassVar = {"code": {"inputmode": "numeric"}}


class CodeAgainForm(Ours, CodeReauthenticateForm):  # type: ignore[misc]
    """The same, in between."""

    labels: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": CODE}
    attributes: ClassVar = {"code": {"inputmode": "numeric"}}


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
