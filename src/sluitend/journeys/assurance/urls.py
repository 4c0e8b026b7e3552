"""Addresses of what the region keeps of help, under /werk/. They hold no words from any content."""

from django.urls import path

from sluitend.journeys.assurance.views import figures

app_name = "assurance"

urlpatterns = [path("regio/hulp/", figures.figures, name="figures")]
