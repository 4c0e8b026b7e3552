"""The words of a copy that the person reads, each in every language in which a copy can be made."""

from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.care_files.words import AgeGroup, Channel, Days, May, PlaceKind, With

LANGUAGES = (
    *("nl", "en", "ar", "bg", "el", "es", "fa", "fr", "hu"),
    *("id", "pl", "pt", "ro", "ru", "ti", "tl", "tr", "uk", "vi", "zh"),
)
"""In which every word below exists. A language of the handbook that is not here is not offered."""

DATES = {
    "es": r"j \d\e F \d\e Y",
    "hu": "Y. F j.",
    "pt": r"j \d\e F \d\e Y",
    "zh": "Y年n月j日",
    "ti": "Y-m-d",
    "tl": "Y-m-d",
}
"""How a day is written where that is not as in Dutch. Of the last two nobody gave us the months."""
SMALL = frozenset({"bg", "fr", "pt", "ro", "vi"})
"""In which a month has no capital within a sentence, other than alone."""


class CopyWord(TextChoices):
    """What stands on a copy beside what somebody typed."""

    TITLE = "title", _("Afschrift")
    ON = "on", _("Dit staat er op %(day)s.")
    MAY = "may", _("U mag vragen om alles te lezen. U mag vragen om iets te veranderen of weg te halen.")
    TYPED = "typed", _("Wat iemand typte, staat in de taal waarin het is getypt.")
    UNREAD = "unread", _("Deze vertaling is nog niet nagelezen door een mens.")
    PERSON = "person", _("Wie u bent")
    CALL_NAME = "call_name", _("Zo wilt u heten")
    AGE = "age_group", _("Leeftijd")
    LANGUAGE = "language", _("Taal")
    AREA = "subregion", _("Gebied")
    GUARDIAN = "guardian", _("Voogd")
    NUMBER = "own_number", _("Nummer bij ons")
    CONTACT = "contact", _("Zo nemen wij contact op")
    NO_RULE = "no_rule", _("Er is nog niets afgesproken.")
    VOICEMAIL = "voicemail", _("Een bericht inspreken mag.")
    NO_VOICEMAIL = "no_voicemail", _("Wij laten geen bericht achter.")
    STOP = "stop", _("Geen contact tot %(day)s.")
    CHECK = "check", _("Wij vragen dit opnieuw op %(day)s.")
    ANSWERS = "answers", _("Wat u hebt geantwoord")
    ANSWERED_ON = "answered_on", _("Uw antwoord is van %(day)s.")
    BACK_ON = "back_on", _("U nam dit terug op %(day)s.")
    IN_DUTCH = (
        "in_dutch",
        _("Deze tekst is er nog niet in uw taal. U leest de Nederlandse tekst. Vraag om een tolk."),
    )
    SHARES = "shares", _("Met wie wij iets delen")
    NO_SHARES = "no_shares", _("Er is niets afgesproken om te delen.")
    WHAT = "what", _("Wat: %(what)s.")
    WHY = "why", _("Waarvoor: %(what)s.")
    NOT_TO = "not_to", _("Wie dit niet mag weten: %(what)s.")
    UNTIL = "until", _("Tot en met %(day)s.")
    MEETINGS = "meetings", _("Afspraken")
    NO_MEETINGS = "no_meetings", _("Er staan geen afspraken.")
    INTERPRETER = "interpreter", _("Met een tolk.")
    PAPERS = "papers", _("Documenten bij ons")
    CAME = "came", _("Wij kregen dit op %(day)s.")
    KEPT = "kept", _("Hoe lang wij dit bewaren")
    KEPT_UNTIL = "kept_until", _("Tot %(day)s. Daarna verwijderen wij het.")
    KEPT_MONTHS = "kept_months", _("Zolang wij u helpen. Aantal maanden daarna: %(number)s.")
    KEPT_DAYS = "kept_days", _("Zolang wij u helpen. Aantal dagen daarna: %(number)s.")
    LOOKED = "looked", _("Wie uw dossier zagen")
    NO_NAMES = "no_names", _("Hier staan functies, geen namen.")
    WORKER = "worker", _("Medewerkers van de organisatie die u helpt")
    STAND_IN = "stand_in", _("Vervangers van een andere organisatie")
    PEOPLE = "people", _("Aantal mensen: %(number)s.")
    READ = "read", _("Gelezen, aantal keren: %(number)s. Laatste keer: %(day)s.")
    FILED = "filed", _("Bestand gemaakt, aantal keren: %(number)s. Laatste keer: %(day)s.")
    COPIED = "copied", _("Afschrift gemaakt, aantal keren: %(number)s. Laatste keer: %(day)s.")
    OURS = "ours", _("onze organisatie")


class Means(TextChoices):
    """What an answer means, by how it stands."""

    NOT_DISCUSSED = "not_discussed", _("Dit is nog niet gevraagd.")
    YES = "yes", _("U zei ja. Dit mag.")
    NO = "no", _("U zei nee. Wij doen dit niet.")
    LATER = "later", _("U denkt erover na. Wij doen dit nu niet.")
    WITHDRAWN = "withdrawn", _("U nam dit terug. Wij doen dit niet meer.")
    AS_ADULT = "as_adult", _("Dit geldt nu niet, want u bent jonger dan 18.")
    ENDED = "ended", _("Dit is afgelopen. Wij doen dit niet meer.")


class SaysTo(TextChoices):
    """What we say when somebody else answers."""

    FIRST_NAME = "only_own_first_name", _("Neemt iemand anders op? Wij zeggen alleen onze voornaam.")
    AGREED = "name_agreed_with_person", _("Neemt iemand anders op? Wij zeggen de naam die is afgesproken.")
    WRONG_NUMBER = "wrong_number", _("Neemt iemand anders op? Wij zeggen: sorry, verkeerd verbonden.")
    NOTHING = "nothing", _("Neemt iemand anders op? Wij zeggen niets en hangen op.")


CHOICES = (CopyWord, Means, SaysTo, AgeGroup, Channel, Days, May, PlaceKind, With)
"""All that a copy can say."""


def spoken(day: date) -> str:
    """Return a day as it is written in the language that is set."""
    language = get_language() or ""
    said = date_format(day, DATES.get(language, "j E Y"))
    return said.lower() if language in SMALL else said
