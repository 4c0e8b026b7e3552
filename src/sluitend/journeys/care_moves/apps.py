from django.apps import AppConfig


class CareMovesConfig(AppConfig):
    name = "sluitend.journeys.care_moves"
    label = "care_moves"
