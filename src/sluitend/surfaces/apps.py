from django.apps import AppConfig


class SurfacesConfig(AppConfig):
    name = "sluitend.surfaces"
    label = "surfaces"
