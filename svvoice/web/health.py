"""Two addresses for those who run the product: is it alive, and can it take answers."""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from svvoice.errors import Unavailable
from svvoice.store import migrating, safety
from svvoice.web.access import Who, who
from svvoice.web.services import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@who(Who.ANYONE)
def alive() -> Response:
    return _plain("alive", 200)


@blueprint.get("/readyz")
@who(Who.ANYONE)
def ready() -> Response:
    """200 where an answer could be kept now: the database takes one and every migration has run."""
    try:
        safety.check_it_takes_answers(database())
        if not migrating.is_current(database()):
            return _plain("The database is not at the current migration. Run: flask database upgrade", 503)
    except Unavailable:
        return _plain("The database cannot be used.", 503)
    return _plain("ready", 200)


def _plain(words: str, status: int) -> Response:
    response = make_response(words + "\n", status)
    response.mimetype = "text/plain"
    return response
