"""The app of the handbook's pages."""

from django.apps import AppConfig


class HandbookPagesConfig(AppConfig):
    """Pages of the handbook under /handboek/."""

    name = "sluitend.surfaces.handbook"
    label = "handbook_pages"
