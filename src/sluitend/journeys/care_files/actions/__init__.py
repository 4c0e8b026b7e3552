"""The only place where care files change. One function a verb; see the modules."""

from sluitend.journeys.care_files.actions.aftercare import note_aftercare, plan_aftercare
from sluitend.journeys.care_files.actions.against import (
    look_against,
    note_told,
    note_went,
    share_against,
)
from sluitend.journeys.care_files.actions.appointments import (
    Planned,
    appointments_by_clock,
    end_appointment,
    give_appointment,
    make_appointment,
    move_appointment,
    reminded,
)
from sluitend.journeys.care_files.actions.beginning import Carried, begin
from sluitend.journeys.care_files.actions.closing import close, look_along
from sluitend.journeys.care_files.actions.consenting import (
    answer,
    note_removal,
    share,
    talk_with_lawyer,
    talked_with_lawyer,
    withdraw,
)
from sluitend.journeys.care_files.actions.copying import give_copy, print_copy
from sluitend.journeys.care_files.actions.documents import keep_document, take_away_document
from sluitend.journeys.care_files.actions.feeding import make_feed, stop_feed
from sluitend.journeys.care_files.actions.growing import hear_of_minors, note_child_route
from sluitend.journeys.care_files.actions.handing_on import end_moved
from sluitend.journeys.care_files.actions.losing import end_support, stay_here
from sluitend.journeys.care_files.actions.mediating import mediate
from sluitend.journeys.care_files.actions.putting_back import saw_put_back
from sluitend.journeys.care_files.actions.sending import send
from sluitend.journeys.care_files.actions.switching import ask_back, go_back, note_taken, switch_on
from sluitend.journeys.care_files.actions.turning_18 import talk_of_18, turn_adults, write_age
from sluitend.journeys.care_files.actions.whole import settle_day, take_away_part, write_part
from sluitend.journeys.care_files.actions.writing import (
    Details,
    add_rule,
    end_rule,
    note_contact,
    stop_contact,
    write_details,
)
from sluitend.journeys.care_files.content import Agreed, Person, Rule, Share
from sluitend.journeys.care_files.course import Age, Meeting
from sluitend.journeys.care_files.whole import Written

__all__ = [
    "Age",
    "Agreed",
    "Carried",
    "Details",
    "Meeting",
    "Person",
    "Planned",
    "Rule",
    "Share",
    "Written",
    "add_rule",
    "answer",
    "appointments_by_clock",
    "ask_back",
    "begin",
    "close",
    "end_appointment",
    "end_moved",
    "end_rule",
    "end_support",
    "give_appointment",
    "give_copy",
    "go_back",
    "hear_of_minors",
    "keep_document",
    "look_against",
    "look_along",
    "make_appointment",
    "make_feed",
    "mediate",
    "move_appointment",
    "note_aftercare",
    "note_child_route",
    "note_contact",
    "note_removal",
    "note_taken",
    "note_told",
    "note_went",
    "plan_aftercare",
    "print_copy",
    "reminded",
    "saw_put_back",
    "send",
    "settle_day",
    "share",
    "share_against",
    "stay_here",
    "stop_contact",
    "stop_feed",
    "switch_on",
    "take_away_document",
    "take_away_part",
    "talk_of_18",
    "talk_with_lawyer",
    "talked_with_lawyer",
    "turn_adults",
    "withdraw",
    "write_age",
    "write_details",
    "write_part",
]
