from django.apps import AppConfig


class CareFilesConfig(AppConfig):
    name = "sluitend.journeys.care_files"
    label = "care_files"
