"""The pick-up page: an address with a random link and nothing else."""

from django.urls import path

from sluitend.journeys.referrals.views import pickup

PICKUP = "ophalen/<str:link>/"

urlpatterns = [
    path(PICKUP, pickup.collect, name="pickup"),
    path(PICKUP + "blad.pdf", pickup.sheet, name="pickup_sheet"),
    path(PICKUP + "bewijs.pdf", pickup.receipt, name="pickup_receipt"),
    path(PICKUP + "bestanden/<uuid:file_id>/", pickup.file, name="pickup_file"),
]
