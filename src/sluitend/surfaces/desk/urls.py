"""Addresses of the desk, and of signing in."""

from django.urls import include, path

from sluitend.surfaces.desk.views import (
    account,
    drafts,
    entrance,
    invitation,
    manual,
    overview,
    presence,
    region,
    search,
    teams,
    today,
    who_looked,
)

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
    path("werk/", today.today, name="today"),
    path("werk/meer/", today.more, name="more"),
    path("werk/hulp/", manual.manual, name="manual"),
    path("werk/team/", teams.team, name="team"),
    path("werk/toewijzen/", teams.assign_several, name="assign_several"),
    path("werk/casussen/<str:code>/toewijzen/", teams.assign, name="assign_case"),
    path("werk/binnen/<str:code>/toewijzen/", teams.assign, name="assign_report"),
    path("werk/zoeken/", search.search, name="search"),
    path("werk/account/", account.account, name="account"),
    path("werk/account/organisatie/", account.choose_organisation, name="choose_organisation"),
    path("werk/concept/<slug:form>/", drafts.draft, name="draft"),
    path("werk/samen/<slug:subject>/<str:code>/", presence.presence, name="presence"),
    path("werk/overzicht/", overview.overview, name="overview"),
    path("werk/regio/", region.region, name="region"),
    path("werk/wie-keek/", who_looked.who_looked, name="who_looked"),
    path("werk/wie-keek/controle/", who_looked.check, name="who_looked_check"),
    path("werk/wie-keek/steekproef/", who_looked.sample, name="who_looked_sample"),
    path("uitnodiging/<str:link>/", invitation.invitation, name="invitation"),
]
