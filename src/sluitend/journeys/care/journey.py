"""What care adds to the desk: requests for help at the organisation that does care coordination."""

from django.utils.translation import gettext_lazy as _

from sluitend.journeys.reports.journey import CARE_REQUEST
from sluitend.kernel.manifest import FOCAL, Permission, Seen, Side, StepKind, Work
from sluitend.kernel.organisations.models import Role

CARERS = frozenset({Role.PARTNER})
PAGE = "/werk/zorg/{code}/"

CONTACT_PERSON = StepKind(
    "contact_person",
    _("Zoek contact met de persoon, volgens de regel"),
    button=_("Bekijk de regel"),
    page=PAGE,
    work=Work.CALL,
    on_call=True,
)
GO_ON_WITH = StepKind(
    "go_on_with",
    _("Kijk hoe het gaat, en wat nu nodig is"),
    button=_("Ga verder"),
    page=PAGE,
    work=Work.DECIDE,
)
AWAIT_ASKER = StepKind(
    "await_asker",
    _("Wacht op antwoord van de aanvrager"),
    button=_("Bekijk"),
    page=PAGE,
    waits=True,
    work=Work.READ,
)

CARE_ASK = Permission("care.ask", frozenset(Role), public=True)
CARE_LIST = Permission("care.list", CARERS, label=_("Lijst van hulpvragen bekeken"), seen=Seen.LOOKED)
CARE_READ = Permission("care.read", CARERS, label=_("Hulpvraag geopend"), seen=Seen.LOOKED)
CARE_WORK = Permission("care.work", CARERS)
CARE_ATTACHMENT = Permission("care.attachment", CARERS, label=_("Bijlage bekeken"), seen=Seen.LOOKED)
CARE_ORIGINAL = Permission(
    "care.original", CARERS, label=_("Origineel van een bijlage geopend"), seen=Seen.LOOKED
)
CARE_SHARED = Permission(
    "care.shared", FOCAL | CARERS, Side.NONE, label=_("Gedeelde lijst bekeken"), seen=Seen.LOOKED
)

ASKER_MAILED = "care.mailed"

LINES = {
    ASKER_MAILED: _("Aanvrager gemaild dat er een bericht is"),
    "care.take": _("Hulpvraag aangenomen"),
    "care.tell": _("Bericht aan de aanvrager"),
    "care.ask_back": _("Vraag aan de aanvrager"),
    "care.hear": _("Bericht van de aanvrager gelezen"),
    "care.tried": _("Contact genoteerd"),
    "care.close": _("Hulpvraag gesloten"),
    "care.file": _("Dossier gemaakt van hulpvraag"),
    "care.advise": _("Advies gegeven"),
    "care.take_in": _("Persoon aangenomen die een gemeente overdroeg"),
    "care.take_over": _("Hulpvraag van een gemeente overgenomen"),
    "care.back_to_municipality": _("Hulpvraag teruggegeven aan de gemeente"),
    "care.to_municipality": _("Signaal naar een gemeente gestuurd"),
    "care.recall_from_municipality": _("Signaal teruggehaald van een gemeente"),
}

__all__ = [
    "ASKER_MAILED",
    "AWAIT_ASKER",
    "CARERS",
    "CARE_ASK",
    "CARE_ATTACHMENT",
    "CARE_LIST",
    "CARE_ORIGINAL",
    "CARE_READ",
    "CARE_REQUEST",
    "CARE_SHARED",
    "CARE_WORK",
    "CONTACT_PERSON",
    "GO_ON_WITH",
    "LINES",
]
