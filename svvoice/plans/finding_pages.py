"""Staff pages on which a finding is made, looked at, and put under a promise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.core.disclosure import Hidden, Shown
from svvoice.core.evidence import Direction, Finding, Refusal, Refused
from svvoice.core.summary import values_in_order
from svvoice.core.survey import OTHER, Kind, Question, Survey
from svvoice.language import ENGLISH_NAMES
from svvoice.plans import finding_actions as actions
from svvoice.plans.actions import By
from svvoice.plans.blueprint import blueprint
from svvoice.plans.finding_actions import Frozen, MovedOn, Shelf
from svvoice.plans.forms import DIRECTIONS, EvidenceForm, FindingForm, offered
from svvoice.plans.numbers import Asked, Numbers, finding_of
from svvoice.plans.screens import ChoiceLine, FindingDraft, FindingScreen
from svvoice.plans.showing import WAYS, finding_line
from svvoice.plans.showing import finding_of as kept_finding
from svvoice.store.database import run_again
from svvoice.store.findings import Evidence
from svvoice.web.access import Role, Who, member, who
from svvoice.web.services import database

Page = str | Response | tuple[str, int]

TOO_FEW = "Fewer than 10 people answered this. A finding needs 10, so that it gives nobody away."
REFUSALS = {
    Refusal.NOTHING_ANSWERED: "Nobody has answered this question yet.",
    Refusal.NO_SUCH_QUESTION: "This survey does not ask that question.",
    Refusal.NO_CHOICE: "Tick the answers that it is about.",
    Refusal.NO_SUCH_CHOICE: "One of these answers is not offered.",
    Refusal.FEWER_THAN_10: TOO_FEW,
    Refusal.COMPANION: "This number is kept back, so that no other number gives it away. Choose others.",
    Refusal.ONE_CHOICE_IN_A_GROUP: "Tick one answer only: together they would tell how many people gave both.",
    Refusal.NOT_A_CHOICE_QUESTION: "People answer this in their own words. A finding needs answers to choose from.",
    Refusal.NO_CLAIM: "Say in plain words what people told you.",
    Refusal.CLAIM_TOO_LONG: "Say it in fewer words.",
}


@blueprint.route("/o/<organisation>/surveys/<slug>/findings/new", methods=["GET", "POST"])
@who(Who.EDITOR)
def new_finding(organisation: str, slug: str) -> Page:
    question_id = request.args.get("question", "")
    if not question_id:
        survey = actions.survey_now(database(), member().organisation_id, slug)
        return render_template("plans/questions.html", survey=survey, questions=_questions(survey), here="surveys")
    form: Any = FindingForm()
    everyone = actions.numbers(database(), member().organisation_id, Asked(slug, question_id))
    _offer(form, everyone)
    if not form.validate_on_submit():
        return _draft_page(form, everyone, slug)
    asked = _asked(form, slug, question_id)
    if request.form.get("do") == "keep":
        return _freeze(form, everyone, asked)
    found = actions.numbers(database(), member().organisation_id, asked)
    return _draft_page(form, everyone, slug, finding_of(found, asked))


def _freeze(form: Any, everyone: Numbers, asked: Asked) -> Page:
    ours, seen, by = member().organisation_id, request.form.get("seen", ""), _by()
    match run_again(lambda: actions.freeze(database(), ours, asked, seen, by)):
        case Frozen(finding_id):
            flash("The finding is kept as it is now. Put it under a promise next.")
            return redirect(_address(finding_id), 303)
        case MovedOn(finding):
            moved = "This is not what you looked at: somebody has answered since. Look again."
            return _draft_page(form, everyone, asked.slug, finding, moved)
        case Refused() as refused:
            return _draft_page(form, everyone, asked.slug, refused)


@blueprint.get("/o/<organisation>/findings/<uuid:finding>")
@who(Who.VIEWER)
def show_finding(organisation: str, finding: UUID) -> str:
    stored = actions.stored(database(), member().organisation_id, finding)
    shelf = actions.shelf(database(), member().organisation_id)
    under = {one.commitment_id: DIRECTIONS[one.direction] for one in shelf.evidence if one.finding.id == finding}
    kept = kept_finding(stored)
    screen = FindingScreen(
        id=stored.id,
        made_at=stored.made_at,
        finding=kept,
        survey_title=shelf.titles.get(kept.survey, kept.survey) if kept else "",
        question_words=_asked_last(kept) if kept else "",
        content_hash=stored.content_hash,
        promises=tuple((one.id, one.words["en"]) for one in shelf.promises if one.id not in under),
        under=tuple((one.id, one.words["en"], under[one.id]) for one in shelf.promises if one.id in under),
    )
    return render_template(
        "plans/finding.html",
        screen=screen,
        here="plan",
        ways=WAYS,
        languages=ENGLISH_NAMES,
        may_edit=member().may(Role.EDITOR),
    )


@blueprint.route("/o/<organisation>/plan/<uuid:commitment>/evidence", methods=["GET", "POST"])
@who(Who.EDITOR)
def attach_finding(organisation: str, commitment: UUID) -> Page:
    form: Any = EvidenceForm(data={"finding": request.args.get("finding", "")})
    shelf = actions.shelf(database(), member().organisation_id)
    if not form.validate_on_submit():
        return _evidence_page(form, shelf, commitment)
    finding, direction, ours, by = (
        UUID(form.finding.data),
        Direction(form.direction.data),
        member().organisation_id,
        _by(),
    )
    added = run_again(
        lambda: actions.attach(database(), ours, commitment, finding, by, direction=direction, note=form.note.data)
    )
    flash("It stands under the promise now." if added else "It stood there already. Evidence stays as it was put.")
    return redirect(url_for("plans.show", organisation=organisation, _anchor=f"promise-{commitment}"), 303)


def evidence_under(organisation_id: UUID, commitment_id: UUID, evidence_id: UUID) -> Evidence:
    return actions.evidence_under(database(), organisation_id, commitment_id, evidence_id)


def keep_answer(organisation_id: UUID, answer_id: UUID, evidence: Evidence, words: str, by: By) -> None:
    run_again(
        lambda: actions.answer(database(), organisation_id, evidence.commitment_id, evidence.id, answer_id, words, by)
    )


def _asked_last(finding: Finding) -> str:
    text = finding.wordings[-1].text
    return text.get("en") or next(iter(text.values()))


def _evidence_page(form: Any, shelf: Shelf, commitment: UUID) -> Page:
    promise = actions.promise_on(shelf, commitment)
    under = {one.finding.id for one in shelf.evidence if one.commitment_id == commitment}
    lines = [finding_line(one) for one in shelf.findings if one.id not in under]
    chosen = next((line for line in lines if str(line.id) == form.finding.data), None)
    html = render_template(
        "plans/evidence.html",
        form=form,
        promise=promise,
        chosen=chosen,
        findings=lines,
        surveys=list(shelf.titles.items()),
        here="plan",
    )
    return (html, 422) if form.errors else html


def _draft_page(
    form: Any, everyone: Numbers, slug: str, result: Finding | Refused | None = None, moved: str = ""
) -> Page:
    refused = REFUSALS[result.reason] if isinstance(result, Refused) else ""
    finding = result if isinstance(result, Finding) else None
    answered = everyone.shown.answered
    screen = FindingDraft(
        slug=slug,
        survey=everyone.versions[-1].words(everyone.versions[-1].title, "en"),
        question_id=everyone.question.id,
        question=everyone.versions[-1].words(everyone.question.text, "en"),
        answered=TOO_FEW if isinstance(answered, Hidden) else f"{answered:,} people answered this.",
        may_be_made=not isinstance(answered, Hidden) and bool(form.choices.choices),
        not_a_choice="" if form.choices.choices else REFUSALS[Refusal.NOT_A_CHOICE_QUESTION],
        sentence=finding.sentence if finding else "",
        seen=finding.content_hash if finding else "",
        problem=refused or moved,
    )
    html = render_template("plans/finding_form.html", form=form, screen=screen, here="surveys")
    return (html, 422) if form.errors or screen.problem else html


def _offer(form: Any, everyone: Numbers) -> None:
    """The answers that can be ticked, and the people that it can be about."""
    lines = [_choice(everyone, value) for value in values_in_order(everyone.wordings)]
    form.choices.choices = offered({line.value: f"{line.words} ({line.number})" for line in lines})
    form.group.choices = offered(
        {"": "Everyone who answered"}
        | {f"channel:{one}": f"Those who answered {WAYS[one]}" for one in everyone.channels}
        | {f"language:{one}": f"Those who answered in {_language(one)}" for one in everyone.languages}
    )


def _choice(everyone: Numbers, value: str) -> ChoiceLine:
    number = everyone.shown.number(value)
    people = f"{number.people:,} people" if isinstance(number, Shown) else "kept back"
    return ChoiceLine(value, _label(everyone, value), people)


def _label(everyone: Numbers, value: str) -> str:
    survey = everyone.versions[-1]
    for question in reversed(everyone.wordings):
        if question.kind is Kind.YES_NO:
            return value.capitalize()
        if question.kind is Kind.SCALE:
            ends = {str(question.points[0]): question.min_label, str(question.points[-1]): question.max_label}
            return f"{value} {survey.words(ends.get(value, {}), 'en')}".strip()
        choice = question.choice(value)
        if choice is not None and choice.text:
            return survey.words(choice.text, "en")
    return "Something else" if value == OTHER else value


def _asked(form: Any, slug: str, question_id: str) -> Asked:
    by, _, group = (form.group.data or "").partition(":")
    words = {"channel": WAYS.get(group, ""), "language": f"in {_language(group)}"}.get(by, "")
    return Asked(slug, question_id, tuple(form.choices.data or ()), form.claim.data, by, group, words)


def _questions(survey: Survey) -> list[Question]:
    """Those that a finding can be made of."""
    return [question for question in survey.asked if question.has_choices]


def _language(tag: str) -> str:
    return ENGLISH_NAMES.get(tag, tag)


def _address(finding_id: UUID) -> str:
    return url_for("plans.show_finding", organisation=member().organisation_slug, finding=finding_id)


def _by() -> By:
    return By(member().account_id, clock.now())
