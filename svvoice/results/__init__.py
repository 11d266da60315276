"""Organisations watch what people say, compare groups, and take the answers away."""
