"""Staff pages of texting: texts that need a person, and how texting stands."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.core.phone import as_written
from svvoice.inbox import actions
from svvoice.language import ENGLISH_NAMES
from svvoice.store.database import run_again
from svvoice.web.access import Who, member, who
from svvoice.web.services import database, settings

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/o/<organisation>/texts")
@who(Who.EDITOR)
def texts(organisation: str) -> str:
    ours, by, now = member().organisation_id, member().account_id, clock.now()
    found = run_again(lambda: actions.read_texts(database(), ours, by, now))
    return render_template(
        "inbox/texts.html", found=found, moment=_moment, number=_number, names=ENGLISH_NAMES, here="home"
    )


@blueprint.post("/o/<organisation>/texts/seen")
@who(Who.EDITOR)
def seen(organisation: str) -> Response:
    ours, by, now, text = member().organisation_id, member().account_id, clock.now(), request.form.get("text", "")[:64]
    run_again(lambda: actions.mark_seen(database(), ours, text, by, now))
    flash("Marked as seen.")
    return redirect(url_for("inbox.texts", organisation=organisation), 303)


@blueprint.get("/o/<organisation>/health")
@who(Who.VIEWER)
def health(organisation: str) -> str:
    found = actions.health(database(), member().organisation_id, clock.now())
    return render_template(
        "inbox/health.html", health=found, has_texting=settings().has_texting, moment=_moment, here="home"
    )


def _moment(at: datetime) -> str:
    """`24 November 2026, 18:05`, as clocks in London show it."""
    there = at.astimezone(clock.LONDON)
    return f"{there.day} {there:%B %Y, %H:%M}"


def _number(ours: str) -> str:
    return as_written(ours).replace(" ", "\N{NO-BREAK SPACE}")
