"""What transfers and requests add to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    DAY,
    FOCAL,
    MINUTES,
    Clockwork,
    Counter,
    News,
    Permission,
    Side,
    StepKind,
    SubjectKind,
    Work,
)
from sluitend.kernel.organisations.models import Role

TRANSFER = SubjectKind("transfer", label=_("Overdracht"), home="/werk/overdrachten/{code}/", letter="T")
REQUEST = SubjectKind("request", label=_("Verzoek"), home="/werk/verzoeken/{code}/", letter="V")

AWAIT_TRANSFER = StepKind(
    "await_transfer",
    _("De andere gemeente heeft nog niet besloten"),
    button=_("Herinner"),
    kinds=(TRANSFER,),
    sentence=_("%(partner)s heeft nog niet over de overdracht besloten"),
    waits=True,
    term=None,
    work=Work.WRITE,
)
LOOK_AT_TRANSFER = StepKind(
    "look_at_transfer",
    _("Bekijk de overdracht en neem aan of geef terug"),
    button=_("Bekijk"),
    kinds=(TRANSFER,),
    sentence=_("%(partner)s vraagt u een casus over te nemen"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    term="accept_transfer",
    work=Work.READ,
)
TRANSFER_RETURNED = StepKind(
    "transfer_returned",
    _("De overdracht ging niet door. Kies opnieuw"),
    button=_("Kies opnieuw"),
    kinds=(TRANSFER,),
    sentence=_("%(partner)s neemt de casus niet over. Kies opnieuw"),
    news=News.ANSWER,
)
HEARS_REACH = "sluitend.journeys.exchanges.actions.reaching.tell_reach"
TRANSFER_NEWS = StepKind(
    "transfer_news",
    _("Lees het bericht over de overdracht"),
    button=_("Lees bericht"),
    kinds=(TRANSFER,),
    sentence=_("Lees het bericht van %(partner)s over een overdracht"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    work=Work.READ,
)
AWAIT_REQUEST = StepKind(
    "await_request",
    _("Er is nog geen antwoord op uw vraag"),
    button=_("Herinner"),
    kinds=(REQUEST,),
    sentence=_("%(partner)s heeft uw vraag nog niet beantwoord"),
    waits=True,
    term=None,
    work=Work.WRITE,
)
LOOK_AT_REQUEST = StepKind(
    "look_at_request",
    _("Bekijk de vraag en neem aan of geef terug"),
    button=_("Bekijk"),
    kinds=(REQUEST,),
    sentence=_("%(partner)s vraagt u iets. Neem aan of geef terug"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    work=Work.READ,
)
ANSWER_REQUEST = StepKind(
    "answer_request",
    _("Geef antwoord op de vraag"),
    button=_("Antwoord"),
    kinds=(REQUEST,),
    sentence=_("Geef %(partner)s antwoord"),
    counted=Counter.EXCHANGED,
    work=Work.WRITE,
)
REQUEST_ANSWERED = StepKind(
    "request_answered",
    _("Lees het antwoord op uw vraag"),
    button=_("Lees antwoord"),
    kinds=(REQUEST,),
    sentence=_("Lees het antwoord van %(partner)s op uw vraag"),
    news=News.ANSWER,
    counted=Counter.EXCHANGED,
    work=Work.READ,
)
REQUEST_RETURNED = StepKind(
    "request_returned",
    _("Uw vraag kwam terug. Kies opnieuw"),
    button=_("Kies opnieuw"),
    kinds=(REQUEST,),
    sentence=_("%(partner)s gaf geen antwoord op uw vraag. Kies opnieuw"),
    news=News.ANSWER,
)
# About the directory; each is about the own organisation.
CONFIRM_ENTRY = StepKind(
    "confirm_entry",
    _("Klopt wat er over u in de gids staat?"),
    button=_("Kijk na"),
    page="/werk/gids/",
    term=None,
    passes=True,
    work=Work.READ,
)
CHECK_SILENT = StepKind(
    "check_silent",
    _("Niemand bevestigt de gids voor sommige organisaties. Kijk hun nummers na"),
    button=_("Kijk na"),
    page="/werk/gids/",
    term=None,
    passes=True,
    work=Work.CALL,
)

EXCHANGE_LIST = Permission("exchange.list", FOCAL, Side.NONE, label=_("Lijst van uitwisselingen bekeken"))
TRANSFER_RECALL = Permission("transfer.recall", FOCAL, label=_("Overdracht teruggehaald of verlopen"))
TRANSFER_LOOK = Permission("transfer.look", FOCAL, Side.OTHER, label=_("Overdracht bekeken, nog dicht"))
TRANSFER_READ = Permission("transfer.read", FOCAL, Side.OTHER, label=_("Overdracht gelezen"))
QUESTION_LIST = Permission(
    "question.list", frozenset({Role.PARTNER}), Side.NONE, label=_("Lijst van vragen bekeken")
)
REQUEST_SEND = Permission("request.send", FOCAL, label=_("Informatie gevraagd bij een casus"))
QUESTION_SEND = Permission(
    "question.send", frozenset({Role.PARTNER}), label=_("Vraag aan een gemeente verstuurd")
)
REQUEST_FOLLOW = Permission("request.follow", FOCAL | {Role.PARTNER}, label=_("Eigen vraag gevolgd"))
REQUEST_RECALL = Permission(
    "request.recall", FOCAL | {Role.PARTNER}, label=_("Eigen vraag teruggehaald of verlopen")
)
REQUEST_LOOK = Permission(
    "request.look", FOCAL | {Role.PARTNER}, Side.OTHER, label=_("Vraag van een ander bekeken, nog dicht")
)
REQUEST_READ = Permission(
    "request.read", FOCAL | {Role.PARTNER}, Side.OTHER, label=_("Vraag van een ander gelezen")
)
REQUEST_ANSWER = Permission(
    "request.answer", FOCAL | {Role.PARTNER}, Side.OTHER, label=_("Antwoord op een vraag van een ander")
)
REQUEST_TAKE_IN = Permission(
    "request.take_in", FOCAL, Side.OTHER, label=_("Vraag van een partner opgenomen als melding")
)
DIRECTORY = Permission(
    "directory",
    FOCAL | {Role.PARTNER, Role.MANAGER, Role.REGIONAL_COORDINATOR},
    Side.NONE,
    label=_("Gids bekeken"),
)
DIRECTORY_CONFIRM = Permission(
    "directory.confirm", FOCAL | {Role.PARTNER}, label=_("Eigen gegevens in de gids bevestigd of gewijzigd")
)
DIRECTORY_CHECK = Permission(
    "directory.check",
    frozenset({Role.REGIONAL_COORDINATOR}),
    label=_("Nagekeken wat in de gids staat over wie niemand bevestigt"),
)

ASK_TO_CONFIRM = Clockwork("exchanges.directory", _("Elk half jaar vragen of de gids klopt"), DAY)
PASS_ON = Clockwork("exchanges.pass_on", _("Gevaar doorgeven na een overdracht"), 10 * MINUTES)
