"""Addresses of referrals, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.referrals.views import composing, monthly, receiving_side, sending_side

app_name = "referrals"

COMPOSE = "casussen/<str:code>/doorzetten/"
SENT = "doorgezet/<str:code>/"
RECEIVED = "ontvangen/<str:code>/"

urlpatterns = [
    path(COMPOSE, composing.compose, name="compose_all"),
    path(COMPOSE + "voorbeeld/", composing.preview, name="preview_all"),
    path(COMPOSE + "<str:track>/", composing.compose, name="compose"),
    path(COMPOSE + "<str:track>/voorbeeld/", composing.preview, name="preview"),
    path("doorgezet/", sending_side.sent_list, name="sent_list"),
    path("doorgezet/maandlijst/", monthly.partner_lists, name="partner_lists"),
    path("doorgezet/maandlijst/<slug:partner>/", monthly.partner_list, name="partner_list"),
    path("doorgezet/maandlijst/<slug:partner>/lijst.pdf", monthly.make_list, name="make_list"),
    path(SENT, sending_side.sent, name="sent"),
    path(SENT + "blad.pdf", sending_side.sent_sheet, name="sent_sheet"),
    path(SENT + "bestanden/<uuid:file_id>/", sending_side.sent_file, name="sent_file"),
    path(SENT + "verstuurd/", sending_side.note_sent, name="note_sent"),
    path(SENT + "ophaallink/", sending_side.start_pickup, name="start_pickup"),
    path(SENT + "antwoord/", sending_side.note_answer, name="note_answer"),
    path(SENT + "herinner/", sending_side.remind, name="remind"),
    path(SENT + "vraag/", sending_side.answer_question, name="answer_question"),
    path(SENT + "terughalen/", sending_side.recall, name="recall"),
    path(SENT + "contact-verteld/", sending_side.reach_told, name="reach_told"),
    path(SENT + "laten-staan/", sending_side.let_stand, name="let_stand"),
    path(SENT + "geen-antwoord/", sending_side.close_unanswered, name="close_unanswered"),
    path(SENT + "niet-verder/", sending_side.stop_waiting, name="stop_waiting"),
    path(SENT + "gelezen/", sending_side.handle_answer, name="handle_answer"),
    path("ontvangen/", receiving_side.received_list, name="received_list"),
    path("ontvangen/klaar/", receiving_side.done_list, name="done_list"),
    path(RECEIVED, receiving_side.received, name="received"),
    path(RECEIVED + "blad.pdf", receiving_side.received_sheet, name="received_sheet"),
    path(RECEIVED + "bestanden/<uuid:file_id>/", receiving_side.received_file, name="received_file"),
    path(RECEIVED + "aannemen/", receiving_side.accept, name="accept"),
    path(RECEIVED + "contact-gelezen/", receiving_side.reach_read, name="reach_read"),
    path(RECEIVED + "opnemen/", receiving_side.take, name="take"),
    path(RECEIVED + "kenmerk/", receiving_side.reference, name="reference"),
    path(RECEIVED + "terugsturen/", receiving_side.give_back, name="give_back"),
    path(RECEIVED + "vraag/", receiving_side.ask, name="ask"),
    path(RECEIVED + "antwoord/", receiving_side.feed_back, name="feed_back"),
]
