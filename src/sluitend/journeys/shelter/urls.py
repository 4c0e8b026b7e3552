"""Addresses of shelter at the desk, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.shelter.views import hotels, searching

app_name = "shelter"

SEARCH = "zorg/plek/<str:code>/"

urlpatterns = [
    path("zorg/<str:code>/plek/", searching.start, name="start"),
    path(SEARCH, searching.show, name="search"),
    path(SEARCH + "adres/", searching.address, name="address"),
    *[
        path(SEARCH + act.path, searching.view_of(act), name=act.name)
        for act in (searching.NIGHT, *searching.ACTS)
    ],
    *hotels.PAGE.urls(),
]
