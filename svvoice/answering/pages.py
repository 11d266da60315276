"""The pages on which residents and young people answer. Reading sets nothing; answering keeps before it thanks."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from svvoice import clock
from svvoice.answering import actions, showing, telling, turns
from svvoice.answering.actions import Kept, LookAgain, NotTaking, Place, Posted
from svvoice.answering.screens import Delete, Message
from svvoice.answering.showing import Typed, Visit
from svvoice.core.answers import cleaned
from svvoice.core.phone import as_written
from svvoice.core.survey import Question
from svvoice.errors import NotFound
from svvoice.language import choose
from svvoice.store.database import run_again
from svvoice.web.access import Who, who
from svvoice.web.services import database, services, settings

blueprint = Blueprint("answering", __name__)

COOKIE = "svvoice-answers"
COLLECTOR = re.compile(r"[A-Za-z0-9_-]{1,40}")

Answer = Response | Redirect


@blueprint.get("/s/<slug>")
@who(Who.ANYONE)
def start(slug: str) -> Answer:
    place = actions.find_place(database(), slug, _cookie(), clock.now())
    visit = _visit(slug, place)
    if isinstance(place, NotTaking):
        return _page("message", showing.not_taking(place, visit, unsaved=False))
    number = actions.number_to_text(database(), place.address.organisation_id) if place.survey.keyword else None
    return _page("start", showing.start(place, visit, as_written(number) if number else None))


@blueprint.get("/s/<slug>/<question>")
@who(Who.ANYONE)
def ask(slug: str, question: str) -> Answer:
    place = actions.find_place(database(), slug, _cookie(), clock.now())
    visit = _visit(slug, place)
    if isinstance(place, NotTaking):
        return _page("message", showing.not_taking(place, visit, unsaved=False), 410)
    asked = place.survey.question(question)
    if asked is None:
        raise NotFound(question)
    if not asked.is_asked or not showing.on_path(place, asked):
        return _to_next(visit, place.next)
    return _page("question", showing.question(place, asked, visit, visit.via, None))


@blueprint.post("/s/<slug>/<question>")
@who(Who.ANYONE)
def answer(slug: str, question: str) -> Answer:
    turn = turns.read(request.form.get("turn", ""), slug, settings().secret_key)
    if turn is None or turn.question_id != question:
        return _stale_page(slug, question)
    cookie, now, posted, wanted = _cookie(), clock.now(), _posted(), _wanted()
    outcome = run_again(lambda: actions.answer_on_web(database(), slug, turn, posted, cookie, wanted, now))
    match outcome:
        case NotTaking():
            return _page("message", showing.not_taking(outcome, _visit(slug, outcome), unsaved=True), 410)
        case LookAgain(place, asked, problem):
            typed = Typed(posted.values, posted.other, problem)
            return _page("question", showing.question(place, asked, _visit(slug, place), turn.collector, typed), 422)
        case Kept():
            return _next_after(outcome, _visit(slug, outcome.place), turn)


@blueprint.get("/s/<slug>/thank-you")
@who(Who.ANYONE)
def thank_you(slug: str) -> Answer:
    place = actions.find_place(database(), slug, _cookie(), clock.now())
    visit = _visit(slug, place)
    if isinstance(place, NotTaking):
        return _page("message", showing.not_taking(place, visit, unsaved=False))
    if place.next is not None:
        return redirect(visit.link(place.next.id if place.response else ""), 303)
    return _page("thanks", showing.thanks(place, visit, "", None, asked_to_be_told=False))


@blueprint.post("/s/<slug>/finish-here")
@who(Who.ANYONE)
def finish(slug: str) -> Answer:
    place, visit = _standing(slug)
    if _checked_turn(slug) is None:
        return _stale_message(place, visit)
    run_again(lambda: actions.finish(database(), slug, _cookie(), clock.now()))
    say = visit.speech.say
    about = showing.frame(place.address, place.survey, visit, "")
    said = Message(
        about,
        say("You have finished"),
        (say("This phone no longer shows your answers. They are safe with us."),),
        visit.link("what-people-said"),
        say("See what people say"),
    )
    return _without_cookie(slug, _page("message", said))


@blueprint.post("/s/<slug>/someone-else")
@who(Who.ANYONE)
def someone_else(slug: str) -> Answer:
    place, visit = _standing(slug)
    if _checked_turn(slug) is None:
        return _stale_message(place, visit)
    run_again(lambda: actions.finish(database(), slug, _cookie(), clock.now()))
    return _without_cookie(slug, redirect(visit.link(), 303))


@blueprint.get("/s/<slug>/delete-my-answers")
@who(Who.ANYONE)
def ask_to_delete(slug: str) -> Answer:
    place, visit = _standing(slug)
    response = place.response if isinstance(place, Place) else None
    turn = turns.sign(turns.new_turn(response.id if response else None, 0, "", ""), slug, settings().secret_key)
    about = showing.frame(place.address, place.survey, visit, "delete-my-answers")
    return _page("delete", Delete(about, visit.link("delete-my-answers"), turn, visit.link("thank-you")))


@blueprint.post("/s/<slug>/delete-my-answers")
@who(Who.ANYONE)
def delete(slug: str) -> Answer:
    place, visit = _standing(slug)
    turn = _checked_turn(slug)
    if turn is None:
        return _stale_message(place, visit)
    there = run_again(lambda: actions.delete_answers(database(), slug, turn, _cookie(), clock.now()))
    say = visit.speech.say
    about = showing.frame(place.address, place.survey, visit, "")
    told = (
        say("Your answers are gone. Nobody can see them any more.")
        if there
        else say("There are no answers on this phone.")
    )
    return _without_cookie(
        slug, _page("message", Message(about, say("Deleted") if there else say("Nothing to delete"), (told,)))
    )


@blueprint.get("/s/<slug>/tell-me")
@who(Who.ANYONE)
def ask_to_be_told(slug: str) -> Answer:
    place, visit = _standing(slug)
    if not place.survey.tell_back:
        raise NotFound("tell-me")
    return _page("tell_me", showing.thanks(place, visit, "", None, asked_to_be_told=False))


@blueprint.post("/s/<slug>/tell-me")
@who(Who.ANYONE)
def tell_me(slug: str) -> Answer:
    place, visit = _standing(slug)
    if not place.survey.tell_back:
        raise NotFound("tell-me")
    if _checked_turn(slug) is None:
        return _stale_message(place, visit)
    typed = cleaned(request.form.get("phone", ""))[:40]
    sealer, language, now, whence = services().sealer, visit.language, clock.now(), request.remote_addr or ""
    problem = run_again(lambda: telling.ask_on_web(database(), sealer, place, typed, language, whence, now))
    sentence = telling.sentence(visit.speech, problem) if problem else None
    screen = showing.thanks(place, visit, typed, sentence, asked_to_be_told=problem is None)
    return _page("tell_me", screen, 422 if problem else 200)


def _visit(slug: str, place: Place | NotTaking) -> Visit:
    """The language of the address, else the one they answered in, else the browser's, else the survey's."""
    survey = place.survey
    response = place.response if isinstance(place, Place) else None
    wanted = [*_wanted(), *([response.language] if response else []), *request.accept_languages.values()]
    via = request.args.get("via", "")
    language = choose(wanted, survey.languages, survey.default_language)
    return Visit(slug, language, via if COLLECTOR.fullmatch(via) else "", settings().secret_key)


def _wanted() -> list[str]:
    return [request.args["lang"]] if request.args.get("lang") else []


def _standing(slug: str) -> tuple[Place | NotTaking, Visit]:
    place = actions.find_place(database(), slug, _cookie(), clock.now())
    return place, _visit(slug, place)


def _posted() -> Posted:
    values = tuple(cleaned(value) for value in request.form.getlist("answer") if value.strip())
    return Posted(values, cleaned(request.form.get("other", "")), "skip" in request.form)


def _stale_page(slug: str, question: str) -> Answer:
    """The page was not ours or is from another survey: the question again, with what was typed and a new turn."""
    place, visit = _standing(slug)
    if isinstance(place, NotTaking):
        return _page("message", showing.not_taking(place, visit, unsaved=True), 410)
    asked = place.survey.question(question)
    if asked is None or not asked.is_asked:
        raise NotFound(question)
    posted = _posted()
    typed = Typed(posted.values, posted.other, "stale_page")
    return _page("question", showing.question(place, asked, visit, visit.via, typed), 422)


def _next_after(kept: Kept, visit: Visit, turn: turns.PageTurn) -> Answer:
    """A browser that brings its cookie is sent on; one that does not gets the next page as the answer itself."""
    place = kept.place
    if kept.cookie is None:
        return _to_next(visit, place.next)
    if place.next is not None:
        response = _page("question", showing.question(place, place.next, visit, turn.collector, None))
    else:
        response = _page("thanks", showing.thanks(place, visit, "", None, asked_to_be_told=False))
    response.set_cookie(
        COOKIE,
        kept.cookie,
        max_age=int(actions.COOKIE_LASTS.total_seconds()),
        path=f"/s/{visit.slug}",
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _to_next(visit: Visit, question: Question | None) -> Answer:
    return redirect(visit.link(question.id if question else "thank-you"), 303)


def _checked_turn(slug: str) -> turns.PageTurn | None:
    return turns.read(request.form.get("turn", ""), slug, settings().secret_key)


def _stale_message(place: Place | NotTaking, visit: Visit) -> Answer:
    say = visit.speech.say
    about = showing.frame(place.address, place.survey, visit, "")
    lines = (say("This page was too old. Nothing was changed."),)
    return _page(
        "message", Message(about, say("Please try again"), lines, visit.link("thank-you"), say("Go back")), 422
    )


def _without_cookie(slug: str, response: Answer) -> Answer:
    response.delete_cookie(COOKIE, path=f"/s/{slug}")
    return response


def _cookie() -> str | None:
    return request.cookies.get(COOKIE)


def _page(template: str, screen: object, status: int = 200) -> Response:
    return make_response(render_template(f"answering/{template}.html", screen=screen), status)
