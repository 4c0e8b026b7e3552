"""Thin views: they read, try an action, and show what came of it."""
