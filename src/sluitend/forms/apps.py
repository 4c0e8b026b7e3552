from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "sluitend.forms"
    label = "forms"
