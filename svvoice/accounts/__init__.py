"""Organisations, the people who work for them, and signing in."""
