"""The settings of a served site: those of the tests, and connections that are kept, as in production."""

from sluitend.settings import POOLED
from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], **POOLED}  # type: ignore[dict-item]
