"""Addresses of the handbook, under /handboek/."""

from django.urls import path

from sluitend.surfaces.handbook.views import home

urlpatterns = [
    path("handboek/", home.home, name="handbook"),
]
