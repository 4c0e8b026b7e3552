from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "sluitend.journeys.contacts"
    label = "contacts"
