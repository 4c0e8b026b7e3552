"""What reports add to the desk."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    FOCAL,
    HOURS,
    MINUTES,
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

REPORT = SubjectKind("report", label=_("Melding"), home="/werk/binnen/{code}/", letter="M")
CARE_REQUEST = SubjectKind("care_request", label=_("Hulpvraag"), home="/werk/zorg/{code}/", letter="Z")
MARK = SubjectKind("mark", label=_("Notitie"), home="/melden/afmaken/{code}/", own=True)

READ_REPORT = StepKind(
    "read_report",
    _("Lees de nieuwe melding en beslis"),
    button=_("Lees melding"),
    page="/werk/binnen/{code}/",
    news=News.ARRIVED,
    counted=Counter.INBOX,
    work=Work.READ,
)
UNREADABLE = StepKind(
    "unreadable",
    _("Deze melding is niet te lezen. Vraag uw beheerder wat er is"),
    button=_("Open melding"),
    page="/werk/binnen/{code}/",
    passes=True,
    term=None,
    work=Work.READ,
)
ANSWER_ADVICE = StepKind(
    "answer_advice",
    _("Beantwoord de adviesvraag"),
    button=_("Beantwoord"),
    page="/werk/binnen/{code}/",
    news=News.CAME,
    counted=Counter.INBOX,
    work=Work.WRITE,
)
FINISH_MARK = StepKind(
    "finish_mark",
    _("Maak uw notitie af"),
    button=_("Maak af"),
    page="/melden/afmaken/{code}/",
    private=True,
    work=Work.WRITE,
)
AWAIT_REPORTER = StepKind(
    "await_reporter",
    _("Wacht op antwoord van de melder"),
    button=_("Open melding"),
    page="/werk/binnen/{code}/",
    work=Work.READ,
)
READ_ANSWER = StepKind(
    "read_answer",
    _("Lees het bericht van de melder"),
    button=_("Lees bericht"),
    page="/werk/binnen/{code}/",
    news=News.CAME,
    counted=Counter.INBOX,
    work=Work.READ,
)
WEIGH = StepKind(
    "weigh", _("Weeg de casus"), button=_("Weeg"), page="/werk/casussen/{code}/weging/", kinds=("case",)
)
TELL_REPORTER = StepKind(
    "tell_reporter",
    _("Vertel de melder wat er is gedaan"),
    button=_("Schrijf bericht"),
    page="/werk/binnen/{code}/",
    work=Work.WRITE,
)

TAKE_REQUEST = StepKind(
    "take_request",
    _("Lees de hulpvraag en neem hem aan"),
    button=_("Lees hulpvraag"),
    page="/werk/zorg/{code}/",
    news=News.ARRIVED,
    counted=Counter.CARE,
    work=Work.CALL,
    on_call=True,
)
ANSWER_CONSULT = StepKind(
    "answer_consult",
    _("Geef advies zonder naam"),
    button=_("Beantwoord"),
    page="/werk/zorg/{code}/",
    news=News.CAME,
    counted=Counter.CARE,
    work=Work.WRITE,
    on_call=True,
)
READ_ASKER = StepKind(
    "read_asker",
    _("Lees het bericht van de aanvrager"),
    button=_("Lees bericht"),
    page="/werk/zorg/{code}/",
    news=News.CAME,
    counted=Counter.CARE,
    work=Work.READ,
)

AWAIT_CARE = StepKind(
    "await_care",
    _("Wacht tot de zorg dit overneemt. Tot dan is het van u"),
    button=_("Bekijk"),
    page="/werk/binnen/{code}/",
    waits=True,
    term="take_request",
    work=Work.READ,
)
BACK_FROM_CARE = StepKind(
    "back_from_care",
    _("De zorg gaf dit terug. Lees het en beslis"),
    button=_("Lees melding"),
    page="/werk/binnen/{code}/",
    news=News.CAME,
    counted=Counter.INBOX,
    term="read_report",
    work=Work.READ,
)
AWAIT_MUNICIPALITY = StepKind(
    "await_municipality",
    _("Wacht tot de gemeente dit overneemt. Tot dan is het van u"),
    button=_("Bekijk"),
    page="/werk/zorg/{code}/",
    waits=True,
    term="read_report",
    work=Work.READ,
)
BACK_FROM_MUNICIPALITY = StepKind(
    "back_from_municipality",
    _("De gemeente gaf dit terug. Lees het en beslis"),
    button=_("Lees hulpvraag"),
    page="/werk/zorg/{code}/",
    news=News.CAME,
    counted=Counter.CARE,
    term="take_request",
    work=Work.READ,
)

REPORT_FILE = Permission("report.file", SIGNED_IN, Side.NONE, public=True, label=_("Melding ontvangen"))
REPORT_MAILBOX = Permission(
    "report.mailbox", SIGNED_IN, Side.NONE, public=True, label=_("Bericht van de melder")
)
REPORT_REMEMBERED = Permission("report.remembered", SIGNED_IN, Side.NONE)
REPORT_LIST = Permission("report.list", FOCAL, label=_("Lijst van meldingen bekeken"), seen=Seen.LOOKED)
REPORT_READ = Permission("report.read", FOCAL, label=_("Melding geopend"), seen=Seen.LOOKED)
REPORT_IDENTITY = Permission(
    "report.identity", FOCAL, label=_("Naam van de melder getoond"), seen=Seen.LOOKED
)
REPORT_ENTER = Permission("report.enter", FOCAL, Side.NONE, label=_("Melding ingevoerd voor een collega"))
REPORT_SIGNAL = Permission(
    "report.signal",
    frozenset({Role.PARTNER}),
    Side.NONE,
    label=_("Signaal aan een gemeente gemeld"),
    seen=Seen.SHARED,
)
REPORT_INTAKE = Permission("report.intake", FOCAL, label=_("Besloten over een melding"))
REPORT_ANSWER = Permission("report.answer", FOCAL, label=_("Bericht aan de melder"))
REPORT_SECOND_EYES = Permission("report.second_eyes", FOCAL, label=_("Meegekeken als tweede paar ogen"))
ATTACHMENT_READ = Permission("attachment.read", FOCAL, label=_("Bijlage bekeken"), seen=Seen.LOOKED)
ATTACHMENT_ORIGINAL = Permission(
    "attachment.original", FOCAL, label=_("Origineel van een bijlage geopend"), seen=Seen.LOOKED
)

SWEEP = Clockwork(
    "reports.sweep_all",
    _("Nieuwe meldingen opnemen"),
    max(10 * MINUTES, 4 * timedelta(seconds=settings.SLUITEND_SWEEP_SECONDS)),
)
SWEEP_UNREADABLE = Clockwork(
    "reports.sweep_unreadable", _("Onleesbare meldingen opnieuw proberen"), 3 * HOURS
)
END_DAY = Clockwork("reports.end_day", _("De vorige dag van meldingen afsluiten"), 3 * HOURS)
TELL_AT_THE_HOUR = Clockwork("reports.tell", _("Mail over nieuwe meldingen versturen"), 3 * HOURS)

LINES = {
    "report.earlier": _("Eerder signaal getoond"),
    "report.add": _("Aanvulling op een melding ontvangen"),
    "report.take_in": _("Melding ingenomen"),
    "report.pass_on": _("Melding doorgegeven"),
    "report.close": _("Melding gesloten"),
    "report.destroy": _("Melding vernietigd"),
    "report.correct": _("Melding verbeterd"),
    "report.move_kind": _("Melding van soort veranderd"),
    "report.to_care": _("Melding naar de zorg gestuurd"),
    "report.take_over": _("Melding van de zorg overgenomen"),
    "report.back_to_care": _("Melding teruggegeven aan de zorg"),
    "report.recall_from_care": _("Melding teruggehaald van de zorg"),
    "report.answer_advice": _("Advies gegeven"),
    "report.ask": _("Vraag aan de melder"),
    "report.read_answer": _("Antwoord van de melder gelezen"),
    "report.stop_asking": _("Niet langer op de melder gewacht"),
    "report.tell": _("De melder verteld wat er is gedaan"),
    "mark.make": _("Notitie gemaakt"),
    "mark.finish": _("Notitie afgemaakt"),
}
