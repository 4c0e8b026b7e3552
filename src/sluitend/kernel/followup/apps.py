from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "sluitend.kernel.followup"
    label = "followup"
