"""Only requests to our own host are answered: a forged Host must not end up in a link."""

from __future__ import annotations

from flask import Flask, request

from svvoice.settings import LOOPBACK, Settings
from svvoice.web.errors import page

HEALTH = frozenset({"health.alive", "health.ready"})


def trust(app: Flask, settings: Settings) -> None:
    """PUBLIC_URL's host, and this machine's own names while PUBLIC_URL is on this machine."""
    trusted = {settings.host.lower()}

    @app.before_request
    def check():  # type: ignore[no-untyped-def]
        host = request.host.lower()
        if host in trusted or request.endpoint in HEALTH:
            return None
        if settings.is_loopback and host.rsplit(":", 1)[0] in LOOPBACK:
            return None
        return page(400)
