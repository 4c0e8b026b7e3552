"""The app of drafts of the handbook."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """Drafts of the next release of the handbook."""

    name = "sluitend.journeys.editing"
    label = "editing"
