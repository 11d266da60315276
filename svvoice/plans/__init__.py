"""Organisations turn findings into evidence for their promises, decide, and tell people."""
