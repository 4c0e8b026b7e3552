"""Reading referrals: the only place where a page gets one from."""

from sluitend.journeys.referrals.queries.files import received_file, sent_file
from sluitend.journeys.referrals.queries.finding import by_code
from sluitend.journeys.referrals.queries.handing import (
    Asked,
    Handed,
    asked_of_care,
    ended_words,
    handed,
    requests_of,
)
from sluitend.journeys.referrals.queries.held import Held, by_value
from sluitend.journeys.referrals.queries.lists import received_list, sent_list
from sluitend.journeys.referrals.queries.monthly import (
    lists_due,
    noting,
    open_by_partner,
    partner_list,
    sender_of_list,
)
from sluitend.journeys.referrals.queries.names import Sent, received_names, sent_names
from sluitend.journeys.referrals.queries.opened import can_read, front, received, remains
from sluitend.journeys.referrals.queries.pickup import (
    PickupPage,
    pickup_file,
    pickup_page,
    pickup_worked,
)
from sluitend.journeys.referrals.queries.running import Running, running_of
from sluitend.journeys.referrals.queries.sender import sent
from sluitend.journeys.referrals.queries.shapes import (
    Content,
    Facts,
    Front,
    ListedRow,
    MessageView,
    NotingView,
    OpenWith,
    PartnerListView,
    PickupState,
    ReceivedView,
    Remains,
    Row,
    SentView,
    SharedFile,
    SharedPart,
)
from sluitend.journeys.referrals.queries.turns import last_turn
from sluitend.journeys.referrals.queries.waiting import AskedToWait, asked_to_wait, waits_unheard
from sluitend.journeys.referrals.waiting import asks_to_wait, check_until, latest_until, usual_until

__all__ = [
    "Asked",
    "AskedToWait",
    "Content",
    "Facts",
    "Front",
    "Handed",
    "Held",
    "ListedRow",
    "MessageView",
    "NotingView",
    "OpenWith",
    "PartnerListView",
    "PickupPage",
    "PickupState",
    "ReceivedView",
    "Remains",
    "Row",
    "Running",
    "Sent",
    "SentView",
    "SharedFile",
    "SharedPart",
    "asked_of_care",
    "asked_to_wait",
    "asks_to_wait",
    "by_code",
    "by_value",
    "can_read",
    "check_until",
    "ended_words",
    "front",
    "handed",
    "last_turn",
    "latest_until",
    "lists_due",
    "noting",
    "open_by_partner",
    "partner_list",
    "pickup_file",
    "pickup_page",
    "pickup_worked",
    "received",
    "received_file",
    "received_list",
    "received_names",
    "remains",
    "requests_of",
    "running_of",
    "sender_of_list",
    "sent",
    "sent_file",
    "sent_list",
    "sent_names",
    "usual_until",
    "waits_unheard",
]
