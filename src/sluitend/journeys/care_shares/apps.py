from django.apps import AppConfig


class CareSharesConfig(AppConfig):
    name = "sluitend.journeys.care_shares"
    label = "care_shares"
