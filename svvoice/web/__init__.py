"""Shared web habits: who may see a page, headers, errors, downloads, template words."""
