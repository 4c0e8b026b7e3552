from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "sluitend.journeys.exchanges"
    label = "exchanges"
