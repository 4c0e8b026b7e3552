"""What care shares with one organisation, or asks of it, adds to the desks of both."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.handbook.care import Opened
from sluitend.kernel.manifest import FOCAL, Counter, News, Permission, Seen, Side, StepKind, SubjectKind, Work
from sluitend.kernel.organisations.models import Role

CARE_SHARE = SubjectKind("care_share", label=_("Zorgvraag"), home="/werk/gedeeld/{code}/", letter="G")

# The agreement of the person, or the day that was asked for, says when each of these is due.
AWAIT_SHARE = StepKind(
    "await_share",
    _("Wacht op antwoord op wat u deelde"),
    button=_("Bekijk"),
    kinds=(CARE_SHARE,),
    sentence=_("%(partner)s antwoordt nog op wat u deelde"),
    waits=True,
    term=None,
    work=Work.READ,
)
LOOK_AT_SHARE = StepKind(
    "look_at_share",
    _("Bekijk de vraag van de zorg"),
    button=_("Bekijk"),
    kinds=(CARE_SHARE,),
    sentence=_("%(partner)s vraagt u iets te doen"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    term=None,
    work=Work.READ,
)
ANSWER_SHARE = StepKind(
    "answer_share",
    _("Antwoord de zorg"),
    button=_("Antwoord"),
    kinds=(CARE_SHARE,),
    sentence=_("Antwoord %(partner)s"),
    term=None,
    work=Work.WRITE,
)
AWAIT_CARE = StepKind(
    "await_told",
    _("Wacht op antwoord van de zorg op uw vraag"),
    button=_("Bekijk"),
    kinds=(CARE_SHARE,),
    term=None,
    waits=True,
    work=Work.READ,
)
ANSWER_QUESTION = StepKind(
    "answer_question",
    _("Bel met antwoord op hun vraag"),
    button=_("Bekijk"),
    kinds=(CARE_SHARE,),
    sentence=_("%(partner)s vraagt eerst iets. Bel met uw antwoord"),
    news=News.ANSWER,
    term=None,
    work=Work.CALL,
)
READ_CONTACT = StepKind(
    "read_contact",
    _("Lees dit voordat u contact zoekt"),
    button=_("Lees"),
    kinds=(CARE_SHARE,),
    sentence=_("%(partner)s heeft iets nieuws. Lees dit voordat u contact zoekt"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    beside=True,
    term=None,
    work=Work.READ,
)
SHARE_ENDED = StepKind(
    "share_ended",
    _("Het akkoord om te delen is afgelopen. Kies opnieuw"),
    button=_("Kies"),
    kinds=(CARE_SHARE,),
    sentence=_("Wat u met %(partner)s deelde, is afgelopen. Kies opnieuw"),
    term="go_on_with",
    work=Work.DECIDE,
)


def _opened(text: Opened, label: Promise, work: Work, button: Promise | None = None) -> StepKind:
    """Return the step that an answer of the handbook opens; that answer says when it is due."""
    return StepKind(
        text, label, button=button or _("Bekijk"), kinds=(CARE_SHARE,), news=News.ANSWER, term=None, work=work
    )


REVIEW_HELP = StepKind(
    Opened.REVIEW,
    _("Bekijk het plan opnieuw"),
    button=_("Bekijk"),
    kinds=(CARE_SHARE,),
    term=None,
    work=Work.DECIDE,
)
READ_REPLY = _opened(Opened.READ, _("Lees het antwoord aan de zorg"), Work.READ, _("Lees"))
CHOOSE_SUPPORT = _opened(Opened.CHOOSE, _("Beslis wie verder gaat"), Work.DECIDE)
SEEK_FURTHER = _opened(Opened.SEEK, _("Zoek verder, of vraag te bemiddelen naar een plek"), Work.DECIDE)
CHECK_SAFE = _opened(Opened.SAFE, _("Is de persoon veilig? Volg het veiligheidsplan"), Work.CALL)
MOVE_TODAY = _opened(Opened.MOVE, _("Verplaats vandaag en maak een nieuw veiligheidsplan"), Work.CALL)
BED_TONIGHT = _opened(Opened.BED, _("Regel een plek voor vannacht"), Work.CALL)
ASK_LATER = _opened(Opened.LATER, _("Vraag het later nog eens, als de persoon dat goed vindt"), Work.CALL)
CONTACT_AGAIN = _opened(Opened.AGAIN, _("Kijk of contact weer kan"), Work.DECIDE)
OTHER_SAFE_WAY = _opened(Opened.OTHER_WAY, _("Vraag de aanvrager een andere veilige weg"), Work.CALL)
CHILD_ROUTE = _opened(Opened.CHILD, _("Bel Veilig Thuis of Nidos"), Work.CALL)

PARTNER = frozenset({Role.PARTNER})
CARE_SHARE_PAGE = Permission("care_share.page", FOCAL | PARTNER, Side.NONE)
CARE_SHARE_LIST = Permission(
    "care_share.list", PARTNER, Side.NONE, label=_("Lijst bekeken van wie wordt ondersteund")
)
CARE_SHARE_SEND = Permission(
    "care_share.send", PARTNER, label=_("Gedeeld met een organisatie"), seen=Seen.SHARED
)
CARE_SHARE_CONTACT = Permission(
    "care_share.contact", PARTNER, label=_("Verteld dat contact zoeken anders gaat"), seen=Seen.SHARED
)
CARE_SHARE_FOLLOW = Permission("care_share.follow", PARTNER, label=_("Gevolgd wat is gedeeld"))
CARE_SHARE_RECALL = Permission("care_share.recall", PARTNER, label=_("Delen gestopt of afgelopen"))
CARE_SHARE_LOOK = Permission(
    "care_share.look", FOCAL | PARTNER, Side.OTHER, label=_("Vraag van de zorg bekeken, nog dicht")
)
CARE_SHARE_READ = Permission(
    "care_share.read", FOCAL | PARTNER, Side.OTHER, label=_("Vraag van de zorg gelezen"), seen=Seen.LOOKED
)
CARE_SHARE_ANSWER = Permission(
    "care_share.answer", FOCAL | PARTNER, Side.OTHER, label=_("De zorg geantwoord")
)
