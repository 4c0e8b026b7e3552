"""The only place where care files change. One function a verb; see the modules."""

from sluitend.journeys.care_files.actions.aftercare import note_aftercare, plan_aftercare
from sluitend.journeys.care_files.actions.beginning import Carried, begin
from sluitend.journeys.care_files.actions.closing import close, look_along
from sluitend.journeys.care_files.actions.consenting import (
    answer,
    note_removal,
    share,
    talk_with_lawyer,
    withdraw,
)
from sluitend.journeys.care_files.actions.growing import hear_of_minors, note_child_route
from sluitend.journeys.care_files.actions.switching import ask_back, go_back, note_taken, switch_on
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

__all__ = [
    "Agreed",
    "Carried",
    "Details",
    "Person",
    "Rule",
    "Share",
    "add_rule",
    "answer",
    "ask_back",
    "begin",
    "close",
    "end_rule",
    "go_back",
    "hear_of_minors",
    "look_along",
    "note_aftercare",
    "note_child_route",
    "note_contact",
    "note_removal",
    "note_taken",
    "plan_aftercare",
    "settle_day",
    "share",
    "stop_contact",
    "switch_on",
    "take_away_part",
    "talk_with_lawyer",
    "withdraw",
    "write_details",
    "write_part",
]
