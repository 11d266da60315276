"""The door without a name on it: people who lost the end of their link, and staff."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from svvoice.language import speech
from svvoice.web.access import Who, who
from svvoice.web.words import wanted_language

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@who(Who.ANYONE)
def front() -> str:
    return render_template("front.html", speech=speech(wanted_language()))


@blueprint.get("/favicon.ico")
@who(Who.ANYONE)
def icon() -> Response:
    """Browsers ask for it by themselves. Kept for a month, so that nobody pays for it twice."""
    response = current_app.send_static_file("favicon.ico")
    response.mimetype = "image/vnd.microsoft.icon"  # whatever the machine calls it
    response.headers["Cache-Control"] = "public, max-age=2592000"
    return response
