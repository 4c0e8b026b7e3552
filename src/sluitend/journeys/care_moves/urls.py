"""Addresses of clients who go to another care organisation, under /werk/. They hold codes alone."""

from sluitend.journeys.care_moves import views

app_name = "care_moves"

urlpatterns = views.PAGE.urls()
