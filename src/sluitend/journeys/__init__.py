"""The journeys. Each is a folder of its own, and that it stands here is all that installs it."""

from pkgutil import iter_modules

NAMES = tuple(sorted(each.name for each in iter_modules(__path__) if each.ispkg))
"""Of every folder here: an app, with the addresses in its `urls` under /werk/."""
