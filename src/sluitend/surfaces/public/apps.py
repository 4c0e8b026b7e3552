from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "sluitend.surfaces.public"
    label = "public"
