"""Who works where and in which role, who is away and who stands in: what people may do about it."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import FOCAL, HOURS, SIGNED_IN, Clockwork, Permission, Side
from sluitend.kernel.organisations.models import CONFIRMERS, Role

ACTIVITY = "toegang"
"""In the register of processing activities."""

ORGANISATION_MANAGE = Permission("organisation.manage", frozenset({Role.ADMINISTRATOR}), Side.NONE)
ACCOUNT_MANAGE = Permission("account.manage", frozenset({Role.ADMINISTRATOR}), Side.NONE)
ROLE_LIST = Permission("role.list", CONFIRMERS, Side.NONE)
ROLE_CONFIRM = Permission("role.confirm", CONFIRMERS | {Role.ADMINISTRATOR}, Side.NONE)
# Who was let in and has no role yet answers too, and chooses a first password; of whom it is, the verb asks.
ROLE_ANSWER = Permission("role.answer", SIGNED_IN, Side.NONE, public=True)
FIRST_PASSWORD = Permission(
    "account.first_password", frozenset(), Side.NONE, label=_("Eerste wachtwoord gekozen"), public=True
)
KEYS_MANAGE = Permission("keys.manage", frozenset({Role.ADMINISTRATOR}), Side.NONE)
# A partner has no manager: who works there says it of a colleague who is ill.
ABSENCE_COLLEAGUE = Permission("absence.colleague", frozenset({Role.MANAGER, Role.PARTNER}), Side.NONE)
DUTY = Permission("duty.keep", FOCAL | {Role.MANAGER, Role.PARTNER}, Side.NONE)
ESCALATION_CHOOSE = Permission("escalation.choose", frozenset({Role.MANAGER}), Side.NONE)
# Who made a version never publishes it: the verb asks, and the database keeps it.
HOUSE_STYLE_SEE = Permission(
    "house_style.see",
    frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.REGIONAL_COORDINATOR}),
    Side.NONE,
)
HOUSE_STYLE_OFFER = Permission(
    "house_style.offer",
    frozenset({Role.ADMINISTRATOR}),
    Side.NONE,
    label=_("Huisstijl klaargezet voor een tweede"),
)
HOUSE_STYLE_PUBLISH = Permission(
    "house_style.publish", HOUSE_STYLE_SEE.rule.roles, Side.NONE, label=_("Huisstijl openbaar gemaakt")
)
HOUSE_STYLE_DROP = Permission(
    "house_style.drop", HOUSE_STYLE_SEE.rule.roles, Side.NONE, label=_("Huisstijl niet openbaar gemaakt")
)
# Only who keeps the server does this, by a command: no role may.
SERVER_KEEP = Permission("server.keep", frozenset(), Side.NONE)

COVER = Clockwork("organisations.cover", _("Bijhouden wie waar waarneemt"), 2 * HOURS)
ENDED = Clockwork("organisations.ended", _("Bijhouden welke rollen eindigden"), 4 * HOURS)
ENDS_AGAIN = "sluitend.journeys.administration.actions.putting_back.end_again"
"""Ends, after a restore, the roles that ended since the backup."""

LINES = {
    "team.added": _("Team gemaakt"),
    "team.changed": _("Team gewijzigd"),
    "team.closed": _("Team niet meer in gebruik"),
    "team.opened": _("Team weer in gebruik"),
    "absence.entered": _("Afwezigheid doorgegeven"),
    "absence.ended": _("Weer aanwezig"),
    "duty.set": _("Dienst in de lijst gezet"),
    "duty.removed": _("Dienst uit de lijst gehaald"),
    "account.stand_in": _("Vervanger uit een andere gemeente"),
    "pool.proposed": _("Afspraak over waarneming gevraagd"),
    "pool.agreed": _("Akkoord met een afspraak over waarneming"),
    "pool.left": _("Gestopt met een afspraak over waarneming"),
    "account.handed_over": _("Werk overgedragen en rollen beëindigd"),
    "escalation.changed": _("Gekozen wat er met late stappen gebeurt"),
    "account.invited": _("Uitgenodigd"),
    "account.invited_again": _("Opnieuw uitgenodigd"),
    "account.role_added": _("Rol gegeven"),
    "account.role_offered": _("Rol aangeboden"),
    "account.role_confirmed": _("Rol bevestigd"),
    "account.role_refused": _("Rol niet bevestigd"),
    "account.role_accepted": _("Rol aangenomen"),
    "account.role_declined": _("Rol afgewezen"),
    "account.role_ended": _("Rol beëindigd"),
    "account.work_returned": _("Werk terug in de rij"),
    "account.return_seen": _("Gezien dat werk terugkwam"),
    "account.closed": _("Account gesloten"),
    "account.opened": _("Account geopend"),
    "organisation.added": _("Organisatie toegevoegd"),
    "organisation.changed": _("Organisatie gewijzigd"),
}
