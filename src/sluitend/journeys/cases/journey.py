"""What cases add to the desk, and what they must know of the journeys that stand on them."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    FOCAL,
    MINUTES,
    Clockwork,
    News,
    Permission,
    Seen,
    Side,
    StepKind,
    SubjectKind,
    Work,
)

CASE = SubjectKind("case", label=_("Casus"), home="/werk/casussen/{code}/", letter="C")
TRACK = SubjectKind("track", label=_("Spoor"), home="/werk/casussen/{code}/")

LOOK_AGAIN = StepKind(
    "look_again",
    _("Kijk opnieuw naar deze casus"),
    button=_("Kijk opnieuw"),
    page="/werk/casussen/{code}/weging/",
    kinds=(CASE,),
    term="review_hold",
)
CHOOSE_ROUTE = StepKind(
    "choose_route",
    _("Kies wat er gebeurt"),
    button=_("Open het plan"),
    page="/werk/casussen/{code}/plan/",
    kinds=(CASE, TRACK),
)
REFER = StepKind(
    "refer",
    _("Zet door naar de partner"),
    button=_("Zet door"),
    page="/werk/casussen/{code}/doorzetten/",
    kinds=(TRACK, "referral"),
    sentence=_("Zet door naar %(partner)s"),
    work=Work.WRITE,
)
WORK_TRACK = StepKind(
    "work_track",
    _("Werk dit spoor bij"),
    button=_("Open casus"),
    page="/werk/casussen/{code}/",
    kinds=(TRACK,),
    work=Work.WRITE,
)
PARTNER_ANSWERED = StepKind(
    "partner_answered",
    _("Lees het antwoord van de partner"),
    button=_("Lees antwoord"),
    page="/werk/doorgezet/{code}/",
    kinds=("referral",),
    sentence=_("Lees het antwoord van %(partner)s"),
    news=News.ANSWER,
    term="work_track",
    work=Work.READ,
)
NIGHT_WITHOUT_PLACE = StepKind(
    "night_without_place",
    _("Regel een plek voor vannacht"),
    button=_("Lees antwoord"),
    page="/werk/doorgezet/{code}/",
    kinds=("referral",),
    sentence=_("%(partner)s heeft vandaag geen plek. Regel een plek voor vannacht"),
    news=News.ANSWER,
    work=Work.CALL,
)
PARTNER_ASKS = StepKind(
    "partner_asks",
    _("Beantwoord de vraag van de partner"),
    button=_("Beantwoord"),
    page="/werk/doorgezet/{code}/",
    kinds=("referral",),
    sentence=_("Beantwoord de vraag van %(partner)s"),
    news=News.ANSWER,
    beside=True,
    term="answer_partner",
    work=Work.WRITE,
)
RECALL_OR_LEAVE = StepKind(
    "recall_or_leave",
    _("Haal de doorzetting terug, of laat haar staan"),
    button=_("Beslis"),
    page="/werk/doorgezet/{code}/",
    kinds=("referral",),
    sentence=_("%(partner)s heeft dit nog. Haal het terug, of laat het staan"),
    apart=True,
    beside=True,
    term=None,
)
PARTNER_RETURNED = StepKind(
    "partner_returned",
    _("De partner gaf de doorzetting terug. Kies opnieuw"),
    button=_("Kies opnieuw"),
    page="/werk/doorgezet/{code}/",
    kinds=(TRACK, "referral"),
    sentence=_("%(partner)s gaf de doorzetting terug. Kies opnieuw"),
    news=News.ANSWER,
    term="after_return",
)
FOLLOW_CASE = StepKind(
    "follow_case",
    _("Kijk hoe het met deze casus gaat"),
    button=_("Open casus"),
    page="/werk/casussen/{code}/",
    kinds=(CASE,),
    term="close_case",
)
WORK_PLAN = StepKind(
    "work_plan",
    _("Ga verder met het plan"),
    button=_("Open het plan"),
    page="/werk/casussen/{code}/plan/",
    kinds=(CASE,),
    term="refer",
)
HAND_OVER = StepKind(
    "hand_over",
    _("Draag over aan de andere gemeente"),
    button=_("Draag over"),
    page="/werk/casussen/{code}/overdragen/",
    kinds=(TRACK,),
    work=Work.WRITE,
)
TRANSFER_TAKEN = StepKind(
    "transfer_taken",
    _("Vertel de melder en sluit de overgedragen casus"),
    button=_("Sluit af"),
    kinds=("transfer",),
    sentence=_("%(partner)s nam de casus over. Vertel de melder en sluit af"),
    news=News.ANSWER,
    work=Work.WRITE,
)

CASE_LIST = Permission("case.list", FOCAL, label=_("Lijst van casussen bekeken"), seen=Seen.LOOKED)
CASE_READ = Permission("case.read", FOCAL, label=_("Casus geopend"), seen=Seen.LOOKED)
CASE_WORK = Permission("case.work", FOCAL, label=_("Casus bijgewerkt"))
CASE_WEIGH = Permission("case.weigh", FOCAL, label=_("Casus gewogen"))
CASE_ENRICH = Permission("case.enrich", FOCAL, label=_("Bron gevraagd"))
CASE_RESIDENTS = Permission("case.residents", FOCAL, label=_("Vraag over de bewoners beantwoord"))
CASE_PLAN = Permission("case.plan", FOCAL, label=_("Plan van de casus bijgewerkt"))
CASE_CLOSE = Permission("case.close", FOCAL, label=_("Casus gesloten"))
CASE_AGAINST_WISH = Permission("case.against_wish", FOCAL, label=_("Gehandeld tegen de wens"))
REFERRAL_LIST = Permission(
    "referral.list", FOCAL, label=_("Lijst van doorzettingen bekeken"), seen=Seen.LOOKED
)
REFERRAL_SEND = Permission("referral.send", FOCAL, label=_("Doorgezet"), seen=Seen.SHARED)
TRANSFER_SEND = Permission("transfer.send", FOCAL, label=_("Overdracht verstuurd"))
TRANSFER_FOLLOW = Permission("transfer.follow", FOCAL, label=_("Overdracht gevolgd"))
TRANSFER_DECIDE = Permission("transfer.decide", FOCAL, Side.OTHER, label=_("Besloten over een overdracht"))

HEAR = Clockwork("cases.hear", _("Casussen vertellen wat een melder aankruiste"), 10 * MINUTES)

LINES = {
    "case.earlier": _("Eerder signaal getoond"),
    # What a release of before the plan wrote.
    "case.route": _("Route gekozen"),
}
