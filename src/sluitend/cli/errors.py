"""The one error of this package whose message is for the person at the keyboard."""


class CommandError(Exception):
    """The command cannot do its work."""
