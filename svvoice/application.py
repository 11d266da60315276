"""The application: a table of contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from svvoice import cli, settings as settings_list
from svvoice.settings import Settings
from svvoice.store import safety
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.web import access, errors, headers, hosts, words
from svvoice.web.services import Services

ROOT = Path(__file__).resolve().parent.parent


def create_app(environment: Mapping[str, str] = os.environ) -> Flask:
    """The whole product. Raises WrongSettings, in plain words, where it would not be safe to start."""
    settings = settings_list.from_environment(environment)
    app = Flask(
        "svvoice",
        root_path=str(ROOT / "svvoice"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "svvoice" / "web" / "static"),
    )
    _configure(app, settings)
    app.extensions["svvoice"] = Services(settings, _database(settings), Sealer(settings.contact_key))

    words.teach(app)
    hosts.trust(app, settings)
    csrf = CSRFProtect(app)
    access.guard(app)
    errors.tell(app)
    headers.set_headers(app, settings)
    _add_features(app, settings)
    for name in ("answering", "sms", "status"):
        if name in app.blueprints:
            csrf.exempt(app.blueprints[name])
    cli.add_commands(app)
    access.check_every_page(app)
    return app


def _add_features(app: Flask, settings: Settings) -> None:
    import importlib

    for name in (
        "answering.pages",
        "answering.sms",
        "messaging.status",
        "accounts.pages",
        "authoring.pages",
        "results.pages",
        "plans.pages",
        "plans.public",
        "web.health",
    ):
        try:
            app.register_blueprint(importlib.import_module(f"svvoice.{name}").blueprint)
        except ImportError as error:  # while rooms are being built
            if not str(error.name).startswith("svvoice"):
                raise
    if settings.has_loopback_phone:
        try:
            app.register_blueprint(importlib.import_module("svvoice.messaging.phone").blueprint)
        except ModuleNotFoundError:
            pass


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=settings.session_cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    proxies = int(settings.trusted_proxies)
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]


def _database(settings: Settings) -> Database:
    database = Database(settings.database_url, prepared_statements=settings.prepared_statements == "on")
    safety.check(database)
    return database
