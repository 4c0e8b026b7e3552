"""The settings of a served site: those of the tests, and connections that are kept, as in production."""

from sluitend.settings import POOLED
from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], **POOLED}  # type: ignore[dict-item]

# As in production styles and scripts are kept by the browser, and not looked up again for each page.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 24 * 3600
