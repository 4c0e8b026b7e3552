"""What the care file adds to the desk of the organisation that gives care."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    MINUTES,
    Clockwork,
    Permission,
    Seen,
    Side,
    StepKind,
    SubjectKind,
    Work,
)
from sluitend.kernel.organisations.models import Role

CARE_FILE = SubjectKind("care_file", label=_("Zorgdossier"), home="/werk/zorg/dossier/{code}/", letter="F")
CARERS = frozenset({Role.PARTNER})
ACTIVITY = "zorg"
"""In the register of processing activities."""

ASK_RULE = StepKind(
    "ask_rule",
    _("Vraag hoe u veilig contact zoekt"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="contact_person",
    work=Work.CALL,
)
DISCUSS_HELP = StepKind(
    "discuss_help",
    _("Vraag of u mag helpen en een dossier mag maken"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="go_on_with",
    work=Work.CALL,
)
END_HELP = StepKind(
    "end_help",
    _("De persoon wil geen hulp meer. Sluit het dossier"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="go_on_with",
    work=Work.DECIDE,
)
FOLLOW_FILE = StepKind(
    "follow_file",
    _("Kijk hoe het met de persoon gaat"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="go_on_with",
    work=Work.DECIDE,
)
ASK_LAWYER = StepKind(
    "ask_lawyer",
    _("Bespreek met een advocaat wat de persoon kan vertellen"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term="go_on_with",
    work=Work.CALL,
)
DO_ON_DAY = StepKind(
    "do_on_day",
    _("Doe wat voor deze dag in het dossier staat"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.DECIDE,
)
LAWYER_AHEAD = StepKind(
    "lawyer_ahead",
    _("Praat met een advocaat voordat een termijn afloopt"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
ASK_REMOVAL = StepKind(
    "ask_removal",
    _("Vraag om weg te halen wat is gedeeld"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="contact_person",
    work=Work.WRITE,
)
LOOK_PUT_BACK = StepKind(
    "look_put_back",
    _("Teruggezet uit een back-up: de persoon had dit teruggenomen. Kijk wat nog doorging"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term="contact_person",
    work=Work.CALL,
)
LOOK_AGAINST = StepKind(
    "look_against",
    _("Een collega kijkt mee: delen zonder ja van de persoon"),
    button=_("Kijk mee"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.DECIDE,
)
TELL_PERSON = StepKind(
    "tell_person",
    _("Vertel de persoon wat u deelde"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
CHILD_ROUTE = StepKind(
    "child_route",
    _("Jonger dan 18: bel vandaag wie er voor een kind is"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term=None,
    work=Work.CALL,
)
MOVING_ON = StepKind(
    "moving_on",
    _("Overdracht aan een andere zorgorganisatie: wacht, of rond af wat open is"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    waits=True,
    term=None,
    work=Work.READ,
)
ROUND_OFF = StepKind(
    "round_off",
    _("De cliënt is overgenomen. Rond af wat hier nog open is"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="go_on_with",
    work=Work.DECIDE,
)
MOVE_SUPPORT = StepKind(
    "move_support",
    _("De ondersteuning stopt: vraag wie verder mag helpen"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
TURNS_ADULT = StepKind(
    "turns_adult",
    _("Wordt 18: vraag opnieuw"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
ASK_AGE = StepKind(
    "ask_age",
    _("Vraag hoe oud de persoon is"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
SECOND_LOOK = StepKind(
    "look_at_end",
    _("Een collega kijkt mee of dit dossier dicht kan"),
    button=_("Kijk mee"),
    kinds=(CARE_FILE,),
    term="contact_person",
    work=Work.DECIDE,
)
ASK_AFTERCARE = StepKind(
    "ask_aftercare",
    _("Nazorg: vraag hoe het gaat"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term=None,
    work=Work.CALL,
)
NOTE_APPOINTMENT = StepKind(
    "note_appointment",
    _("Noteer of de afspraak doorging"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    term="contact_person",
    work=Work.WRITE,
)
REMIND_PERSON = StepKind(
    "remind_person",
    _("Herinner de persoon aan een afspraak"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.CALL,
)
REMIND_OTHERWISE = StepKind(
    "remind_otherwise",
    _("Een herinnering mag nu niet. Zoek een veilige manier"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.DECIDE,
)

GIVE_APPOINTMENT = StepKind(
    "give_appointment",
    _("Kies wie een afspraak overneemt van een collega die weg is"),
    button=_("Open dossier"),
    kinds=(CARE_FILE,),
    apart=True,
    beside=True,
    term=None,
    work=Work.DECIDE,
)

CARE_FILE_READ = Permission("care_file.read", CARERS, label=_("Zorgdossier geopend"), seen=Seen.LOOKED)
CARE_FILE_BEGIN = Permission("care_file.begin", CARERS, label=_("Zorgdossier begonnen"))
CARE_FILE_WRITE = Permission("care_file.write", CARERS, label=_("Zorgdossier bijgewerkt"))
CARE_FILE_CONTACT = Permission("care_file.contact", CARERS, label=_("Regels voor contact bijgewerkt"))
CARE_FILE_TRIED = Permission("care_file.tried", CARERS, label=_("Contact genoteerd in zorgdossier"))
CARE_FILE_ANSWER = Permission("care_file.answer", CARERS, label=_("Antwoord op toestemming genoteerd"))
CARE_FILE_WITHDRAW = Permission("care_file.withdraw", CARERS, label=_("Toestemming teruggenomen"))
CARE_FILE_SHARE = Permission(
    "care_file.share", CARERS, label=_("Uit het zorgdossier gedeeld met akkoord"), seen=Seen.SHARED
)
CARE_FILE_AGAINST = Permission(
    "care_file.against", CARERS, label=_("Delen zonder ja besloten of bekeken"), seen=Seen.SHARED
)
CARE_FILE_EXPORT = Permission(
    "care_file.export", CARERS, label=_("Bestand gemaakt van zorgdossier"), seen=Seen.LOOKED
)
CARE_FILE_COPY = Permission(
    "care_file.copy", CARERS, label=_("Afschrift voor de persoon gemaakt"), seen=Seen.LOOKED
)
CARE_FILE_CLOSE = Permission("care_file.close", CARERS, label=_("Zorgdossier gesloten"))
CARE_FILE_LOOK = Permission("care_file.look", CARERS, label=_("Meegekeken met sluiten van zorgdossier"))
CARE_FILE_AFTER = Permission("care_file.after", CARERS, label=_("Nazorg genoteerd in zorgdossier"))
CARE_FILE_CHILD = Permission("care_file.child", CARERS, label=_("Gebeld over een kind in zorgdossier"))
CARE_FILE_MODE = Permission(
    "care_file.mode",
    frozenset({Role.ADMINISTRATOR}),
    Side.NONE,
    label=_("Soort zorgdossier gekozen: dun of volledig"),
)
CARE_FILE_THIN = Permission("care_file.thin", CARERS, label=_("Terug naar het dunne zorgdossier"))
CARE_FILE_MEET = Permission("care_file.meet", CARERS, label=_("Afspraak genoteerd in zorgdossier"))
AGENDA = Permission("care_agenda.list", CARERS)
AGENDA_FEED = Permission(
    "care_agenda.feed", CARERS, Side.NONE, label=_("Adres van eigen agenda gemaakt of gestopt")
)

ENDS_AGAIN = "sluitend.journeys.care_files.actions.putting_back.withdraw_again"
BY_CLOCK = Clockwork("care_files.by_clock", _("Zorgdossiers bijhouden"), MINUTES * 40)
