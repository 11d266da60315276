"""Staff pages of ways in: the address, the QR code and the poster for each place."""

from __future__ import annotations

import io

import segno
from flask import Blueprint, Response, make_response, render_template, request

from svvoice.core.phone import as_written
from svvoice.errors import NotFound
from svvoice.inviting import actions, screens
from svvoice.inviting.actions import WaysIn
from svvoice.web.access import Who, member, who
from svvoice.web.services import database, settings

blueprint = Blueprint("inviting", __name__)

AROUND = 4
"""White squares round a QR code, without which some phones do not see it."""


@blueprint.get("/o/<organisation>/surveys/<slug>/reach")
@who(Who.VIEWER)
def reach(organisation: str, slug: str) -> Response:
    found = actions.ways_in(database(), member().organisation_id, slug)
    typed = request.args.get("place", "")
    place = actions.place_name(typed)
    page = render_template(
        "inviting/reach.html",
        found=found,
        slug=slug,
        typed=typed,
        place=place,
        languages=screens.languages(found.survey, settings().public_url, place) if found else (),
        number=_number(found),
        unreadable=bool(typed.strip()) and not place,
        here="surveys",
    )
    return make_response(page, 422 if typed.strip() and not place else 200)


@blueprint.get("/o/<organisation>/surveys/<slug>/qr.svg")
@who(Who.VIEWER)
def qr(organisation: str, slug: str) -> Response:
    """The address in one language and for one place, as a picture that can be printed at any size."""
    found = _published(slug)
    address = screens.address(settings().public_url, slug, _language(found), _place())
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=AROUND, xmldecl=False)
    response = make_response(picture.getvalue())
    response.mimetype = "image/svg+xml"
    return response


@blueprint.get("/o/<organisation>/surveys/<slug>/poster")
@who(Who.VIEWER)
def poster(organisation: str, slug: str) -> str:
    found, ours = _published(slug), member()
    screen = screens.poster(
        found,
        _language(found),
        organisation=ours.organisation_name,
        is_example=ours.is_example,
        public_url=settings().public_url,
        number=_number(found),
    )
    return render_template("inviting/poster.html", screen=screen, slug=slug, place=_place())


def _published(slug: str) -> WaysIn:
    found = actions.ways_in(database(), member().organisation_id, slug)
    if found is None:
        raise NotFound(slug)
    return found


def _language(found: WaysIn) -> str:
    wanted = request.args.get("lang", "")
    return wanted if wanted in found.survey.languages else found.survey.default_language


def _place() -> str:
    return actions.place_name(request.args.get("place", ""))


def _number(found: WaysIn | None) -> str | None:
    return as_written(found.number).replace(" ", "\N{NO-BREAK SPACE}") if found and found.number else None
