from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "sluitend.journeys.referrals"
    label = "referrals"
