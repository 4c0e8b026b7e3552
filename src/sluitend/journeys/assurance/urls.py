"""Addresses of what the region keeps of help, under /werk/. They hold no words from any content."""

from django.urls import path

from sluitend.journeys.assurance.views import asking, assured, figures

app_name = "assurance"

urlpatterns = [
    path("regio/hulp/", figures.figures, name="figures"),
    path("regio/hulp/vragen/", asking.years, name="years"),
    path("regio/hulp/vragen/stel/", asking.begin, name="begin"),
    path("regio/hulp/geborgd/", assured.board, name="board"),
    path("regio/hulp/geborgd/nieuw/", assured.record, name="record"),
    path("regio/hulp/geborgd/<str:code>/", assured.one, name="one"),
    path("regio/hulp/geborgd/<str:code>/gelezen/", assured.heard, name="heard"),
]
