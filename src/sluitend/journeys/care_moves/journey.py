"""That a client goes to another care organisation, as it stands on the desks of both."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import Counter, News, Permission, Seen, Side, StepKind, SubjectKind, Work
from sluitend.kernel.organisations.models import Role

CARE_MOVE = SubjectKind(
    "care_move", label=_("Overdracht in de zorg"), home="/werk/zorgoverdracht/{code}/", letter="W"
)
TAKEN_BY = "sluitend.journeys.care.actions.take_over_file"
"""Makes the file at whoever takes a client over: what that needs stands above this."""

# The day until which an answer is asked says when the first two are due.
AWAIT_MOVE = StepKind(
    "await_move",
    _("Wacht of een andere zorgorganisatie overneemt"),
    button=_("Bekijk"),
    kinds=(CARE_MOVE,),
    sentence=_("%(partner)s kiest nog of zij overneemt"),
    waits=True,
    term=None,
    work=Work.READ,
)
LOOK_AT_MOVE = StepKind(
    "look_at_move",
    _("Kies of u een cliënt overneemt"),
    button=_("Bekijk"),
    kinds=(CARE_MOVE,),
    sentence=_("%(partner)s vraagt u een cliënt over te nemen"),
    news=News.CAME,
    counted=Counter.EXCHANGED,
    term=None,
    work=Work.DECIDE,
)
MOVE_TAKEN = StepKind(
    "move_taken",
    _("Een andere zorgorganisatie nam de cliënt over"),
    button=_("Lees"),
    kinds=(CARE_MOVE,),
    sentence=_("%(partner)s nam de cliënt over"),
    news=News.ANSWER,
    term="go_on_with",
    work=Work.READ,
)
MOVE_BACK = StepKind(
    "move_back",
    _("De overdracht ging niet door. De cliënt blijft bij u"),
    button=_("Lees"),
    kinds=(CARE_MOVE,),
    sentence=_("De overdracht aan %(partner)s ging niet door. De cliënt blijft bij u"),
    news=News.ANSWER,
    term="go_on_with",
    work=Work.DECIDE,
)

PARTNER = frozenset({Role.PARTNER})
CARE_MOVE_PAGE = Permission("care_move.page", PARTNER, Side.NONE)
CARE_MOVE_SEND = Permission(
    "care_move.send", PARTNER, label=_("Overdracht van een cliënt gevraagd"), seen=Seen.SHARED
)
CARE_MOVE_FOLLOW = Permission("care_move.follow", PARTNER, label=_("Eigen overdracht van een cliënt gelezen"))
CARE_MOVE_RECALL = Permission(
    "care_move.recall", PARTNER, label=_("Overdracht van een cliënt teruggehaald of verlopen")
)
CARE_MOVE_LOOK = Permission(
    "care_move.look", PARTNER, Side.OTHER, label=_("Overdracht van een cliënt bekeken, nog dicht")
)
CARE_MOVE_TAKE = Permission(
    "care_move.take", PARTNER, Side.OTHER, label=_("Cliënt overgenomen of teruggegeven"), seen=Seen.LOOKED
)
