"""Searching finds what somebody may see, however it was written, and keeps no word of it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event
from tests import samples

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
