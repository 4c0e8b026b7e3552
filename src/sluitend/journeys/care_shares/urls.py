"""Addresses of what care shares, under /werk/. They hold codes, never words from the content."""

from django.urls import path

from sluitend.journeys.care_shares import views

app_name = "care_shares"

urlpatterns = [path("ondersteuning/", views.supported, name="supported"), *views.PAGE.urls()]
