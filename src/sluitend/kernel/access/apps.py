from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "sluitend.kernel.access"
    label = "access"
