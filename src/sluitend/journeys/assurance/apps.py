from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "sluitend.journeys.assurance"
    label = "assurance"
