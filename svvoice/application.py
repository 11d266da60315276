"""The application: a table of contents."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from svvoice import cli
from svvoice import settings as settings_list
from svvoice.accounts import pages as accounts
from svvoice.answering import pages as answering
from svvoice.answering import sms
from svvoice.authoring import pages as authoring
from svvoice.errors import SvvoiceError
from svvoice.inbox import pages as inbox
from svvoice.inviting import pages as inviting
from svvoice.messaging import phone, status
from svvoice.plans import pages as plans
from svvoice.plans import public
from svvoice.results import pages as results
from svvoice.settings import Settings
from svvoice.store import safety
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.web import access, errors, front, headers, health, hosts, words
from svvoice.web.services import Services

ROOT = Path(__file__).resolve().parent.parent


def start() -> Flask:
    """The application as servers and `flask` find it; where it may not start, the reason in plain words and no more."""
    try:
        return create_app(settings_list.with_kept_keys(os.environ, ROOT / "instance"))
    except SvvoiceError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None


def create_app(environment: Mapping[str, str]) -> Flask:
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
    _stop_forgery(app)
    access.guard(app)
    errors.tell(app)
    headers.set_headers(app, settings)
    _add_features(app, settings)
    cli.add_commands(app)
    access.check_every_page(app)
    return app


def _add_features(app: Flask, settings: Settings) -> None:
    for feature in (
        answering,
        sms,
        status,
        accounts,
        authoring,
        inviting,
        results,
        plans,
        public,
        inbox,
        front,
        health,
    ):
        app.register_blueprint(feature.blueprint)
    if settings.has_loopback_phone:
        app.register_blueprint(phone.blueprint)


def _stop_forgery(app: Flask) -> None:
    """Every form of ours carries a token. Two kinds of request bring their own proof instead: a respondent's page its
    signed turn, the texting provider its signature."""
    csrf = CSRFProtect(app)
    for feature in (answering, sms, status):
        csrf.exempt(feature.blueprint)


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
