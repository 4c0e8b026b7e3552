from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "sluitend.journeys.care"
    label = "care"
