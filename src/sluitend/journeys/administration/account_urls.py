"""The address of one's own roles, not under /werk/: who was let in and has no role yet comes there too."""

from django.urls import path

from sluitend.journeys.administration.views import who_may

urlpatterns = [path("account/rollen/", who_may.own_roles, name="own_roles")]
