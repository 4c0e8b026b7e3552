"""For whoever watches the machine: is the process up, can it do its work."""

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def alive(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and has its tables, else 503; also 503 before we stop."""
    if settings.SLUITEND_DRAINING and Path(settings.SLUITEND_DRAINING).exists():
        return JsonResponse({"status": "stopping"}, status=503)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM handbook_release LIMIT 1")
            good = cursor.fetchone() is not None
    except DatabaseError:
        good = False
    return JsonResponse({"status": "ok" if good else "unavailable"}, status=200 if good else 503)
