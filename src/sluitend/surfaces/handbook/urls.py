"""Addresses of the handbook, under /handboek/."""

from django.urls import path

from sluitend.surfaces.handbook.views import forms, home, people, trade, who

urlpatterns = [
    path("handboek/", home.home, name="handbook"),
    path("handboek/wie-bel-ik/", who.who_to_call, name="handbook_who"),
    path("handboek/vormen/", forms.forms, name="handbook_forms"),
    path("handboek/vormen/<str:exploitation>/", forms.form, name="handbook_form"),
    path("handboek/sectoren/", trade.sectors, name="handbook_sectors"),
    path("handboek/sectoren/<str:sector>/", trade.sector, name="handbook_sector"),
    path("handboek/branches/", trade.branches, name="handbook_branches"),
    path("handboek/branches/<str:branch>/", trade.branch, name="handbook_branch"),
    path("handboek/groepen/", people.groups, name="handbook_groups"),
    path("handboek/groepen/<str:group>/", people.group, name="handbook_group"),
    path("handboek/contactmomenten/", people.moments, name="handbook_moments"),
    path("handboek/contactmomenten/<str:moment>/", people.moment, name="handbook_moment"),
]
