"""The address at which who asked for help answers questions about it. It holds no word of either."""

from django.urls import path

from sluitend.journeys.assurance.views import asking

urlpatterns = [path("ontvangst/vragen/", asking.questions, name="help_questions")]
