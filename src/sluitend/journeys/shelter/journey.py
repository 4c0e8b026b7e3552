"""What looking for a place adds to the desk of the organisation that does care coordination."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    FOCAL,
    MINUTES,
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

CARERS = frozenset({Role.PARTNER})
KEEPS_OPEN = "sluitend.journeys.shelter.queries.listed.open_of_request"
"""A search that is under way keeps the care file of its request open."""

HOTEL = SubjectKind("hotel_ask", label=_("Hotel voor vannacht"), home="/werk/hotel/{code}/", letter="H")
SHELTER = SubjectKind("shelter", label=_("Zoeken naar een plek"), home="/werk/zorg/plek/{code}/", letter="P")

# The clock of the handbook, or a date that somebody gave, says when each of these is due.
NO_BED = StepKind(
    "no_bed_tonight",
    _("Vannacht nog geen plek. Zoek een bed"),
    button=_("Zoek een plek"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
    on_call=True,
)
FILL_NIGHT = StepKind(
    "fill_night",
    _("Vul in wat de vorige nacht werd"),
    button=_("Vul in"),
    kinds=(SHELTER,),
    term=None,
    work=Work.WRITE,
)
FIND_PLACE = StepKind(
    "find_place",
    _("Zoek verder naar een plek"),
    button=_("Zoek verder"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
)
AWAIT_PLACE = StepKind(
    "await_place",
    _("Wacht op antwoord over een plek"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    waits=True,
    work=Work.READ,
)
AWAIT_MEDIATION = StepKind(
    "await_mediation",
    _("Wacht op wie bemiddelt"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    waits=True,
    work=Work.READ,
)
CHOOSE_ON = StepKind(
    "choose_search",
    _("Kies hoe het zoeken verdergaat"),
    button=_("Kies"),
    kinds=(SHELTER,),
    term=None,
    work=Work.DECIDE,
)
SEARCH_AGAIN = StepKind(
    "search_again",
    _("Kijk of het zoeken weer kan"),
    button=_("Kijk"),
    kinds=(SHELTER,),
    term=None,
    work=Work.DECIDE,
)
CHILD_GONE = StepKind(
    "child_gone",
    _("Een kind is weg: bel nu de voogd en de politie"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
    on_call=True,
)
PERSON_GONE = StepKind(
    "person_gone",
    _("Is de persoon veilig? Volg het veiligheidsplan"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
)
TELL_MEDIATOR = StepKind(
    "tell_mediator",
    _("Zeg vandaag tegen wie bemiddelt dat er al een plek is"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
)
REVIEW_STAY = StepKind(
    "review_stay",
    _("Vraag om langer verblijf, of zoek een nieuwe plek"),
    button=_("Bekijk"),
    kinds=(SHELTER,),
    term=None,
    work=Work.CALL,
)

# Of a hotel for tonight: the hour of the handbook says when, or at once after it.
AWAIT_HOTEL = StepKind(
    "await_hotel",
    _("Wacht op de gemeente over een hotel"),
    button=_("Bekijk"),
    kinds=(HOTEL,),
    term=None,
    waits=True,
    work=Work.READ,
)
DECIDE_HOTEL = StepKind(
    "decide_hotel",
    _("Vandaag nog geen plek. Beslis over een hotel"),
    button=_("Beslis"),
    kinds=(HOTEL,),
    sentence=_("%(partner)s heeft vannacht een bed nodig. Beslis over een hotel"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    term=None,
    work=Work.DECIDE,
    on_call=True,
)
READ_HOTEL = StepKind(
    "read_hotel",
    _("De gemeente antwoordde over vannacht. Bel met de persoon"),
    button=_("Bekijk"),
    kinds=(HOTEL,),
    news=News.ANSWER,
    term=None,
    work=Work.CALL,
)
READ_LATE = StepKind(
    "read_late_hotel",
    _("De gemeente antwoordde alsnog, er was al besloten. Bel zo nodig"),
    button=_("Bekijk"),
    kinds=(HOTEL,),
    news=News.ANSWER,
    term=None,
    work=Work.READ,
)
CALL_TOWN = StepKind(
    "call_town",
    _("Bel de gemeente over vannacht"),
    button=_("Bekijk"),
    kinds=(HOTEL,),
    news=News.ANSWER,
    term=None,
    work=Work.CALL,
)

HOTEL_PAGE = Permission("hotel.page", FOCAL | CARERS, Side.NONE)
HOTEL_ASK = Permission(
    "hotel.ask", CARERS, label=_("Hotel voor vannacht gevraagd, zonder naam"), seen=Seen.SHARED
)
HOTEL_FOLLOW = Permission("hotel.follow", CARERS, label=_("Vraag om een hotel gevolgd"))
HOTEL_RECALL = Permission("hotel.recall", CARERS, label=_("Vraag om een hotel beëindigd"))
HOTEL_LOOK = Permission(
    "hotel.look", FOCAL, Side.OTHER, label=_("Vraag om een hotel gelezen"), seen=Seen.LOOKED
)
HOTEL_ANSWER = Permission("hotel.answer", FOCAL, Side.OTHER, label=_("Over een hotel beslist"))
SHELTER_START = Permission("shelter.start", CARERS, label=_("Zoeken naar een plek begonnen"))
SHELTER_READ = Permission("shelter.read", CARERS, label=_("Zoeken naar een plek geopend"), seen=Seen.LOOKED)
SHELTER_LIST = Permission("shelter.list", CARERS)
SHELTER_WORK = Permission("shelter.work", CARERS, label=_("Zoeken naar een plek bijgewerkt"))
SHELTER_NIGHT = Permission("shelter.night", CARERS, label=_("Nacht ingevuld of verbeterd"))
SHELTER_ADDRESS = Permission(
    "shelter.address", CARERS, label=_("Adres van een plek geopend"), seen=Seen.LOOKED
)

BY_CLOCK = Clockwork(
    "shelter.by_clock", _("Nachten bijhouden en zeggen wie nog geen bed heeft"), MINUTES * 40
)

LINES = {"shelter.forget": _("Adres van een plek vernietigd na de bewaartermijn")}
