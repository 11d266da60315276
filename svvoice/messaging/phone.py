"""The phone simulator: text a survey as a resident would. It is only there where texts go to the loopback phone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from svvoice import clock
from svvoice.core.phone import as_written, is_fictional, read_number
from svvoice.messaging import phone_screen
from svvoice.messaging.loopback.ledger import Fault
from svvoice.messaging.loopback.remote import NetworkAway, Remote
from svvoice.messaging.phone_screen import FAULTS, Screen
from svvoice.store import readings
from svvoice.store.readings import OurLine
from svvoice.web.access import Who, who
from svvoice.web.services import database, settings

blueprint = Blueprint("phone", __name__)

Page = str | tuple[str, int] | Response


class TextForm(FlaskForm):  # type: ignore[misc]
    """One text: from which phone, to which of our numbers."""

    number = HiddenField()
    line = HiddenField()
    body = StringField("Write a text", [InputRequired("Write something first."), Length(max=1600)])


class NetworkForm(FlaskForm):  # type: ignore[misc]
    """What the network does from now on."""

    number = HiddenField()
    line = HiddenField()
    fault = StringField(validators=[AnyOf(list(Fault))])


@blueprint.get("/phone")
@who(Who.ANYONE)
def phone() -> Page:
    form = TextForm(formdata=None, data={"body": request.args.get("keyword", "")[:160]})
    return _page(form, request.args.get("number", ""), request.args.get("line", ""))


@blueprint.post("/phone/text")
@who(Who.ANYONE)
def text() -> Page:
    form = TextForm()
    if quick := request.form.get("quick", ""):
        form.body.process_formdata([quick])
    number, line = form.number.data or "", form.line.data or ""
    if not form.validate_on_submit():
        return _page(form, number, line)
    try:
        ours = _line(_lines(), line)
        if ours is not None and (number := _phone(number)):
            Remote(settings()).text(number, ours.number, form.body.data or "")
    except NetworkAway:
        return _away()
    return _back(number, line)


@blueprint.post("/phone/network")
@who(Who.ANYONE)
def network() -> Page:
    form = NetworkForm()
    if form.validate_on_submit():
        try:
            Remote(settings()).set_fault(Fault(str(form.fault.data)))
        except NetworkAway:
            return _away()
    return _back(form.number.data or "", form.line.data or "")


def _page(form: TextForm, number: str, line: str) -> Page:
    ours = _line(_lines(), line)
    if ours is None:
        return render_template("phone/nothing.html"), 404
    try:
        screen = _screen(number, ours)
    except NetworkAway:
        return _away()
    page = render_template("phone/phone.html", screen=screen, form=form, faults=FAULTS, as_written=as_written)
    return (page, 422) if form.errors else page


def _screen(number: str, ours: OurLine) -> Screen:
    """Raises NetworkAway."""
    remote, pence = Remote(settings()), phone_screen.pence_of(settings().text_price_pence)
    lines, used = _lines(), remote.phones()
    taken = [*used, *(line.number for line in lines)]
    mine = _phone(number) or (used[-1] if used else phone_screen.fresh_phone(taken))
    fresh = phone_screen.fresh_phone([*taken, mine])
    texts = remote.messages(mine, ours.number)
    with database().reading() as session:
        read = readings.readings_of(session, ours.organisation_id, [text.sid for text in texts if text.is_theirs])
        keywords = readings.keywords_of(session, ours.organisation_id, clock.now())
    languages = phone_screen.languages_of(texts, read)
    return Screen(
        number=mine,
        line=ours,
        bubbles=phone_screen.bubbles(texts, languages),
        costs=phone_screen.costs(texts, languages, read, pence),
        summary=phone_screen.summary(texts, pence),
        price=phone_screen.in_pence(pence),
        fault=remote.fault(),
        phones=sorted({*(phone for phone in used if is_fictional(phone)), mine, fresh}),
        fresh=fresh,
        lines=lines,
        keywords=keywords,
    )


def _lines() -> list[OurLine]:
    with database().reading() as session:
        return readings.our_lines(session)


def _line(lines: list[OurLine], number: str) -> OurLine | None:
    """The chosen one of our numbers, else the first."""
    return next((line for line in lines if line.number == number), lines[0] if lines else None)


def _phone(number: str) -> str:
    """A made-up phone's number; empty where it is none: nobody's real number is played with here."""
    read = read_number(number)
    return read if isinstance(read, str) and is_fictional(read) else ""


def _back(number: str, line: str) -> Response:
    return redirect(url_for("phone.phone", number=number or None, line=line or None, _anchor="newest"), 303)


def _away() -> tuple[str, int]:
    return render_template("phone/away.html", address=settings().twilio_api_url), 503
