"""What follows when something is taken back, in four sentences: stops, is recalled, is asked to go, stays."""

from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, INTERVENTION, REGISTRATION, Share
from sluitend.journeys.care_files.queries.went import Line
from sluitend.journeys.care_files.words import Purpose

REMOVAL_TERM = "answer_removal"
"""Term in the handbook within which somebody answers who is asked to take away what was shared."""
type Four = tuple[str, str, str, str]


def effects(what: str, receiver: str, *, closed: bool = False) -> Four:
    """Return what follows when one of the acts is taken back; the last is to be counted.

    Args:
        what: the act.
        receiver: who gets what is told by it, as the handbook calls them.
        closed: whether the file is closed.
    """
    nothing = _("Niets.")
    if what == HELP:
        stops = (
            _("U zoekt geen contact. Het dossier blijft dicht.")
            if closed
            else _("U schrijft niets meer op en zoekt geen contact. Sluit daarna het dossier.")
        )
        return (
            stops,
            _("Niets. Wat gedeeld is, neemt u bij elke organisatie apart terug."),
            nothing,
            _("Wat al is opgeschreven, blijft zo lang als de bewaartermijn zegt."),
        )
    if what == REGISTRATION:
        return (
            _("Er gaat niets meer naar %(who)s.") % {"who": receiver},
            nothing,
            _("U krijgt een stap: vraag %(who)s om de gegevens weg te halen, en noteer het antwoord.")
            % {"who": receiver},
            _("Cijfers die al gemaakt zijn, veranderen niet."),
        )
    if what == INTERVENTION:
        return (
            _("U vertelt niets meer."),
            nothing,
            _("U krijgt een stap: zeg de ontvanger dat de persoon het niet meer wil."),
            _("Wat al verteld is, kan niemand terughalen."),
        )
    return (
        _("Dit dossier gaat niet meer mee in een bestand om te tellen."),
        _("Niets. Er ging geen naam mee."),
        nothing,
        _("Cijfers die al gemaakt zijn, veranderen niet."),
    )


def effects_of(share: Share, line: Line | None) -> Four:
    """Return what follows when an agreement to share is taken back, by what went and how that stands."""
    if share.what == Purpose.MEDIATION:
        return _of_mediation(share)
    read = line is not None and line.accepted
    if share.ground and not share.sends and not share.gone:
        nothing = _("Niets. Niemand las het.")
        return _("U deelt niets met deze organisatie."), nothing, nothing, nothing
    removed = _("U krijgt een stap: vraag de organisatie om weg te halen wat niet meer nodig is.")
    if share.what and not read:
        removed = _("Niets. Niemand las het.")
    return (
        _("U deelt niets meer met deze organisatie."),
        _recalled(share, line),
        removed,
        _stays(share, read=read),
    )


def _of_mediation(share: Share) -> Four:
    if not share.gone:
        return (_("U vraagt niemand te bemiddelen."), _("Niets."), _("Niets. Niemand las het."), _("Niets."))
    return (
        _("De bemiddeling stopt. U zoekt hier zelf verder naar een plek."),
        _("Een aanbod dat er al is, blijft staan. De persoon kiest."),
        _("U krijgt een stap: vraag de organisatie om weg te halen wat niet meer nodig is."),
        _("Wat daar al gelezen is, kan niemand terughalen."),
    )


def _recalled(share: Share, line: Line | None) -> str:
    if line is None or not line.running:
        return _("Niets. Er staat daar niets meer open.") if share.what else _("Niets.")
    if share.what == Purpose.TASK:
        return _("De taak %(code)s. De gemeente leest: niet meer nodig. Zij hoort niet waarom.") % {
            "code": line.code
        }
    return _("%(code)s. De organisatie leest: ingetrokken, en opent niets meer. Zij hoort niet waarom.") % {
        "code": line.code
    }


def _stays(share: Share, *, read: bool) -> str:
    if share.what and not read:
        return _("Niets.")
    if share.what == Purpose.TASK:
        return _("Wat de gemeente al las of volgens de wet besloot, blijft daar.")
    return _("Wat daar al gelezen is, kan niemand terughalen.")
