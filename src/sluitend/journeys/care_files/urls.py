"""Addresses of care files at the desk, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.care_files.views import (
    against,
    agenda,
    appointments,
    consents,
    copying,
    desk,
    endings,
    files,
    sharing,
    switching,
    whole,
)

app_name = "care_files"

FILE = "zorg/dossier/<str:code>/"

urlpatterns = [
    path(FILE, desk.show, name="file"),
    path(FILE + "gegevens/", desk.write, name="write"),
    path(FILE + "regel/", desk.add_rule, name="add_rule"),
    path(FILE + "regel/<slug:rule>/einde/", desk.end_rule, name="end_rule"),
    path(FILE + "stop/", desk.stop_contact, name="stop"),
    path(FILE + "contact/", desk.note_contact, name="note_contact"),
    path(FILE + "sluiten/", desk.close, name="close"),
    path("agenda/", agenda.show, name="agenda"),
    path("agenda/adres/", agenda.make, name="make_feed"),
    path("agenda/stop/", agenda.stop, name="stop_feed"),
    path("agenda/<str:token>.ics", agenda.calendar, name="calendar"),
    path(FILE + "afspraak/", appointments.make, name="make_appointment"),
    path(FILE + "afspraak/<uuid:appointment>/", appointments.move, name="move_appointment"),
    path(FILE + "afspraak/<uuid:appointment>/uitkomst/", appointments.end, name="end_appointment"),
    path(FILE + "afspraak/<uuid:appointment>/herinnerd/", appointments.reminded, name="reminded"),
    path(FILE + "meekijken/", endings.look_along, name="look_along"),
    path(FILE + "kind/", endings.note_child_route, name="child_route"),
    path(FILE + "nazorg/", endings.plan_aftercare, name="plan_aftercare"),
    path(FILE + "nazorg/antwoord/", endings.note_aftercare, name="note_aftercare"),
    path(FILE + "advocaat/", consents.talk_with_lawyer, name="lawyer"),
    path(FILE + "toestemming/<slug:act>/", consents.ask, name="ask"),
    path(FILE + "delen/", consents.share, name="share"),
    path(FILE + "delen-zonder-ja/", against.decide, name="share_against"),
    path(FILE + "zonder-ja/<slug:share>/meekijken/", against.look, name="look_against"),
    path(FILE + "zonder-ja/<slug:share>/verteld/", against.went, name="note_went"),
    path(FILE + "zonder-ja/<slug:share>/persoon-weet-het/", against.told, name="note_told"),
    path(FILE + "delen/<slug:purpose>/", sharing.share_for, name="share_for"),
    path(FILE + "versturen/<slug:share>/", sharing.send, name="send"),
    path("zorg/plek/<str:code>/bemiddeling/", sharing.mediate, name="mediate"),
    path(FILE + "terugnemen/<slug:what>/", consents.take_back, name="take_back"),
    path(FILE + "weggehaald/<slug:asking>/", consents.note_removal, name="note_removal"),
    path(FILE + "deel/<str:section>/", whole.write, name="part"),
    path(FILE + "deel/<str:section>/<slug:row>/", whole.write, name="part_row"),
    path(FILE + "deel/<str:section>/<slug:row>/weg/", whole.take_away, name="take_away"),
    path(FILE + "deel/<str:section>/<slug:row>/gedaan/<str:field>/", whole.settle, name="settle"),
    path(FILE + "afschrift/", copying.ask, name="copies"),
    path(FILE + "afschrift/<slug:copy>/", copying.show, name="copy"),
    path(FILE + "afschrift/<slug:copy>/pdf/", copying.take, name="copy_pdf"),
    path("zorgdossiers/dun/", switching.back, name="back"),
    path("zorgdossiers/dun/meenemen/", switching.take, name="take_whole"),
    path("zorgdossiers/dun/verwijderen/", switching.delete, name="delete_whole"),
    path("beheer/zorgdossier/", switching.mode, name="mode"),
    path(FILE + "bestand/<slug:kind>/", files.take, name="export"),
]
