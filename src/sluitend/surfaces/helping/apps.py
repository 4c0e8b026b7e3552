from django.apps import AppConfig


class HelpingConfig(AppConfig):
    name = "sluitend.surfaces.helping"
    label = "helping"
