"""Addresses for who works and lives here, with the language in them, and of the cards at a desk.

They are sent compressed, for old phones on slow lines: there is no secret that their length could tell.
"""

from django.urls import path
from django.views.decorators.gzip import gzip_page

from sluitend.surfaces.helping import views

urlpatterns = [
    path("werken-en-wonen/", gzip_page(views.start), name="help"),
    path("werken-en-wonen/wissen/", gzip_page(views.wipe), name="wipe"),
    path("werken-en-wonen/<slug:code>/", gzip_page(views.start), name="help_in"),
    path("werken-en-wonen/<slug:code>/wissen/", gzip_page(views.wipe), name="help_wipe"),
    path("werken-en-wonen/<slug:code>/klopt-het/", gzip_page(views.check), name="help_check"),
    path("werken-en-wonen/<slug:code>/waar/", gzip_page(views.where), name="help_where"),
    path("werken-en-wonen/<slug:code>/kaart/", gzip_page(views.card_list), name="help_cards"),
    path("werken-en-wonen/<slug:code>/kaart/<slug:key>/", gzip_page(views.card), name="help_card"),
    path("werken-en-wonen/<slug:code>/<slug:slug>/", gzip_page(views.topic), name="help_topic"),
    path("handboek/taalkaart/", gzip_page(views.choose_language), name="language_cards"),
    path(
        "handboek/taalkaart/kaart/<slug:key>/", gzip_page(views.choose_language), name="language_card_choose"
    ),
    path("handboek/taalkaart/<slug:code>/", gzip_page(views.official_list), name="language_cards_in"),
    path("handboek/taalkaart/<slug:code>/<slug:key>/", gzip_page(views.official_card), name="language_card"),
]
