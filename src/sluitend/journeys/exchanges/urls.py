"""Addresses of exchanges, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.exchanges.views import transfers

app_name = "exchanges"

TRANSFER = "overdrachten/<str:code>/"

urlpatterns = [
    path("uitwisselen/", transfers.exchange_list, name="list"),
    path("casussen/<str:code>/overdragen/", transfers.compose, name="hand_over"),
    path(TRANSFER, transfers.transfer, name="transfer"),
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
]
