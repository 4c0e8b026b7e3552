"""Addresses of the drafts of the handbook, under /werk/. They hold names of lists and ids, both public."""

from django.urls import path

from sluitend.journeys.editing.views import asking, checking, drafts, entries, reading

app_name = "editing"

ENTRY = "handboek/regel/<slug:part>/<str:entry_id>/"

urlpatterns = [
    path("handboek/", drafts.overview, name="overview"),
    path("handboek/begin/", drafts.start, name="start"),
    path("handboek/terug/<int:number>/", drafts.go_back, name="go_back"),
    path("handboek/wijzigingen/", drafts.changes, name="changes"),
    path("handboek/klaar/", drafts.offer, name="offer"),
    path("handboek/verder/", drafts.take_back, name="take_back"),
    path("handboek/terugsturen/", drafts.send_back, name="send_back"),
    path("handboek/uitgeven/", drafts.publish, name="publish"),
    path("handboek/bijwerken/", drafts.catch_up, name="catch_up"),
    path("handboek/weg/", drafts.drop, name="drop"),
    path("handboek/aandacht/", drafts.attention, name="attention"),
    path("handboek/nagaan/", checking.unconfirmed, name="unconfirmed"),
    path("handboek/nagaan/verdelen/", checking.assign, name="assign"),
    path("handboek/nagaan/<slug:part>/<str:entry_id>/", asking.ask, name="ask"),
    path("handboek/lijst/<slug:part>/", entries.entry_list, name="list"),
    path("handboek/lijst/<slug:part>/nieuw/", entries.new, name="new"),
    path("handboek/lijst/<slug:part>/rekenblad/", entries.sheet, name="sheet"),
    path(ENTRY, entries.entry, name="entry"),
    path(f"{ENTRY}nakijken/", entries.check, name="check"),
    path(f"{ENTRY}bladzijde/", reading.page, name="page"),
    path(f"{ENTRY}eruit/", entries.take_out, name="take_out"),
    path(f"{ENTRY}gezien/", drafts.look, name="look"),
    path(f"{ENTRY}nagelezen/", entries.review, name="review"),
    path(f"{ENTRY}ongedaan/", entries.put_back, name="put_back"),
]
