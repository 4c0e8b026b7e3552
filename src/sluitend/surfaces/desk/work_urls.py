"""Addresses of the desk, under /werk/."""

from django.urls import path

from sluitend.surfaces.desk.views import (
    account,
    drafts,
    manual,
    overview,
    presence,
    region,
    search,
    teams,
    today,
    walk,
    who_looked,
)

urlpatterns = [
    path("", today.today, name="today"),
    path("meer/", today.more, name="more"),
    path("hulp/", manual.manual, name="manual"),
    path("rondleiding/", walk.walk, name="walk"),
    path("team/", teams.team, name="team"),
    path("toewijzen/", teams.assign_several, name="assign_several"),
    path("casussen/<str:code>/toewijzen/", teams.assign, name="assign_case"),
    path("binnen/<str:code>/toewijzen/", teams.assign, name="assign_report"),
    path("zoeken/", search.search, name="search"),
    path("account/", account.account, name="account"),
    path("account/organisatie/", account.choose_organisation, name="choose_organisation"),
    path("concept/<slug:form>/", drafts.draft, name="draft"),
    path("samen/<slug:subject>/<str:code>/", presence.presence, name="presence"),
    path("overzicht/", overview.overview, name="overview"),
    path("regio/", region.region, name="region"),
    path("wie-keek/", who_looked.who_looked, name="who_looked"),
    path("wie-keek/controle/", who_looked.check, name="who_looked_check"),
    path("wie-keek/steekproef/", who_looked.sample, name="who_looked_sample"),
]
