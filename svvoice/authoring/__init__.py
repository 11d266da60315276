"""Organisations import a survey, check it and publish it."""
