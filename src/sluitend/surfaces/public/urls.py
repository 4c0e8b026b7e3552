"""Addresses of the public pages around the reports."""

from django.urls import path

from sluitend.surfaces.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("weg/", views.leave, name="leave"),
    path("taal/", views.language, name="language"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
