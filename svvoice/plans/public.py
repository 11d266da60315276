"""The public page of a survey: what people said, and what came of it. Anyone may read it; reading sets nothing."""

from __future__ import annotations

from flask import Blueprint, render_template

from svvoice import clock
from svvoice.plans.public_actions import what_people_said
from svvoice.plans.public_showing import public_screen
from svvoice.web.access import Who, who
from svvoice.web.services import database
from svvoice.web.words import wanted_language

blueprint = Blueprint("public", __name__)


@blueprint.get("/s/<slug>/what-people-said")
@who(Who.ANYONE)
def what_people_said_page(slug: str) -> str:
    said = what_people_said(database(), slug, clock.now())
    language = wanted_language(said.survey.languages, said.survey.default_language)
    return render_template("public/what_people_said.html", screen=public_screen(said, slug, language))
