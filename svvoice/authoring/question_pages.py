"""One question: its form, what a change does to what people said already, and how it looks by page and by text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.authoring import draft_actions, preview, question_form, showing
from svvoice.authoring.blueprint import blueprint
from svvoice.authoring.builder_pages import address_of, change
from svvoice.authoring.draft_actions import Draft, Saved, Stale
from svvoice.authoring.question_form import KINDS, Filled
from svvoice.core import drafting, question_bank
from svvoice.core.changes import Found, question_changes, refused
from svvoice.core.conditions_in_words import Row, Rows, in_words, offers, rows_of
from svvoice.core.drafting import NotDone, free_id, taken_questions
from svvoice.core.survey import Kind, Question, Survey
from svvoice.errors import NotFound
from svvoice.language import ENGLISH_NAMES
from svvoice.web.access import Who, member, who
from svvoice.web.headers import policy
from svvoice.web.services import database, settings

SPARE_ROWS = 2


@dataclass(frozen=True)
class Notice:
    """Why the form is shown again."""

    sentence: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    changes: tuple[Found, ...] = ()
    theirs: Question | None = None
    gone: bool = False
    status: int = 422


@blueprint.get("/o/<organisation>/surveys/<slug>/questions/<question>")
@who(Who.EDITOR)
def edit_question(organisation: str, slug: str, question: str) -> Response:
    draft = draft_actions.look(database(), member().organisation_id, slug)
    asked = draft.survey.question(question)
    if asked is None:
        raise NotFound(question)
    return _page(draft, Filled(asked), Notice(status=200))


@blueprint.post("/o/<organisation>/surveys/<slug>/questions/<question>")
@who(Who.EDITOR)
def save_question(organisation: str, slug: str, question: str) -> Response:
    """`do` is save, as_new, or up, down or drop with an option's id: each keeps what was written as well."""
    draft = draft_actions.look(database(), member().organisation_id, slug)
    before = draft.survey.question(question) or _gone(question)
    filled = question_form.read(
        request.form, before, draft.survey.default_language, draft.options_ever.get(question, frozenset())
    )
    step, _, option = request.form.get("do", "save").partition(":")
    filled = _options_stepped(draft, filled, step, option)
    if filled.wrong:
        return _page(draft, filled, Notice("", dict(filled.wrong)))
    if step == "as_new":
        return _save_as_new(draft, filled)
    fresh = _fresh_changes(draft, filled.question)
    if refused(fresh):
        return _page(draft, filled, Notice(changes=fresh))
    if fresh and request.form.get("seen") != digest_of(fresh):
        return _page(draft, filled, Notice(changes=fresh))
    return _save(draft, filled)


def _gone(question_id: str) -> Question:
    """Somebody took the question out while this form was open: what was written is shown all the same."""
    kind = request.form.get("kind", "")
    if kind not in list(Kind):
        raise NotFound(question_id)
    return Question(question_id, Kind(kind), {})


def _options_stepped(draft: Draft, filled: Filled, step: str, option: str) -> Filled:
    alone = replace(draft.survey, questions=(filled.question,))
    steps = {"up": -1, "down": 1}
    if step in steps:
        after = drafting.move_option(alone, filled.question.id, option, steps[step])
    elif step == "drop":
        kept = tuple(one for one in filled.question.options if one.id != option)
        wrong = {name: words for name, words in filled.wrong.items() if name != "options"}
        return replace(filled, question=replace(filled.question, options=kept), wrong=wrong)
    else:
        return filled
    return filled if isinstance(after, NotDone) else replace(filled, question=after.questions[0])


def _fresh_changes(draft: Draft, asked: Question) -> tuple[Found, ...]:
    """What this form changes of a question that was published; what the draft holds already was looked at before."""
    published = draft.earlier.get(asked.id)
    if published is None:
        return ()
    standing = draft.survey.question(asked.id)
    known = set(question_changes(published, standing, draft.survey)) if standing else set()
    return tuple(one for one in question_changes(published, asked, draft.survey) if one not in known)


def digest_of(changes: Sequence[Found]) -> str:
    """What the form brings back once somebody has read what these changes do."""
    return hashlib.sha256(repr(changes).encode()).hexdigest()[:16]


def _save(draft: Draft, filled: Filled) -> Response:
    asked = filled.question
    words = drafting.called(draft.survey, asked)
    return _answer(
        draft,
        filled,
        change(draft, asked.id, lambda survey: drafting.change_question(survey, asked), f"Changed: {words[:80]}"),
        asked.id,
    )


