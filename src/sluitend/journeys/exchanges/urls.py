"""Addresses of exchanges, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.exchanges.views import directory, requests, transfers

app_name = "exchanges"

TRANSFER = "overdrachten/<str:code>/"
REQUEST = "verzoeken/<str:code>/"

urlpatterns = [
    path("uitwisselen/", transfers.exchange_list, name="list"),
    path("casussen/<str:code>/overdragen/", transfers.compose, name="hand_over"),
    path(TRANSFER, transfers.transfer, name="transfer"),
    path(TRANSFER + "blad.pdf", transfers.sheet, name="transfer_sheet"),
    path(TRANSFER + "bestanden/<uuid:file_id>/", transfers.file, name="transfer_file"),
    path(TRANSFER + "aannemen/", transfers.accept, name="accept_transfer"),
    path(TRANSFER + "teruggeven/", transfers.give_back, name="return_transfer"),
    path(TRANSFER + "herinner/", transfers.remind, name="remind_transfer"),
    path(TRANSFER + "terughalen/", transfers.recall, name="recall_transfer"),
    path(TRANSFER + "sluiten/", transfers.finish, name="finish_transfer"),
    path(TRANSFER + "verder/", transfers.handle, name="handle_transfer"),
    path(TRANSFER + "aangenomen/", transfers.note_accepted, name="note_transfer_accepted"),
    path(TRANSFER + "niet-overgenomen/", transfers.note_returned, name="note_transfer_returned"),
    path(TRANSFER + "bericht/", transfers.write, name="write_transfer"),
    path(TRANSFER + "gelezen/", transfers.read, name="read_transfer"),
    path("gids/", directory.directory, name="directory"),
    path("gids/klopt/", directory.confirm, name="confirm_entry"),
    path("gids/nummer/", directory.number, name="own_number"),
    path("vragen/", requests.question_list, name="questions"),
    path("verzoek/nieuw/", requests.ask, name="ask"),
    path(REQUEST, requests.request_page, name="request"),
    path(REQUEST + "aannemen/", requests.accept, name="accept_request"),
    path(REQUEST + "antwoord/", requests.answer, name="answer_request"),
    path(REQUEST + "teruggeven/", requests.give_back, name="return_request"),
    path(REQUEST + "opnemen/", requests.take_in, name="take_in_request"),
    path(REQUEST + "verder/", requests.further, name="further_request"),
    path(REQUEST + "herinner/", requests.remind, name="remind_request"),
    path(REQUEST + "terughalen/", requests.recall, name="recall_request"),
    path(REQUEST + "gelezen/", requests.handle, name="handle_request"),
]
