"""Texts in and out: the outbox's worker, the provider, and the loopback phone. No feature is imported here."""
