"""Addresses of care at the desk, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.care.views import desk

app_name = "care"

REQUEST = "zorg/<str:code>/"

urlpatterns = [
    path("zorg/", desk.requests, name="list"),
    path(REQUEST, desk.show, name="request"),
    path(REQUEST + "aannemen/", desk.take_on, name="take_on"),
    path(REQUEST + "gelezen/", desk.hear, name="hear"),
    path(REQUEST + "advies/", desk.advise, name="advise"),
    path(REQUEST + "vraag/", desk.ask_back, name="ask_back"),
    path(REQUEST + "bericht/", desk.tell, name="tell"),
    path(REQUEST + "contact/", desk.note_attempt, name="note_attempt"),
    path(REQUEST + "sluiten/", desk.close, name="close"),
]
