"""A survey's beginning, its own words and days, and its saved states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.authoring import actions, draft_actions, showing
from svvoice.authoring.blueprint import blueprint
from svvoice.authoring.builder_pages import change
from svvoice.authoring.draft_actions import EVERYTHING, OWN_WORDS, AddressTaken, Draft, Saved, Stale
from svvoice.authoring.question_form import clean, misfits
from svvoice.core import drafting
from svvoice.core.changes import EFFECTS, Change, changes_between, refused
from svvoice.core.drafting import NotDone
from svvoice.core.problems import line
from svvoice.core.survey import Audience, Promise, Survey
from svvoice.core.word_checks import all_words
from svvoice.language import ENGLISH_NAMES, SHIPPED
from svvoice.store import surveys
from svvoice.store.database import run_again
from svvoice.web.access import Who, member, who
from svvoice.web.services import database

Value = TypeVar("Value", bound=StrEnum)

AUDIENCES = {Audience.ALL: "Everybody", Audience.ADULTS: "Adults only", Audience.UNDER_18: "People under 18"}
PROMISES = {
    Promise.PRIVATE: "Private: answers by page or text, kept apart from numbers",
    Promise.ANONYMOUS: "Anonymous: by page only, nobody can be told what came of it",
}
WORDS = ("title", "intro", "thanks", "sms_intro")


@blueprint.get("/o/<organisation>/new-survey")
@who(Who.EDITOR)
def new_survey(organisation: str) -> str:
    return _new_page()


@blueprint.post("/o/<organisation>/new-survey")
@who(Who.EDITOR)
def begin_survey(organisation: str) -> str | Response | tuple[str, int]:
    title, audience = clean(request.form.get("title", "")), request.form.get("audience", Audience.ALL)
    if not title:
        return _new_page("Give the survey a title."), 422
    ticked = [tag for tag in SHIPPED if tag in request.form.getlist("languages") and tag != "en"]
    slug = draft_actions.free_slug(database(), title)
    copy_of = request.form.get("copy_of", "")
    if copy_of:
        original = draft_actions.look(database(), member().organisation_id, copy_of).survey
        survey, what = draft_actions.copied(original, slug, title), f"A copy of {copy_of}"
    else:
        survey, what = (
            draft_actions.empty(slug, title, _one_of(Audience, audience, Audience.ALL), ("en", *ticked)),
            "Begun",
        )
    fits = drafting.change_words(survey)
    if isinstance(fits, NotDone):
        return _new_page(" ".join(misfits(fits.problems).values())), 422
    org, by, now = member().organisation_id, member().account_id, clock.now()
    done = run_again(lambda: draft_actions.begin(database(), org, survey, what, by, now))
    if isinstance(done, AddressTaken):
        return _new_page("Somebody took this address a moment ago. Press the button again."), 409
    return redirect(url_for("authoring.builder", organisation=organisation, slug=slug), 303)


@blueprint.post("/o/<organisation>/new-survey/from-file")
@who(Who.EDITOR)
def begin_from_file(organisation: str) -> str | Response | tuple[str, int]:
    """A survey document. A file that is not one is told with every problem, and nothing is kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _new_page("Choose a file first."), 422
    content, org, by, now = sent.read(), member().organisation_id, member().account_id, clock.now()
    match run_again(lambda: actions.import_new(database(), org, content, by, now)):
        case actions.Imported(survey):
            flash(f"Brought in: {len(survey.questions)} questions.")
            return redirect(url_for("authoring.builder", organisation=organisation, slug=survey.slug), 303)
        case actions.Refused(problems):
            return _new_page("This file cannot be used. Nothing was kept.", [line(one) for one in problems[:50]]), 422
        case actions.SlugTaken(slug):
            return _new_page(f"There is a survey with the address {slug} already. Change the slug in the file."), 422


def _new_page(problem: str = "", lines: list[str] | None = None) -> str:
    with database().reading() as session:
        records = surveys.surveys_of(session, member().organisation_id)
    earlier = [(one.slug, showing.title_of(draft_actions.read(one.draft))) for one in records]
    return render_template(
        "authoring/new_survey.html",
        earlier=earlier,
        audiences=AUDIENCES,
        languages=[(tag, ENGLISH_NAMES[tag]) for tag in SHIPPED if tag != "en"],
        typed=request.form,
        problem=problem,
        lines=lines or [],
        here="surveys",
    )


@blueprint.get("/o/<organisation>/surveys/<slug>/builder/words")
@who(Who.EDITOR)
def own_words(organisation: str, slug: str) -> str:
    draft = draft_actions.look(database(), member().organisation_id, slug)
    return _words_page(draft, draft.survey)


