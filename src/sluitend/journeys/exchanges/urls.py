"""Addresses of exchanges, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.exchanges.views import directory, requests, transfers

app_name = "exchanges"

TRANSFER = transfers.PAGE.address

urlpatterns = [
    path("uitwisselen/", transfers.exchange_list, name="list"),
    path("casussen/<str:code>/overdragen/", transfers.compose, name="hand_over"),
    *transfers.PAGE.urls(),
    path(TRANSFER + "blad.pdf", transfers.sheet, name="transfer_sheet"),
    path(TRANSFER + "bestanden/<uuid:file_id>/", transfers.file, name="transfer_file"),
    path("gids/", directory.directory, name="directory"),
    path("gids/klopt/", directory.confirm, name="confirm_entry"),
    path("gids/nagekeken/", directory.check, name="check_silent"),
    path("gids/nummer/", directory.number, name="own_number"),
    path("vragen/", requests.question_list, name="questions"),
    path("verzoek/nieuw/", requests.ask, name="ask"),
    path("casussen/<str:code>/opvragen/", requests.inquire, name="inquire"),
    path("verzoeken/<str:code>/verder/", requests.further, name="further_request"),
    *requests.PAGE.urls(),
]
