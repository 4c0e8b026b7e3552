from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "sluitend.journeys.shelter"
    label = "shelter"
