"""Making the tokens by which a wait request is found, and what it binds wait again."""

from django.utils import timezone

from sluitend.journeys.visits import places
from sluitend.journeys.visits.actions.hearing import let_plans_follow
from sluitend.journeys.visits.actions.waiting import fall_back
from sluitend.journeys.visits.models import Visit, WaitRequest, WaitRequestToken
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.verbs import changing, note
from sluitend.kernel.sealing.envelopes import OpenEnvelope


def index(row: WaitRequest, envelope: OpenEnvelope, actor: Actor) -> None:
    """Make the tokens of one saved wait request, and let what is released there wait again.

    Raises:
        SealBroken: it does not open, on a page that only shows too: by the words that stand there instead it
            would be about no place, and hold nothing.
    """
    place = places.Place.from_json(envelope.read_genuine(row, "content"))
    WaitRequestToken.objects.bulk_create(
        WaitRequestToken(organisation_id=row.organisation_id, wait_request=row, kind=kind, token=token)
        for kind, token in places.tokens(row.organisation_id, place)
    )
    with changing(row):
        row.indexed = timezone.now()
    if row.state in WaitRequest.BINDING:
        for visit in bound.bound_visits(row, Visit.State.RELEASED):
            if bound.forbids(row, visit):
                with changing(visit):
                    fall_back(visit, actor)
    note(row, actor, "wait_request.index")
    if row.state in WaitRequest.BINDING:
        let_plans_follow(row)
