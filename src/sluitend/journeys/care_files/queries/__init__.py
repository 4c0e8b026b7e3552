"""Reading care files; opened and logged. Other journeys enter here."""

from sluitend.journeys.care_files.contacting import (
    EVERY_DAY,
    WEEKDAYS,
    Answer,
    ContactRule,
    Effect,
    may_contact,
)
from sluitend.journeys.care_files.content import Contact, Rule
from sluitend.journeys.care_files.queries.against import AgainstPage, against_page
from sluitend.journeys.care_files.queries.agenda import agenda, feed, workers
from sluitend.journeys.care_files.queries.asking import AskPage, ask_page
from sluitend.journeys.care_files.queries.copying import (
    CopiesPage,
    CopyPage,
    copies_page,
    copy_page,
    printed_copy,
)
from sluitend.journeys.care_files.queries.documents import Papers, document_page, documents, take_document
from sluitend.journeys.care_files.queries.going_back import GoingBack, going_back, take_whole_files
from sluitend.journeys.care_files.queries.guidance import Guidance, child_routes
from sluitend.journeys.care_files.queries.mediating import MediationPage, mediation_page
from sluitend.journeys.care_files.queries.moved import Move
from sluitend.journeys.care_files.queries.moving import moves
from sluitend.journeys.care_files.queries.numbers import of_a_shelter
from sluitend.journeys.care_files.queries.offering import ShareOffer, share_offer, supporters, works_here
from sluitend.journeys.care_files.queries.parts import PartPage, part_page
from sluitend.journeys.care_files.queries.reading import (
    FileView,
    OfRequest,
    Way,
    appointment,
    care_file,
    may_count,
    of_request,
    opened,
    requests_of,
    ways,
)
from sluitend.journeys.care_files.queries.registering import (
    RegistrationPage,
    registration,
    registration_page,
)
from sluitend.journeys.care_files.queries.supporting import Support, support_of
from sluitend.journeys.care_files.queries.switching import ModePage, chooses_file, file_state, mode_page
from sluitend.journeys.care_files.queries.taking import take
from sluitend.journeys.care_files.queries.taking_back import BackChoice, BackPage, back_choice, back_page
from sluitend.journeys.care_files.queries.whole import options_of
from sluitend.journeys.care_files.saying import in_words, not_sought, why_not

__all__ = [
    "EVERY_DAY",
    "WEEKDAYS",
    "AgainstPage",
    "Answer",
    "AskPage",
    "BackChoice",
    "BackPage",
    "Contact",
    "ContactRule",
    "CopiesPage",
    "CopyPage",
    "Effect",
    "FileView",
    "GoingBack",
    "Guidance",
    "MediationPage",
    "ModePage",
    "Move",
    "OfRequest",
    "Papers",
    "PartPage",
    "RegistrationPage",
    "Rule",
    "ShareOffer",
    "Support",
    "Way",
    "against_page",
    "agenda",
    "appointment",
    "ask_page",
    "back_choice",
    "back_page",
    "care_file",
    "child_routes",
    "chooses_file",
    "copies_page",
    "copy_page",
    "document_page",
    "documents",
    "feed",
    "file_state",
    "going_back",
    "in_words",
    "may_contact",
    "may_count",
    "mediation_page",
    "mode_page",
    "moves",
    "not_sought",
    "of_a_shelter",
    "of_request",
    "opened",
    "options_of",
    "part_page",
    "printed_copy",
    "registration",
    "registration_page",
    "requests_of",
    "share_offer",
    "support_of",
    "supporters",
    "take",
    "take_document",
    "take_whole_files",
    "ways",
    "why_not",
    "workers",
    "works_here",
]
