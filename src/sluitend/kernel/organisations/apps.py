from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "sluitend.kernel.organisations"
    label = "organisations"
