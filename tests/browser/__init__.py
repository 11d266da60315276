"""Whole journeys in a real browser, most of them on a small phone and without script."""
