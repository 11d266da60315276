"""The builder: the list of a survey's questions, what is to be mended, and the bank to add from."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.authoring import draft_actions, showing
from svvoice.authoring.blueprint import blueprint
from svvoice.authoring.draft_actions import NOTHING, Draft, Saved, Stale
from svvoice.authoring.question_form import KINDS, WITH_OPTIONS, clean, new_question
from svvoice.core import drafting, question_bank
from svvoice.core.changes import EFFECTS, Change, changes_between
from svvoice.core.drafting import NotDone, free_id, taken_questions
from svvoice.core.survey import Kind, Question, Survey
from svvoice.store.database import run_again
from svvoice.web.access import Who, member, who
from svvoice.web.services import database, settings

CHANGED_MEANWHILE = "Somebody else changed this meanwhile. Nothing was done: look at it as it is now, then try again."


@blueprint.get("/o/<organisation>/surveys/<slug>/builder")
@who(Who.EDITOR)
def builder(organisation: str, slug: str) -> str:
    return _page(draft_actions.look(database(), member().organisation_id, slug))


@blueprint.post("/o/<organisation>/surveys/<slug>/builder")
@who(Who.EDITOR)
def rearrange(organisation: str, slug: str) -> str | Response | tuple[str, int]:
    """One step with one question: `do` is up, down, copy or remove, with the question's id behind a colon."""
    draft = draft_actions.look(database(), member().organisation_id, slug)
    step, _, question_id = request.form.get("do", "").partition(":")
    question = draft.survey.question(question_id)
    if question is None:
        return _page(draft, "This question is not in the survey any more."), 422
    if step == "remove" and question_id in draft.earlier and "seen" not in request.form:
        return render_template(
            "authoring/remove.html",
            draft=draft,
            question=question,
            effects=EFFECTS[Change.QUESTION_RETIRED],
            here="surveys",
        )
    apply = _step(step, question_id, draft)
    if apply is None:
        return _page(draft, "Choose what to do with the question."), 422
    words = drafting.called(draft.survey, question)
    touches = question_id if step == "remove" else NOTHING
    done = change(draft, touches, apply, f"{_DONE[step]}: {words}")
    match done:
        case Saved():
            flash(f"{_DONE[step]}: {words}")
            return _to_builder(draft, "" if step == "remove" else question_id)
        case Stale(now):
            return _page(now, CHANGED_MEANWHILE), 409
        case NotDone():
            return _page(draft, done.sentence), 422


_DONE = {"up": "Moved up", "down": "Moved down", "copy": "Copied", "remove": "Removed"}


def _step(step: str, question_id: str, draft: Draft) -> Callable[[Survey], Survey | NotDone] | None:
    match step:
        case "up":
            return lambda survey: drafting.move_question(survey, question_id, -1)
        case "down":
            return lambda survey: drafting.move_question(survey, question_id, 1)
        case "copy":
            return lambda survey: drafting.copy_question(survey, question_id, draft.retired)
        case "remove":
            return lambda survey: drafting.retire_question(survey, question_id)
        case _:
            return None


@blueprint.post("/o/<organisation>/surveys/<slug>/builder/add")
@who(Who.EDITOR)
def add_question(organisation: str, slug: str) -> str | Response | tuple[str, int]:
    draft = draft_actions.look(database(), member().organisation_id, slug)
    words, chosen, options = (
        clean(request.form.get("words", "")),
        request.form.get("kind", ""),
        request.form.get("more", ""),
    )
    if chosen not in list(Kind):
        return _page(draft, "Choose how the question is answered."), 422
    if not words:
        return _page(draft, "Write the question first."), 422
    kind = Kind(chosen)
    if clean(options) and kind not in WITH_OPTIONS:
        return _page(draft, "Options go with a list to choose from. Choose such a kind, or leave them out."), 422

    def named(survey: Survey) -> Question:
        name = free_id(words, taken_questions(survey, draft.retired))
        return new_question(kind, words, options, survey.default_language, name)

    done = change(
        draft,
        NOTHING,
        lambda survey: drafting.add_question(survey, named(survey), retired=draft.retired),
        f"Added: {words[:80]}",
    )
    return _added(draft, done)


