"""Organisations reach people: an address, a QR code and a poster for each place, in each language."""
