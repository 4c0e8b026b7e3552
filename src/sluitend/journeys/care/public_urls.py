"""The address at which help is asked. It needs no account and holds no word of what is told."""

from django.urls import path

from sluitend.journeys.care.views import asking

urlpatterns = [path("hulp-vragen/", asking.ask, name="help_request")]
