from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "sluitend.journeys.administration"
    label = "administration"