@blueprint.get("/o/<organisation>/surveys/<slug>/builder/bank")
@who(Who.EDITOR)
def bank(organisation: str, slug: str) -> str:
    return _bank_page(draft_actions.look(database(), member().organisation_id, slug))


@blueprint.post("/o/<organisation>/surveys/<slug>/builder/bank")
@who(Who.EDITOR)
def add_from_bank(organisation: str, slug: str) -> str | Response | tuple[str, int]:
    draft = draft_actions.look(database(), member().organisation_id, slug)
    one = question_bank.called(request.form.get("bank", ""))
    if one is None:
        return _bank_page(draft, "Choose a question of the bank."), 422
    filled = {name: clean(request.form.get(name, "")) for name in one.placeholders}
    if missing := [name for name, words in filled.items() if not words]:
        return _bank_page(draft, f"Fill in {' and '.join(showing.placeholder(name) for name in missing)} first."), 422
    question = showing.in_survey(question_bank.filled(one, filled), draft)
    done = change(
        draft,
        NOTHING,
        lambda survey: drafting.add_question(survey, question, retired=draft.retired),
        f"Added from the bank: {drafting.called(draft.survey, question)[:80]}",
    )
    return _added(draft, done)


def _added(draft: Draft, done: Saved | Stale | NotDone) -> str | Response | tuple[str, int]:
    match done:
        case Saved(survey):
            question = survey.questions[-1]
            flash(f"Added: {drafting.called(survey, question)}")
            return redirect(address_of(survey.slug, question.id), 303)
        case Stale(now):
            return _page(now, CHANGED_MEANWHILE), 409
        case NotDone():
            words = " ".join([done.sentence, *(showing.words_of(problem) for problem in done.problems)])
            return _page(draft, words), 422


def change(
    draft: Draft, touches: str, apply: Callable[[Survey], Survey | NotDone], what: str
) -> Saved | Stale | NotDone:
    """Changes the draft that the form was made from, as the member who is signed in."""
    org, by, now = member().organisation_id, member().account_id, clock.now()
    revision = request.form.get("revision", "")
    return run_again(
        lambda: draft_actions.change(
            database(),
            org,
            draft.survey.slug,
            revision=revision,
            touches=touches,
            apply=apply,
            what=what,
            by=by,
            now=now,
        )
    )


def address_of(slug: str, question_id: str) -> str:
    """The page of one question."""
    organisation = member().organisation_slug
    return url_for("authoring.edit_question", organisation=organisation, slug=slug, question=question_id)


def _to_builder(draft: Draft, question_id: str) -> Response:
    organisation, slug = member().organisation_slug, draft.survey.slug
    builder = url_for("authoring.builder", organisation=organisation, slug=slug, _anchor=question_id or None)
    return redirect(builder, 303)


def _page(draft: Draft, problem: str = "") -> str:
    survey = draft.survey
    problems = showing.problem_lines(draft.record.draft, member().organisation_name, settings().public_url, clock.now())
    return render_template(
        "authoring/builder.html",
        draft=draft,
        survey=survey,
        lines=showing.question_lines(survey, problems),
        problems=problems,
        kinds=KINDS,
        typed=request.form if problem else {},
        changes=changes_between(draft.published, survey, draft.earlier) if draft.published else (),
        effects=EFFECTS,
        problem=problem,
        here="surveys",
    )


def _bank_page(draft: Draft, problem: str = "") -> str:
    topic, word = request.args.get("topic", ""), request.args.get("word", "")[:60]
    return render_template(
        "authoring/bank.html",
        draft=draft,
        survey=draft.survey,
        topic=topic,
        word=word,
        topics=[(one.id, one.label) for one in question_bank.topics()] + list(question_bank.GROUPS.items()),
        labels={one.id: one.label for one in question_bank.topics()},
        found=question_bank.search(topic, word),
        kinds=KINDS,
        placeholder=showing.placeholder,
        taken={question.id for question in draft.survey.questions},
        typed=request.form,
        problem=problem,
        here="surveys",
    )
