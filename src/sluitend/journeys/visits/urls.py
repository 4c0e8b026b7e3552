"""Addresses of visits and wait requests, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.visits.views import asking, listing, planning, releasing, wait_requests

app_name = "visits"

OWN = "toezicht/<str:code>/"
WAITING = "vrijgeven/<str:code>/"
WAIT_REQUEST = "vrijgeven/wachtverzoeken/<str:code>/"
ASKED = "wachtverzoeken/<str:code>/"

urlpatterns = [
    path("toezicht/", planning.own_list, name="own_list"),
    path("toezicht/nieuw/", planning.plan, name="plan"),
    path("toezicht/lijst/", listing.plan_list, name="plan_list"),
    path(OWN, planning.own, name="own"),
    path(f"{OWN}gedaan/", planning.carry_out, name="carry_out"),
    path(f"{OWN}intrekken/", planning.withdraw, name="withdraw"),
    path(f"{OWN}gezien/", planning.hear, name="hear"),
    path("vrijgeven/", releasing.waiting, name="waiting"),
    path("vrijgeven/samen/", releasing.release_together, name="release_together"),
    path("vrijgeven/wachtverzoeken/", wait_requests.wait_requests, name="wait_requests"),
    path("vrijgeven/wachtverzoeken/nieuw/", wait_requests.note, name="note"),
    path(WAIT_REQUEST, wait_requests.wait_request, name="wait_request"),
    path(f"{WAIT_REQUEST}gelezen/", wait_requests.read, name="read"),
    path(f"{WAIT_REQUEST}overleg/", wait_requests.consult_after, name="consult_after"),
    path(f"{WAIT_REQUEST}vraag/", wait_requests.ask_after, name="ask_after"),
    path(f"{WAIT_REQUEST}opheffen/", wait_requests.note_lift, name="note_lift"),
    path(WAITING, releasing.visit, name="visit"),
    path(f"{WAITING}vrij/", releasing.release, name="release"),
    path(f"{WAITING}terug/", releasing.take_back, name="take_back"),
    path(f"{WAITING}overleg/<str:wait_request>/", releasing.consult, name="consult"),
    path(f"{WAITING}vraag/<str:wait_request>/", releasing.ask_asker, name="ask_asker"),
    path("casussen/<str:code>/gepland/", releasing.at_case, name="at_case"),
    path("wachtverzoeken/", asking.asked, name="asked"),
    path("wachtverzoeken/nieuw/", asking.ask, name="ask"),
    path(ASKED, asking.asked_wait_request, name="asked_wait_request"),
    path(f"{ASKED}antwoord/<uuid:question_id>/", asking.answer, name="answer_as_asker"),
    path(f"{ASKED}opheffen/", asking.lift, name="lift"),
    path(f"{ASKED}opnieuw/", asking.anew, name="anew"),
    path("besluit/", wait_requests.decisions, name="decisions"),
    path("besluit/<str:code>/", wait_requests.overrule, name="overrule"),
]
