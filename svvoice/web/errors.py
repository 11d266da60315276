"""Trouble, told plainly: one page for each kind, in the person's language, with what to do now."""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from svvoice.core.words import N_
from svvoice.errors import NotAllowed, NotFound, Unavailable, where
from svvoice.language import speech
from svvoice.web.words import wanted_language

# Title and what to do now, for people of any language.
SENTENCES = {
    400: (N_("We could not read that"), N_("Go back to the page before and try again.")),
    403: (N_("You cannot see this page"), N_("Ask the person who gave you the link.")),
    404: (N_("We cannot find that page"), N_("Check the link, or ask the person who gave it to you.")),
    405: (N_("We could not read that"), N_("Go back to the page before and try again.")),
    413: (N_("That was too long"), N_("Go back and write a shorter answer.")),
    429: (N_("Too many tries"), N_("Wait a few minutes, then try again.")),
    500: (N_("Something went wrong on our side"), N_("Your earlier answers are safe. Try again in a few minutes.")),
    503: (
        N_("We cannot save answers right now"),
        N_("This answer is not saved yet. Go back, keep the page open, and send it again in a few minutes."),
    ),
}

SENT_AGAIN = frozenset({"answering.answer"})
"""Pages whose form stands in the 503 page once more: some browsers forget what was typed when people go back."""


def tell(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _error: page(404))
    app.register_error_handler(NotAllowed, lambda _error: page(403))
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(CSRFError, lambda _error: page(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(status: int) -> Response:
    """The page for a status, in the language that the person's browser or address asks for."""
    title, now = SENTENCES.get(status, SENTENCES[400] if status < 500 else SENTENCES[500])
    words = speech(wanted_language())
    sent = list(request.form.items(multi=True)) if status == 503 and request.endpoint in SENT_AGAIN else []
    html = render_template(
        "error.html", title=words.say(title), now=words.say(now), speech=words, sent=sent, action=request.full_path
    )
    return make_response(html, status)


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    response = page(error.code or 500)
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _unavailable(error: Unavailable) -> Response:
    _log("the database could not be used: %s", error)
    response = page(503)
    response.headers["Retry-After"] = "60"
    return response


def _unexpected(error: Exception) -> Response:
    _log("%s at %s", type(error).__name__, where(error))
    return page(500)


def _log(message: str, *values: object) -> None:
    current_app.logger.error(f"%s: {message}", request.endpoint, *values)
