"""Addresses of care at the desk, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.care.views import desk, doors, files, shared

app_name = "care"

REQUEST = "zorg/<str:code>/"
REPORT = "binnen/<str:code>/"

urlpatterns = [
    path("zorg/", desk.requests, name="list"),
    path("zorg/overdracht/<str:code>/", doors.take_in, name="take_in"),
    path("gedeelde-lijst/", shared.shared, name="shared"),
    path(REQUEST, desk.show, name="request"),
    path(REQUEST + "bestand/<uuid:page_id>/", files.page, name="attachment"),
    path(REQUEST + "bestand/<uuid:attachment_id>/origineel/", files.original, name="original"),
    path(REQUEST + "aannemen/", desk.take_on, name="take_on"),
    path(REQUEST + "gelezen/", desk.hear, name="hear"),
    path(REQUEST + "advies/", desk.advise, name="advise"),
    path(REQUEST + "vraag/", desk.ask_back, name="ask_back"),
    path(REQUEST + "bericht/", desk.tell, name="tell"),
    path(REQUEST + "contact/", desk.note_attempt, name="note_attempt"),
    path(REQUEST + "dossier/", desk.open_file, name="open_file"),
    path(REQUEST + "sluiten/", desk.close, name="close"),
    path(REQUEST + "overnemen/", doors.take_over, name="take_over"),
    path(REQUEST + "teruggeven/", doors.give_back, name="give_back"),
    path(REQUEST + "naar-gemeente/", doors.to_municipality, name="to_municipality"),
    path(REQUEST + "terughalen/", doors.recall_from_municipality, name="recall_from_municipality"),
    path(REPORT + "naar-de-zorg/", doors.to_care, name="to_care"),
    path(REPORT + "terughalen/", doors.recall_from_care, name="recall_from_care"),
    path(REPORT + "overnemen/", doors.take_over_from_care, name="take_over_from_care"),
    path(REPORT + "teruggeven/", doors.give_back_to_care, name="give_back_to_care"),
]
