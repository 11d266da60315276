"""The door without a name on it: people who lost the end of their link, and staff."""

from __future__ import annotations

from flask import Blueprint, render_template

from svvoice.language import speech
from svvoice.web.access import Who, who
from svvoice.web.words import wanted_language

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@who(Who.ANYONE)
def front() -> str:
    return render_template("front.html", speech=speech(wanted_language()))
