"""What referrals add to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    DAY,
    FOCAL,
    SIGNED_IN,
    Clockwork,
    Counter,
    News,
    Permission,
    Seen,
    Side,
    StepKind,
    SubjectKind,
    Work,
)
from sluitend.kernel.organisations.models import Role

REFERRAL = SubjectKind("referral", label=_("Doorzetting"), home="/werk/doorgezet/{code}/", letter="D")

AWAIT_PARTNER = StepKind(
    "await_partner",
    _("De partner heeft nog niet geantwoord"),
    button=_("Herinner"),
    kinds=(REFERRAL,),
    sentence=_("%(partner)s heeft nog niet geantwoord"),
    waits=True,
    term=None,
    work=Work.WRITE,
)
AWAIT_WORD = StepKind(
    "await_word",
    _("De partner zou meer laten weten"),
    button=_("Herinner"),
    kinds=(REFERRAL,),
    sentence=_("%(partner)s zou meer laten weten"),
    waits=True,
    term=None,
    work=Work.WRITE,
)
RENEW_PICKUP = StepKind(
    "renew_pickup",
    _("Het ophalen lukte niet. Bel de partner"),
    button=_("Bel en maak een nieuwe code"),
    kinds=(REFERRAL,),
    work=Work.CALL,
)
LOOK_AT_REFERRAL = StepKind(
    "look_at_referral",
    _("Bekijk de doorzetting en neem aan of geef terug"),
    button=_("Bekijk"),
    page="/werk/ontvangen/{code}/",
    kinds=(REFERRAL,),
    news=News.ARRIVED,
    elsewhere=True,
    counted=Counter.RECEIVED,
    work=Work.READ,
)
ANSWER_REFERRAL = StepKind(
    "answer_referral",
    _("Geef de gemeente antwoord"),
    button=_("Antwoord"),
    page="/werk/ontvangen/{code}/",
    kinds=(REFERRAL,),
    elsewhere=True,
    counted=Counter.RECEIVED,
    term=None,
    work=Work.WRITE,
)

READ_REACH = StepKind(
    "read_reach",
    _("Lees dit voordat u contact zoekt"),
    button=_("Lees"),
    page="/werk/ontvangen/{code}/",
    kinds=(REFERRAL,),
    sentence=_("%(partner)s heeft iets nieuws. Lees dit voordat u contact zoekt"),
    news=News.CAME,
    elsewhere=True,
    beside=True,
    counted=Counter.RECEIVED,
    term=None,
    work=Work.READ,
)

TELL_REACH = StepKind(
    "tell_reach",
    _("Bel wie dit kreeg: contact zoeken gaat nu anders"),
    button=_("Bel"),
    kinds=(REFERRAL,),
    sentence=_("Bel %(partner)s: contact zoeken gaat nu anders"),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)

REFERRAL_REACH = Permission(
    "referral.reach", FOCAL, label=_("Verteld dat contact zoeken anders gaat"), seen=Seen.SHARED
)
REFERRAL_HEARD = Permission(
    "referral.heard",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Gelezen hoe contact zoeken nu gaat"),
)
REFERRAL_RECALL = Permission("referral.recall", FOCAL, label=_("Doorzetting teruggehaald"), seen=Seen.SHARED)
REFERRAL_LET_STAND = Permission(
    "referral.let_stand", FOCAL, label=_("Doorzetting laten staan die het plan niet meer vraagt")
)
REFERRAL_NOTE_ANSWER = Permission(
    "referral.note_answer", FOCAL, label=_("Antwoord van een partner genoteerd"), seen=Seen.SHARED
)
REFERRAL_RECEIVED_LIST = Permission(
    "referral.received_list",
    frozenset({Role.PARTNER}),
    Side.NONE,
    label=_("Lijst van ontvangen doorzettingen bekeken"),
    seen=Seen.LOOKED,
)
REFERRAL_LOOK = Permission(
    "referral.look",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Doorzetting bekeken, nog dicht"),
    seen=Seen.LOOKED,
)
REFERRAL_ACCEPT = Permission(
    "referral.accept", frozenset({Role.PARTNER}), Side.OTHER, label=_("Doorzetting aangenomen")
)
REFERRAL_READ = Permission(
    "referral.read", frozenset({Role.PARTNER}), Side.OTHER, label=_("Doorzetting gelezen"), seen=Seen.LOOKED
)
REFERRAL_ANSWER = Permission(
    "referral.answer",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Antwoord op een doorzetting"),
    seen=Seen.SHARED,
)
REFERRAL_TAKE = Permission(
    "referral.take",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Doorzetting op naam genomen of aan het team teruggegeven"),
)
REFERRAL_REFERENCE = Permission(
    "referral.reference",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Eigen kenmerk bij een doorzetting genoteerd"),
)
REFERRAL_PICKUP = Permission("referral.pickup", SIGNED_IN, Side.NONE, public=True)

HEARS_REACH = "sluitend.journeys.referrals.actions.reaching.tell_reach"
"""Tells whoever people of a case were handed over to that they are reached otherwise by now."""
ENDS_AGAIN = "sluitend.journeys.referrals.channels.pickup.end_again"
"""Ends, after a restore, the pick-up links that ended since the backup."""

EACH_MORNING = Clockwork("referrals.each_morning", _("Ophaallinks laten verlopen en casussen bijwerken"), DAY)

LINES = {
    "referral.send.beyond_profile": _("Meer gedeeld dan de handreiking noemt"),
    "referral.pickup.started": _("Ophaallink en code gemaakt"),
    "referral.pickup.opened": _("Ophaalpagina geopend"),
    "referral.pickup.wrong": _("Verkeerde code op de ophaalpagina"),
    "referral.pickup.locked": _("Ophaalpagina op slot na vijf verkeerde codes"),
    "referral.pickup.shut": _("Ophaallink gebruikt die niet meer werkt"),
    "referral.pickup.unknown": _("Ophaallink gebruikt die niet bestaat"),
    "referral.pickup.answered": _("Antwoord op de ophaalpagina"),
}
