"""The words of the choices in a care file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """A way in which somebody can be reached."""

    CALL = "call", _("Bellen")
    TEXT_MESSAGE = "text_message", _("Sms")
    APP = "app", _("Bericht in een app")
    EMAIL = "email", _("E-mail")
    POST = "post", _("Brief")
    VISIT = "visit", _("Langsgaan")
    THROUGH = "through_somebody", _("Via iemand")
    PERSON_CALLS = "only_when_person_calls", _("De persoon belt zelf")


SENDS = (Channel.TEXT_MESSAGE, Channel.APP, Channel.EMAIL, Channel.POST)
"""By which something is sent that somebody else may read."""


BY_NUMBER = (Channel.CALL, Channel.TEXT_MESSAGE, Channel.APP)
"""For which a telephone number is needed."""


class May(TextChoices):
    """What a rule says of its way."""

    ONLY = "only", _("Alleen zo")
    ALLOWED = "allowed", _("Mag")
    NEVER = "never", _("Nooit")


class Days(TextChoices):
    """On which days."""

    ANY = "any", _("Elke dag")
    OFFICE = "office", _("Op werkdagen")
    WEEKEND = "weekend", _("In het weekend")


class SayWhat(TextChoices):
    """What somebody says when another person answers. Nobody pretends to be somebody else."""

    FIRST_NAME = "only_own_first_name", _("Alleen uw eigen voornaam")
    AGREED = "name_agreed_with_person", _("De naam die is afgesproken")
    WRONG_NUMBER = "wrong_number", _("Sorry, verkeerd verbonden")
    NOTHING = "nothing", _("Niets, hang op")


class AgeGroup(TextChoices):
    """What is known of somebody's age."""

    MINOR = "minor", _("Jonger dan 18")
    ADULT = "adult", _("18 of ouder")
    UNKNOWN = "unknown", _("Onbekend")


class ParentsKnow(TextChoices):
    """Whether the parents of somebody under 18 may know; nothing is told before that is decided."""

    UNDECIDED = "", _("Niet besloten")
    YES = "yes", _("Ja")
    NO = "no", _("Nee")


class YesNo(TextChoices):
    """A plain answer."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")


class Safe(TextChoices):
    """Whether paper is safe for somebody. Only a yes lets anything be printed."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet ik niet")


