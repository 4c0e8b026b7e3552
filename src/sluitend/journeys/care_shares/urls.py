"""Addresses of what care shares, under /werk/. They hold codes, never words from the content."""

from sluitend.journeys.care_shares import views

app_name = "care_shares"

urlpatterns = views.PAGE.urls()
