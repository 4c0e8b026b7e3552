"""What a library does hundreds of times for each page, done the short way."""

import threading

from django.db import connections
from django.utils.translation import trans_real


def take() -> None:
    """Look up a language, and a connection to the database, as what is of this thread alone.

    Django follows tasks of asyncio too, and asks each time whether there is one. Here a request has a thread,
    as a job has, and a page asks for the language at each day, icon and word.
    """
    for holder, name in ((trans_real, "_active"), (connections, "_connections")):
        vars(holder)[name] = threading.local()  # Django's own tests put another there as well
