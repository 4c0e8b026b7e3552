"""Addresses of administration, under /werk/. Their names stand alone: they are older than this folder."""

from django.urls import path

from sluitend.journeys.administration.views import (
    absence,
    agreements,
    duty,
    escalation,
    handover,
    house_style,
    organisations,
    people,
    teams,
    who_may,
)

urlpatterns = [
    path("account/afwezig/", absence.own_absence, name="own_absence"),
    path("overzicht/afwezig/", absence.colleague_absence, name="colleague_absence"),
    path("dienst/", duty.duty, name="duty"),
    path("overzicht/klimmen/", escalation.choose, name="escalation"),
    path("beheer/piket/", escalation.picket, name="picket"),
    path("wie-mag-wat/", who_may.who_may, name="who_may"),
    path("beheer/organisaties/", organisations.organisations, name="manage_organisations"),
    path(
        "beheer/organisaties/<uuid:organisation_id>/",
        organisations.organisation,
        name="manage_organisation",
    ),
    path("beheer/mensen/", people.people, name="manage_people"),
    path("beheer/mensen/<uuid:account_id>/", people.person, name="manage_person"),
    path("beheer/mensen/<uuid:account_id>/overdracht/", handover.hand_over, name="hand_over"),
    path("beheer/waarneming/", agreements.pools, name="manage_pools"),
    path("beheer/teams/", teams.manage_teams, name="manage_teams"),
    path("beheer/teams/<uuid:team_id>/", teams.manage_team, name="manage_team"),
    path("beheer/huisstijl/", house_style.house_style, name="house_style"),
    path("beheer/huisstijl/<uuid:style_id>.jpg", house_style.mark, name="house_style_mark"),
    path("beheer/loopt/", organisations.running, name="running"),
    path("beheer/sleutels/", organisations.keys, name="manage_keys"),
]