@blueprint.post("/o/<organisation>/surveys/<slug>/builder/words")
@who(Who.EDITOR)
def save_own_words(organisation: str, slug: str) -> str | Response | tuple[str, int]:
    draft = draft_actions.look(database(), member().organisation_id, slug)
    changed, wrong = _filled(draft.survey)
    mine = replace(draft.survey, **changed)
    if draft.published and mine.promise is not draft.published.promise:
        wrong["promise"] = "People answered under another promise. Make a copy of the survey and promise it there."
    if wrong:
        return _words_page(draft, mine, wrong), 422
    done = change(
        draft, OWN_WORDS, lambda survey: drafting.change_words(survey, **changed), "Changed: the survey's own words"
    )
    match done:
        case Saved():
            flash("Saved.")
            return redirect(url_for("authoring.builder", organisation=organisation, slug=slug), 303)
        case Stale(now):
            return _words_page(now, mine, theirs=now.survey), 409
        case NotDone():
            return _words_page(draft, mine, misfits(done.problems)), 422


def _filled(survey: Survey) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of the form, and what is wrong, by field."""
    form, language = request.form, survey.default_language
    wrong: dict[str, str] = {}
    changed: dict[str, Any] = {}
    for name in WORDS:
        words, others = clean(form.get(name, "")), dict(getattr(survey, name))
        others.pop(language, None)
        changed[name] = {language: words, **others} if words else {}
    if not changed["title"]:
        wrong["title"] = "Give the survey a title."
    changed["keyword"] = clean(form.get("keyword", "")).upper() or None
    changed["audience"] = _one_of(Audience, form.get("audience", ""), survey.audience)
    changed["promise"] = _one_of(Promise, form.get("promise", ""), survey.promise)
    changed["tell_back"] = "tell_back" in form
    for name in ("opens", "closes"):
        try:
            changed[name] = date.fromisoformat(form[name]) if form.get(name) else None
        except ValueError:
            changed[name], wrong[name] = getattr(survey, name), "Write a day that exists, like 2026-11-24."
    ticked = form.getlist("languages")
    known = [*survey.languages, *(tag for tag in SHIPPED if tag not in survey.languages)]
    changed["languages"] = tuple(tag for tag in known if tag in ticked or tag in _in_use(survey))
    return changed, wrong


def _one_of(values: type[Value], chosen: str, otherwise: Value) -> Value:
    return values(chosen) if chosen in list(values) else otherwise


def _in_use(survey: Survey) -> frozenset[str]:
    """Languages that cannot be unticked: words in them would be lost."""
    return frozenset(
        (survey.default_language, *(tag for one in all_words(survey) for tag in one.words if one.has(tag)))
    )


def _words_page(draft: Draft, mine: Survey, wrong: dict[str, str] | None = None, theirs: Survey | None = None) -> str:
    tags = [*mine.languages, *(tag for tag in SHIPPED if tag not in mine.languages)]
    return render_template(
        "authoring/words.html",
        draft=draft,
        survey=mine,
        theirs=theirs,
        wrong=wrong or {},
        audiences=AUDIENCES,
        promises=PROMISES,
        languages=[(tag, ENGLISH_NAMES.get(tag, tag), tag in _in_use(draft.survey)) for tag in tags],
        effects=EFFECTS[Change.SURVEY],
        here="surveys",
    )


@blueprint.get("/o/<organisation>/surveys/<slug>/builder/states")
@who(Who.EDITOR)
def saved_states(organisation: str, slug: str) -> str:
    draft, found = draft_actions.states(database(), member().organisation_id, slug)
    return render_template("authoring/states.html", draft=draft, survey=draft.survey, states=found, here="surveys")


@blueprint.get("/o/<organisation>/surveys/<slug>/builder/states/<int:number>")
@who(Who.EDITOR)
def saved_state(organisation: str, slug: str, number: int) -> str:
    return _state_page(slug, number)


@blueprint.post("/o/<organisation>/surveys/<slug>/builder/states/<int:number>")
@who(Who.EDITOR)
def bring_back(organisation: str, slug: str, number: int) -> str | Response | tuple[str, int]:
    draft, earlier = draft_actions.state(database(), member().organisation_id, slug, number)
    if draft.published and (lost := refused(changes_between(draft.published, earlier, draft.earlier))):
        reasons = " ".join(f"“{one.about}”: {one.detail}" for one in lost)
        return _state_page(slug, number, f"This state would change the meaning of answers given since. {reasons}"), 422
    match change(draft, EVERYTHING, lambda _: earlier, f"Brought back: state {number}"):
        case Saved():
            flash(f"State {number} is back. What stood here before is kept too.")
            return redirect(url_for("authoring.builder", organisation=organisation, slug=slug), 303)
        case Stale():
            words = "Somebody saved a change a moment ago. Look at it before you bring this state back."
            return _state_page(slug, number, words), 409
        case NotDone() as refusal:
            return _state_page(slug, number, refusal.sentence), 422


def _state_page(slug: str, number: int, problem: str = "") -> str:
    draft, earlier = draft_actions.state(database(), member().organisation_id, slug, number)
    return render_template(
        "authoring/state.html",
        draft=draft,
        survey=draft.survey,
        earlier=earlier,
        number=number,
        changes=changes_between(draft.survey, earlier),
        lines=showing.question_lines(earlier, ()),
        problem=problem,
        here="surveys",
    )