class Said(TextChoices):
    """What somebody answered when asked to agree."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    LATER = "later", _("Later")


class Standing(TextChoices):
    """How a consent stands."""

    NOT_DISCUSSED = "not_discussed", _("Nog niet besproken")
    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    LATER = "later", _("Denkt na")
    WITHDRAWN = "withdrawn", _("Teruggenomen")
    AS_ADULT = "as_adult", _("Als volwassene, nu niet geldig")
    AS_CHILD = "as_child", _("Door ouder of voogd, nu niet geldig")
    ENDED = "ended", _("Afgelopen")
    WAITS = "waits", _("Zonder ja: wacht op een collega")
    AGAINST = "against", _("Zonder ja, op een grond")


class HowAsked(TextChoices):
    """In which form somebody answered."""

    PAPER = "paper", _("Op papier")
    SCREEN = "screen", _("Op het scherm")
    SPOKEN = "spoken", _("Mondeling")


class GivenBy(TextChoices):
    """Who answered for somebody under 18. What a parent or guardian answered ends when the person is 18."""

    PERSON = "person", _("De persoon zelf")
    GUARDIAN = "guardian", _("Een ouder of voogd")


class AgeBand(TextChoices):
    """How old somebody was who signed."""

    ADULT = "adult", _("18 of ouder")
    SIXTEEN = "sixteen", _("16 of 17")
    YOUNGER = "younger", _("Jonger dan 16")


class Interpreter(TextChoices):
    """Who interpreted. The number is kept, never the name."""

    NONE = "none", _("Geen tolk nodig")
    PHONE = "sworn_phone", _("Beëdigde tolk, telefoon")
    PRESENT = "sworn_present", _("Beëdigde tolk, erbij")


class Witness(TextChoices):
    """Who was there too. The last ones may not be chosen."""

    NONE = "none", _("Geen getuige")
    COLLEAGUE = "second_worker", _("Een collega die niet zelf vraagt")
    INTERPRETER = "sworn_interpreter", _("De beëdigde tolk")
    LAWYER = "lawyer", _("De advocaat")
    GUARDIAN = "guardian", _("De voogd")
    TRUSTED = "trusted", _("Iemand die de persoon zelf koos, toen zij of hij alleen was")
    COMPANION = "companion", _("Iemand die meekwam")
    FROM_SITUATION = "from_situation", _("Partner, familie, baas, verhuurder of huisgenoot")
    OFFICIAL = "official", _("Politie, inspecteur of iemand van de gemeente")


MAY_NOT_WITNESS = (Witness.COMPANION, Witness.FROM_SITUATION, Witness.OFFICIAL)


class Removal(TextChoices):
    """What somebody answered who was asked to take away what was shared."""

    CONFIRMED = "confirmed", _("Weggehaald")
    UNANSWERED = "unanswered", _("Geen antwoord")


class AfterSaid(TextChoices):
    """What somebody heard who asked after the end of the help how it goes."""

    WELL = "well", _("Het gaat goed")
    TALK = "talk", _("Wil iemand spreken")
    UNSAFE = "unsafe", _("Is niet veilig")
    UNREACHED = "unreached", _("Niet bereikt")
    NO_MORE = "no_more", _("Wil geen nazorg meer")


class With(TextChoices):
    """With what kind of other somebody has an appointment. No name is kept of who that is."""

    US = "us", _("Met ons")
    DOCTOR = "doctor", _("Arts of andere zorg")
    LAWYER = "lawyer", _("Advocaat")
    POLICE = "police", _("Politie of officier")
    MUNICIPALITY = "municipality", _("Gemeente")
    OTHER = "other", _("Iemand anders")


class PlaceKind(TextChoices):
    """Where an appointment is, as a kind of place."""

    OURS = "ours", _("Bij ons")
    THEIRS = "theirs", _("Bij de ander")
    PHONE = "phone", _("Telefoon of beeld")
    ELSEWHERE = "elsewhere", _("Op een afgesproken plek")


class Before(TextChoices):
    """How long before an appointment somebody is reminded of it."""

    NOT = "", _("Niet")
    DAY = "day", _("De dag ervoor")
    HOURS = "hours", _("Twee uur ervoor")


class Told(TextChoices):
    """What the person knows of what is shared without a yes."""

    TOLD = "told", _("De persoon weet het al")
    LATER = "later", _("Ik vertel het op een latere dag")
    NOT = "not", _("Vertellen is niet veilig")


class Purpose(TextChoices):
    """For what something is shared by this program; anything else is agreed to in words."""

    SUPPORT = "support", _("Ondersteuning")
    TASK = "task", _("Taak van een gemeente")
    MEDIATION = "mediation", _("Bemiddeling naar een plek")
    MOVE = "move", _("Naar een andere zorgorganisatie")


class Tells(TextChoices):
    """What of a file can be told to whoever supports somebody. Nothing else can."""

    NAME = "call_name", _("Zo wil de persoon heten")
    CONTACT = "contact", _("Zo mag u contact zoeken")
    LANGUAGE = "language", _("Taal")
    AGE = "age_group", _("Jonger dan 18?")
    GUARDIAN = "guardian", _("Voogd")


class GoesAlong(TextChoices):
    """What of a file can go along to another care organisation. No answer does: it was given to this one."""

    NAME = "call_name", _("Zo wil de persoon heten")
    CONTACT = "contact", _("Zo mag u contact zoeken")
    LANGUAGE = "language", _("Taal")
    AGE = "age_group", _("Jonger dan 18?")
    BORN = "born", _("Dag van geboorte, of de geschatte leeftijd")
    GUARDIAN = "guardian", _("Voogd")
    WHOLE = "whole", _("Het volledige dossier, zonder documenten")


class ForMediation(TextChoices):
    """What can be told to whoever is asked to mediate. It is no registration: nothing tells who it is."""

    AGE = "age_group", _("Jonger dan 18?")
    HOUSEHOLD = "household", _("Voor wie")
    LANGUAGE = "language", _("Taal")
    REGION = "safety_region", _("Waar de persoon nu is, als regio")
    NEEDS = "needs", _("Wat de plek moet hebben")
    WHY = "why", _("Waarom hier niets past")
