"""Thin views: a form, an action, a page."""
