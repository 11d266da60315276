"""A small telephone network of our own, spoken to as one speaks to Twilio. Nothing leaves this computer.

`python -m svvoice.messaging.loopback --port 8001 --keep instance/phone.db`; see docs/loopback-phone.md.
"""
