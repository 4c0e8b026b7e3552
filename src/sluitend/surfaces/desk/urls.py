"""Addresses of signing in, and of what stands outside the desk."""

from django.urls import include, path

from sluitend.surfaces.desk.views import entrance, invitation

urlpatterns = [
    path("inloggen/", entrance.sign_in, name="account_login"),
    path("uitloggen/", entrance.sign_out, name="account_logout"),
    path("account/inactief/", entrance.inactive, name="account_inactive"),
    path("account/bevestigen/", entrance.password_again, name="account_reauthenticate"),
    path("account/wachtwoord/", entrance.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen/", entrance.password_choose, name="account_set_password"),
    # Ours stand before the library's own under the same names: same views, with our words and a ledger line.
    path("account/2fa/authenticate/", entrance.second_step, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", entrance.code_again, name="mfa_reauthenticate"),
    path("account/2fa/webauthn/login/", entrance.passkey_sign_in, name="mfa_login_webauthn"),
    path("account/2fa/webauthn/reauthenticate/", entrance.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/2fa/totp/activate/", entrance.app_set_up, name="mfa_activate_totp"),
    path("account/2fa/webauthn/add/", entrance.passkey_add, name="mfa_add_webauthn"),
    path("account/2fa/webauthn/keys/<int:pk>/edit/", entrance.passkey_rename, name="mfa_edit_webauthn"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("uitnodiging/<str:link>/", invitation.invitation, name="invitation"),
]