def _save_as_new(draft: Draft, filled: Filled) -> Response:
    """Another meaning gets another id: the old question is retired, the new one stands in its place."""
    words = drafting.called(draft.survey, filled.question)
    name = free_id(words, taken_questions(draft.survey, draft.retired))
    asked = replace(filled.question, id=name)

    def apply(survey: Survey) -> Survey | NotDone:
        old = survey.question(filled.question.id)
        added = drafting.add_question(survey, asked, after=old.id if old else None, retired=draft.retired)
        return drafting.retire_question(added, old.id) if old and not isinstance(added, NotDone) else added

    return _answer(draft, filled, change(draft, draft_actions.NOTHING, apply, f"Made new: {words[:80]}"), name)


def _answer(draft: Draft, filled: Filled, done: Saved | Stale | NotDone, question_id: str) -> Response:
    match done:
        case Saved():
            flash("Saved.")
            return redirect(address_of(draft.survey.slug, question_id), 303)
        case Stale(now):
            theirs = now.survey.question(filled.question.id)
            return _page(now, filled, Notice(theirs=theirs, gone=theirs is None, status=409))
        case NotDone():
            gone = done.reason is drafting.Refusal.NO_SUCH_QUESTION
            return _page(draft, filled, Notice(done.sentence, question_form.misfits(done.problems), gone=gone))


@blueprint.get("/o/<organisation>/surveys/<slug>/questions/<question>/preview")
@who(Who.EDITOR)
def preview_page(organisation: str, slug: str, question: str) -> Response:
    """The respondents' own page, to stand inside the form's page: nothing in it can be sent."""
    draft = draft_actions.look(database(), member().organisation_id, slug)
    asked = draft.survey.question(question)
    shown = preview.shown_with(draft.survey, asked) if asked else None
    if shown is None:
        raise NotFound(question)
    language = _language(draft.survey)
    screen = preview.page(draft.survey, *shown, language, member().organisation_name, member().is_example)
    answer = make_response(render_template("answering/question.html", screen=screen))
    answer.headers["Content-Security-Policy"] = policy(framed_by="'self'")
    return answer


def _language(survey: Survey) -> str:
    asked = request.args.get("lang", "")
    return asked if asked in survey.languages else survey.default_language


def _page(draft: Draft, filled: Filled, notice: Notice) -> Response:
    survey, asked = draft.survey, filled.question
    language, standing = _language(survey), survey.question(asked.id)
    offered = list(offers(survey, asked.id))
    rows = filled.rows or rows_of(asked.show_if, survey)
    shown = preview.shown_with(survey, standing) if standing else None
    answer: FlaskResponse = make_response(
        render_template(
            "authoring/question.html",
            draft=draft,
            survey=survey,
            asked=asked,
            words=asked.text.get(survey.default_language, ""),
            kind=KINDS[asked.kind],
            number=(drafting.place_of(survey, asked.id) or 0) + 1 if standing else None,
            rows=_padded(rows),
            condition=in_words(asked.show_if, survey) if asked.show_if else "",
            offers=offered,
            has_numbers=any(choice.endswith("|") for offer in offered for choice, _ in offer.choices),
            topics=question_bank.topics(),
            notice=notice,
            seen=digest_of(notice.changes),
            is_refused=bool(refused(notice.changes)),
            published=draft.earlier.get(asked.id),
            options_in_words=showing.options_in_words,
            language=language,
            names=ENGLISH_NAMES,
            has_page=shown is not None,
            text=_text(survey, standing, language) if standing else None,
            problems=_problems(draft, asked.id) if notice.status == 200 else (),
            here="surveys",
        ),
        notice.status,
    )
    answer.headers["Content-Security-Policy"] = policy(frames="'self'")
    return answer


def _text(survey: Survey, question: Question, language: str) -> preview.TextShown | None:
    link, pence = f"{settings().public_url}/s/{survey.slug}", settings().text_price_pence
    return preview.text(survey, question, language, organisation=member().organisation_name, link=link, pence=pence)


def _problems(draft: Draft, question_id: str) -> list[showing.ProblemLine]:
    found = showing.problem_lines(draft.record.draft, member().organisation_name, settings().public_url, clock.now())
    return [line for line in found if line.question == question_id]


def _padded(rows: Rows | None) -> Rows | None:
    """Some empty rows behind the filled ones; none where the condition is more than rows can say."""
    if rows is None:
        return None
    return Rows(rows.how, (*rows.rows, *(Row("") for _ in range(SPARE_ROWS))))
