"""A client comes from another care organisation: what went along becomes a request and a file here."""

from django.utils.translation import gettext as _

from sluitend.journeys.care.actions.handling import begin_with
from sluitend.journeys.care.content import BY_NUMBER, RequestContent
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.actions import Age, Carried, Person, Rule, Written
from sluitend.journeys.care_files.queries import file_state
from sluitend.journeys.care_moves.actions import Moved
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Anonymity, Channel, Minor
from sluitend.journeys.reports.queries import Kind, code_of_request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import in_dutch


@in_dutch()
def take_over_file(moved: Moved, actor: Actor) -> str:
    """Make a request and a care file of what went along with a client, and return the code of the file.

    Both are copies under the seal of the actor's organisation alone. It is a part of taking over.
    """
    minor = moved.person.get("age_group") == "minor"
    filed = reports.file_report(
        reports.Filing(
            organisation_id=actor.own_organisation,
            content=_as_request(moved, keeps_whole=file_state(actor.own_organisation) == "whole"),
            kind=Kind.CARE,
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.YES if minor else Minor.UNKNOWN,
            acute=False,
            channel=Channel.PARTNER,
        )
    )
    code = code_of_request(filed.report_id, actor)
    with reports.at_care(code, actor, CARE_WORK, line="care.take_in") as it:
        begin_with(it, told=False)
        carried = Carried(
            request_id=it.row.id,
            request_code=code,
            person=Person.from_json(moved.person),
            rules=_rules(moved),
            stop_until=moved.stop_until,
            whole=tuple(Written.from_json(each) for each in moved.whole),
            age=Age.from_json(moved.age) if moved.age else None,
        )
    return care_files.begin(carried, actor=actor)


def _as_request(moved: Moved, *, keeps_whole: bool) -> RequestContent:
    who = {"who": moved.organisation}
    said = [_("Overgenomen van %(who)s. Wat meeging staat in het zorgdossier.") % who]
    if moved.whole and not keeps_whole:
        said.append(
            _("Het volledige dossier is hier niet bewaard: u houdt een dun dossier bij. Bel %(who)s.") % who
        )
    asker = {
        "asker_name": moved.sender,
        "asker_organisation": moved.organisation,
        "asker_phone": moved.telephone,
        "call_name": moved.person.get("call_name", ""),
        "language": moved.person.get("language", ""),
    }
    return RequestContent(
        saw="\n".join(said),
        answers={name: [text] for name, text in asker.items() if text},
        moved_from=moved.organisation,
        phone=next((each.value for each in _rules(moved) if each.channel in BY_NUMBER and each.value), ""),
    )


def _rules(moved: Moved) -> tuple[Rule, ...]:
    return tuple(Rule.from_json(each) for each in moved.rules)
