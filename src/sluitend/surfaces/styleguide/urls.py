"""Addresses of the style guide."""

from django.urls import path

from sluitend.surfaces.styleguide.views import guide, preview

app_name = "styleguide"

urlpatterns = [
    path("", guide, name="guide"),
    path("voorbeeld/", preview, name="preview"),
]
