"""The forms of administration, one module a subject."""
