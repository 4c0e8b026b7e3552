"""The project's own settings, in production mode. Mail goes to a folder: there is nobody to send it to."""

from sluitend.settings import *  # noqa: F403
from sluitend.settings import DATA

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA / "mail"},
    }
}
