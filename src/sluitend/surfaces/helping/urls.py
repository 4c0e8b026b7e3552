"""Addresses for who works and lives here, with the language in them, and of the cards at a desk."""

from django.urls import path

from sluitend.surfaces.helping import views

urlpatterns = [
    path("werken-en-wonen/", views.start, name="help"),
    path("werken-en-wonen/wissen/", views.wipe, name="wipe"),
    path("werken-en-wonen/<slug:code>/", views.start, name="help_in"),
    path("werken-en-wonen/<slug:code>/wissen/", views.wipe, name="help_wipe"),
    path("werken-en-wonen/<slug:code>/klopt-het/", views.check, name="help_check"),
    path("werken-en-wonen/<slug:code>/waar/", views.where, name="help_where"),
    path("werken-en-wonen/<slug:code>/kaart/", views.card_list, name="help_cards"),
    path("werken-en-wonen/<slug:code>/kaart/<slug:key>/", views.card, name="help_card"),
    path("werken-en-wonen/<slug:code>/<slug:slug>/", views.topic, name="help_topic"),
    path("handboek/taalkaart/", views.choose_language, name="language_cards"),
    path("handboek/taalkaart/<slug:code>/", views.official_list, name="language_cards_in"),
    path("handboek/taalkaart/<slug:code>/<slug:key>/", views.official_card, name="language_card"),
]
