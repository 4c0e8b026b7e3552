"""Where an organisation looks at what the handbook says of it: a random link and nothing else."""

from django.urls import path

from sluitend.journeys.editing.views import asking

urlpatterns = [path("nakijken/<str:link>/", asking.look_at, name="partner_check")]
