"""Envelopes: one concept for encryption, sharing and destruction."""
