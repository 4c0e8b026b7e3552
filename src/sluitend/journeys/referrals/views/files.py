"""Giving a document to a browser: always as a file to keep, under a name that says only a code."""

from django.http import HttpResponse

from sluitend.journeys.referrals.queries.files import FileContent

SHEET_LANGUAGE = "nl"
"""A sheet goes to Dutch organisations, whatever the language of the screen of whoever makes it."""


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF."""
    return _attachment(content, name, "application/pdf")


def as_download(file: FileContent) -> HttpResponse:
    """Return a copy of an attachment."""
    return _attachment(file.content, file.name, file.media_type)


def _attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
