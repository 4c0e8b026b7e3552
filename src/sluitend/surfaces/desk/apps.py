from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sluitend.surfaces.desk"
    label = "desk"
