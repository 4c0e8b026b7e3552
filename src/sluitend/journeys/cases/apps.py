from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sluitend.journeys.cases"
    label = "cases"
