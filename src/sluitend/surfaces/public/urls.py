"""Addresses of the public pages around the reports."""

from django.urls import path

from sluitend.surfaces.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("gemeenten/", views.towns, name="towns"),
    path("huisstijl/<slug:colours>.css", views.colours, name="house_colours"),
    path("huisstijl/<uuid:style_id>.jpg", views.mark, name="house_mark"),
    path("weg/", views.leave, name="leave"),
    path("taal/", views.language, name="language"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
