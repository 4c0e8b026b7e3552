"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sluitend.settings")

application = get_wsgi_application()
# Import every view now: otherwise the first visitor of each process waits for that.
get_resolver().url_patterns  # noqa: B018

from sluitend.kernel.followup.deadlines import is_working_day  # noqa: E402  (after the settings are there)

is_working_day(timezone.localdate())  # the calendar's library is large
