"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sluitend.settings")

application = get_wsgi_application()
# Import every view now: otherwise the first visitor of each process waits for that.
get_resolver().url_patterns  # noqa: B018
