"""Addresses of visits and holds, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.visits.views import asking, holding, planning, releasing

app_name = "visits"

OWN = "toezicht/<str:code>/"
WAITING = "vrijgeven/<str:code>/"
HOLD = "vrijgeven/wachtverzoeken/<str:code>/"
ASKED = "wachtverzoeken/<str:code>/"

urlpatterns = [
    path("toezicht/", planning.own_list, name="own_list"),
    path("toezicht/nieuw/", planning.plan, name="plan"),
    path(OWN, planning.own, name="own"),
    path(f"{OWN}gedaan/", planning.carry_out, name="carry_out"),
    path(f"{OWN}intrekken/", planning.withdraw, name="withdraw"),
    path(f"{OWN}gezien/", planning.hear, name="hear"),
    path("vrijgeven/", releasing.waiting, name="waiting"),
    path("vrijgeven/wachtverzoeken/", holding.holds, name="holds"),
    path("vrijgeven/wachtverzoeken/nieuw/", holding.note, name="note"),
    path(HOLD, holding.hold, name="hold"),
    path(f"{HOLD}gelezen/", holding.read, name="read"),
    path(f"{HOLD}overleg/", holding.consult_after, name="consult_after"),
    path(f"{HOLD}vraag/", holding.ask_after, name="ask_after"),
    path(f"{HOLD}opheffen/", holding.note_lift, name="note_lift"),
    path(WAITING, releasing.visit, name="visit"),
    path(f"{WAITING}vrij/", releasing.release, name="release"),
    path(f"{WAITING}terug/", releasing.take_back, name="take_back"),
    path(f"{WAITING}overleg/<str:hold>/", releasing.consult, name="consult"),
    path(f"{WAITING}vraag/<str:hold>/", releasing.ask_holder, name="ask_holder"),
    path("casussen/<str:code>/gepland/", releasing.at_case, name="at_case"),
    path("wachtverzoeken/", asking.asked, name="asked"),
    path("wachtverzoeken/nieuw/", asking.ask, name="ask"),
    path(ASKED, asking.asked_hold, name="asked_hold"),
    path(f"{ASKED}antwoord/<uuid:question_id>/", asking.answer, name="answer_holder"),
    path(f"{ASKED}opheffen/", asking.lift, name="lift"),
    path(f"{ASKED}opnieuw/", asking.anew, name="anew"),
    path("besluit/", holding.decisions, name="decisions"),
    path("besluit/<str:code>/", holding.overrule, name="overrule"),
]
