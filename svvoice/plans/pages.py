"""Staff pages of the plan: the plan itself, its outcomes and promises, and how each promise goes."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.errors import NotFound
from svvoice.plans import actions, decision_pages, finding_pages
from svvoice.plans.actions import By, PlanRecords
from svvoice.plans.blueprint import blueprint
from svvoice.plans.forms import (
    EvidenceAnswerForm,
    OutcomeForm,
    PlanForm,
    PromiseForm,
    UpdateForm,
    filled_from,
    offered,
    written_in,
)
from svvoice.plans.showing import evidence_line, plan_screen
from svvoice.store.database import run_again
from svvoice.store.plans import Commitment, Outcome, Plan
from svvoice.web.access import Role, Who, member, who
from svvoice.web.services import database

__all__ = ["blueprint", "decision_pages", "finding_pages"]

Page = str | Response | tuple[str, int]

Row = TypeVar("Row", Plan, Outcome)


@blueprint.get("/o/<organisation>/plan")
@who(Who.VIEWER)
def show(organisation: str) -> str:
    screen = plan_screen(_records(), _asked_for("plan"), clock.today())
    return render_template("plans/plan.html", screen=screen, here="plan", may_edit=member().may(Role.EDITOR))


@blueprint.route("/o/<organisation>/plan/new", methods=["GET", "POST"])
@who(Who.EDITOR)
def new_plan(organisation: str) -> Page:
    form = _begun(PlanForm())
    if not form.validate_on_submit():
        return form_page(form, "Begin a plan", "Keep the plan", _back())
    words = {"title": form.title.data, "starts": form.starts.data, "ends": form.ends.data}
    run_again(lambda: actions.begin_plan(database(), _ours(), new_id(form), by(), **words))
    return _to_plan(new_id(form))


@blueprint.route("/o/<organisation>/plan/<uuid:plan>/edit", methods=["GET", "POST"])
@who(Who.EDITOR)
def edit_plan(organisation: str, plan: UUID) -> Page:
    form = PlanForm(obj=_one(_records().plans, plan))
    if not form.validate_on_submit():
        return form_page(form, "Change the plan", "Keep the change", _back(plan))
    words = {"title": form.title.data, "starts": form.starts.data, "ends": form.ends.data}
    run_again(lambda: actions.change_plan(database(), _ours(), plan, by(), **words))
    return _to_plan(plan)


@blueprint.route("/o/<organisation>/plan/outcomes/new", methods=["GET", "POST"])
@who(Who.EDITOR)
def new_outcome(organisation: str) -> Page:
    plan = _shown_plan(_records())
    form = _begun(OutcomeForm())
    if not form.validate_on_submit():
        return form_page(form, "Add an outcome", "Keep the outcome", _back(plan.id))
    words = {"statement": form.statement.data, "informs": form.informs.data.split()}
    run_again(lambda: actions.add_outcome(database(), _ours(), new_id(form), by(), plan_id=plan.id, **words))
    return _to_plan(plan.id)


@blueprint.route("/o/<organisation>/plan/outcomes/<uuid:outcome>/edit", methods=["GET", "POST"])
@who(Who.EDITOR)
def edit_outcome(organisation: str, outcome: UUID) -> Page:
    kept = _one(_records().outcomes, outcome)
    form = OutcomeForm(data={"statement": kept.statement, "informs": " ".join(kept.informs)})
    if not form.validate_on_submit():
        return form_page(form, "Change the outcome", "Keep the change", _back(kept.plan_id))
    words = {"statement": form.statement.data, "informs": form.informs.data.split()}
    run_again(lambda: actions.change_outcome(database(), _ours(), outcome, by(), **words))
    return _to_plan(kept.plan_id)


@blueprint.route("/o/<organisation>/plan/promises/new", methods=["GET", "POST"])
@who(Who.EDITOR)
def new_promise(organisation: str) -> Page:
    records = _records()
    plan = _shown_plan(records)
    outcomes = [outcome for outcome in records.outcomes if outcome.plan_id == plan.id]
    if not outcomes:
        return redirect(url_for("plans.new_outcome", organisation=organisation, plan=plan.id), 303)
    form = _begun(_promise_form(outcomes, {"outcome": request.args.get("outcome", "")}))
    if not form.validate_on_submit():
        return form_page(form, "Add a promise", "Keep the promise", _back(plan.id))
    promise = _promise(form, new_id(form))
    run_again(lambda: actions.add_promise(database(), _ours(), promise, by()))
    return _to_plan(plan.id, promise.id)


@blueprint.route("/o/<organisation>/plan/<uuid:commitment>/promise", methods=["GET", "POST"])
@who(Who.EDITOR)
def edit_promise(organisation: str, commitment: UUID) -> Page:
    kept = actions.promise(database(), _ours(), commitment)
    outcome = _one(_records().outcomes, kept.outcome_id)
    form = _promise_form([outcome], {**vars(kept), "outcome": str(outcome.id), **filled_from("words", kept.words)})
    if not form.validate_on_submit():
        return form_page(form, "Change the promise", "Keep the change", _back(outcome.plan_id, commitment))
    promise = _promise(form, commitment)
    run_again(lambda: actions.change_promise(database(), _ours(), promise, by()))
    return _to_plan(outcome.plan_id, commitment)


@blueprint.route("/o/<organisation>/plan/<uuid:commitment>/progress", methods=["GET", "POST"])
@who(Who.EDITOR)
def say_progress(organisation: str, commitment: UUID) -> Page:
    kept = actions.promise(database(), _ours(), commitment)
    form = _begun(UpdateForm())
    if not form.validate_on_submit():
        return form_page(form, "Say how it stands", "Keep what we say", _back(None, commitment), kept.words["en"])
    said = {"commitment_id": commitment, "words": form.words.data, "name": member().name}
    run_again(lambda: actions.say_progress(database(), _ours(), new_id(form), by(), **said))
    return _to_plan(_plan_of(kept), commitment)


@blueprint.route("/o/<organisation>/plan/<uuid:commitment>/evidence/<uuid:evidence>/answers", methods=["GET", "POST"])
@who(Who.EDITOR)
def answer_evidence(organisation: str, commitment: UUID, evidence: UUID) -> Page:
    found = finding_pages.evidence_under(_ours(), commitment, evidence)
    form = _begun(EvidenceAnswerForm())
    if not form.validate_on_submit():
        line = evidence_line(found, ()).finding
        about = f"{line.headline} {line.people}"
        return form_page(form, "Answer this evidence", "Keep the answer", _back(None, commitment), about)
    finding_pages.keep_answer(_ours(), new_id(form), found, form.words.data, by())
    return _to_plan(_plan_of(actions.promise(database(), _ours(), commitment)), commitment)


def form_page(form: FlaskForm, title: str, button: str, back: str, about: str = "") -> str | tuple[str, int]:
    """One form on a page; what does not fit is said at its field."""
    html = render_template(
        "plans/form.html", form=form, title=title, button=button, back=back, about=about, here="plan"
    )
    return (html, 422) if form.errors else html


def by() -> By:
    return By(member().account_id, clock.now())


def new_id(form: Any) -> UUID:
    return UUID(form.new_id.data)


def _begun(form: Any) -> Any:
    """A form for something new, with the id that it will have."""
    if not form.new_id.data:
        form.new_id.data = str(uuid4())
    return form


def _promise_form(outcomes: list[Outcome], data: dict[str, Any]) -> Any:
    form = PromiseForm(data=data)
    form.outcome.choices = offered({str(outcome.id): outcome.statement for outcome in outcomes})
    return form


def _promise(form: Any, promise_id: UUID) -> Commitment:
    return Commitment(
        id=promise_id,
        outcome_id=UUID(form.outcome.data),
        words=written_in(form, "words"),
        owner=form.owner.data,
        due=form.due.data,
        answer_due=form.answer_due.data,
        status=form.status.data,
    )


def _ours() -> UUID:
    return member().organisation_id


def _records() -> PlanRecords:
    return actions.read_plan(database(), _ours())


def _asked_for(name: str) -> UUID | None:
    return request.args.get(name, type=UUID)


def _shown_plan(records: PlanRecords) -> Plan:
    """The plan asked for, else the one that ends last. Raises NotFound where there is none."""
    asked = _asked_for("plan")
    if asked is not None:
        return _one(records.plans, asked)
    if not records.plans:
        raise NotFound("no plan yet")
    return records.plans[0]


def _plan_of(promise: Commitment) -> UUID:
    return _one(_records().outcomes, promise.outcome_id).plan_id


def _one(rows: list[Row], row_id: UUID) -> Row:
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound(str(row_id))


def _back(plan: UUID | None = None, promise: UUID | None = None) -> str:
    anchor = f"promise-{promise}" if promise else None
    return url_for("plans.show", organisation=member().organisation_slug, plan=plan, _anchor=anchor)


def _to_plan(plan: UUID, promise: UUID | None = None) -> Response:
    return redirect(_back(plan, promise), 303)
