"""Addresses of the inbox and of cases, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.cases.views import cases, inbox, measures, notes, people, picture, plan, steps, tracks

app_name = "cases"

REPORT = "binnen/<str:code>/"
CASE = "casussen/<str:code>/"

urlpatterns = [
    path("binnen/", inbox.list_reports, name="inbox"),
    path(REPORT, inbox.intake, name="intake"),
    path(f"{REPORT}vraag/", inbox.ask, name="ask"),
    path(f"{REPORT}naam/", inbox.identity, name="identity"),
    path(f"{REPORT}advies/", inbox.advice, name="advice"),
    path(f"{REPORT}soort/", inbox.move_kind, name="move_kind"),
    path(f"{REPORT}gelezen/", inbox.read, name="read_message"),
    path(f"{REPORT}niet-wachten/", inbox.stop_asking, name="stop_asking"),
    path(f"{REPORT}meekijken/", inbox.second_eyes, name="second_eyes"),
    path(f"{REPORT}bestand/<uuid:page_id>/", inbox.attachment, name="attachment"),
    path(f"{REPORT}bestand/<uuid:attachment_id>/origineel/", inbox.original, name="original"),
    path(f"{REPORT}eerder/<uuid:earlier_id>/", inbox.earlier, name="intake_earlier"),
    path("casussen/", cases.list_cases, name="list"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}beeld/", picture.picture, name="picture"),
    path(
        f"{CASE}beeld/eerder/<uuid:earlier_id>/", steps.earlier, {"page": "picture"}, name="picture_earlier"
    ),
    path(f"{CASE}weging/", steps.weigh, name="weigh"),
    path(f"{CASE}verrijken/", steps.enrich, name="enrich"),
    path(f"{CASE}verrijken/eerder/<uuid:earlier_id>/", steps.earlier, name="earlier"),
    path(f"{CASE}verrijken/overnemen/<uuid:look_up_id>/", steps.copy, name="copy"),
    path(f"{CASE}verrijken/<slug:source>/", steps.enrich, name="look_up"),
    path(f"{CASE}plan/", plan.plan, name="plan"),
    path(f"{CASE}bewoners/", people.residents, name="residents"),
    path(f"{CASE}plan/feit/", plan.fact, name="plan_fact"),
    path(f"{CASE}plan/actie/", plan.action, name="plan_action"),
    path(f"{CASE}maatregelen/", measures.measures, name="measures"),
    path(f"{CASE}maatregelen/<slug:key>/", measures.measure, name="measure"),
    path(f"{CASE}plan/uitgave/", plan.release, name="plan_release"),
    path(f"{CASE}afsluiten/", steps.close, name="close"),
    path(f"{CASE}betrokkene/", notes.subject, name="subject"),
    path(f"{CASE}betrokkene/<uuid:person>/bereiken/", people.reach, name="reach"),
    path(f"{CASE}waarneming/", notes.observation, name="observation"),
    path(f"{CASE}waarneming/<uuid:observation_id>/", notes.observation, name="correct"),
    path(f"{CASE}notitie/", notes.note, name="note"),
    path(f"{CASE}spoor/<slug:kind>/", tracks.track, name="track"),
    path(f"{CASE}spoor/<slug:kind>/open/", tracks.track_open, name="track_open"),
    path(f"{CASE}spoor/<slug:kind>/afsluiten/", tracks.track_close, name="track_close"),
    path(f"{CASE}bericht/", cases.message, name="message"),
    path(f"{CASE}meekijken/", cases.look_along, name="look_along"),
    path(f"{CASE}wie-nog/", cases.presence, name="presence"),
    path(f"{CASE}datum/", tracks.due, name="due"),
    path(f"{CASE}datum/<slug:of>/", tracks.due, name="due_of"),
    path(f"{CASE}wens/", people.wish, name="wish"),
    path(f"{CASE}wens/tegen/", people.against_wish, name="against_wish"),
]
