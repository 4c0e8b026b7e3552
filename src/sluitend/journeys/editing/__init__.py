"""Editing the handbook: a draft of the next release, that a second person publishes."""
