from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "sluitend.kernel.sealing"
    label = "sealing"
