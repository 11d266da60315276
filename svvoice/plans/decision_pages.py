"""Staff pages on which a decision is written, looked at and published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.core.decisions import DecisionProblem, Difference, Verdict
from svvoice.core.sms_text import segments
from svvoice.language import ENGLISH_NAMES, SHIPPED
from svvoice.plans import decision_actions as actions
from svvoice.plans.actions import By
from svvoice.plans.blueprint import blueprint
from svvoice.plans.decision_actions import ChangedSince, NotReady, Outlook, Published, PublishedBefore, Written
from svvoice.plans.forms import DIFFERENCES, VERDICTS, DecisionForm, PublishForm, filled_from, written_in
from svvoice.plans.screens import DecisionPreview, DecisionWords, TextSample
from svvoice.plans.showing import counted
from svvoice.plans.telling import languages_with_words
from svvoice.store.database import run_again
from svvoice.store.decisions import Decided
from svvoice.web.access import Role, Who, member, who
from svvoice.web.services import database, settings

Page = str | Response | tuple[str, int]

PROBLEMS = {
    DecisionProblem.REASON_MISSING: ("reason_en", "Give the reason: nobody takes a bare yes or no."),
    DecisionProblem.REASON_TOO_LONG: ("reason_en", "Make the reason shorter."),
    DecisionProblem.OTHERWISE_MISSING: ("otherwise_en", "Say what you would have done without these voices."),
    DecisionProblem.OTHERWISE_TOO_LONG: ("otherwise_en", "Make this shorter."),
}


@blueprint.route("/o/<organisation>/plan/<uuid:commitment>/decision", methods=["GET", "POST"])
@who(Who.EDITOR)
def write_decision(organisation: str, commitment: UUID) -> Page:
    promise, kept = actions.draft(database(), member().organisation_id, commitment)
    form: Any = DecisionForm(data=_filled(kept) if kept else None)
    if form.validate_on_submit():
        decided = _decided(form)
        match run_again(lambda: actions.write(database(), member().organisation_id, commitment, decided, _by())):
            case Written(decision_id):
                return redirect(_address(organisation, commitment, decision_id), 303)
            case NotReady() as not_ready:
                _say_what_is_missing(form, not_ready)
    others = tuple((tag, ENGLISH_NAMES[tag]) for tag in SHIPPED if tag != "en")
    html = render_template("plans/decision_form.html", form=form, promise=promise, others=others, here="plan")
    return (html, 422) if form.errors else html


@blueprint.get("/o/<organisation>/plan/<uuid:commitment>/decision/<uuid:decision>")
@who(Who.VIEWER)
def show_decision(organisation: str, commitment: UUID, decision: UUID) -> str:
    outlook = actions.look_at(
        database(),
        member().organisation_id,
        commitment,
        decision,
        name=member().organisation_name,
        public_url=settings().public_url,
    )
    screen = _preview(outlook)
    return render_template(
        "plans/decision.html",
        screen=screen,
        form=PublishForm(data={"seen": screen.seen}),
        here="plan",
        may_edit=member().may(Role.EDITOR),
    )


@blueprint.post("/o/<organisation>/plan/<uuid:commitment>/decision/<uuid:decision>/publish")
@who(Who.EDITOR)
def publish_decision(organisation: str, commitment: UUID, decision: UUID) -> Page:
    form = PublishForm()
    seen = form.seen.data or "" if form.validate_on_submit() else ""
    ours, name, public_url, by = member().organisation_id, member().organisation_name, settings().public_url, _by()
    match run_again(
        lambda: actions.publish(database(), ours, commitment, decision, by, seen=seen, name=name, public_url=public_url)
    ):
        case Published(texts):
            flash(f"Published. {_who_is_texted(texts)}")
        case PublishedBefore():
            flash("It was published before. Nothing has changed, and nobody is texted twice.")
        case ChangedSince():
            flash("Somebody has changed the words since you looked. Read them again, then publish.")
    return redirect(_address(organisation, commitment, decision), 303)


def _who_is_texted(texts: int) -> str:
    if not texts:
        return "Nobody had asked to be texted, so no text goes out."
    return f"{counted(texts, 'person', 'people')} will be texted, by day only."


def _filled(decided: Decided) -> dict[str, Any]:
    return {
        "verdict": decided.verdict.value,
        "difference": decided.difference.value,
        **filled_from("heard", decided.heard),
        **filled_from("reason", decided.reason),
        **filled_from("otherwise", decided.otherwise),
    }


def _decided(form: Any) -> Decided:
    return Decided(
        verdict=Verdict(form.verdict.data),
        heard=written_in(form, "heard"),
        reason=written_in(form, "reason"),
        otherwise=written_in(form, "otherwise"),
        difference=Difference(form.difference.data),
    )


def _say_what_is_missing(form: Any, not_ready: NotReady) -> None:
    for problem in not_ready.problems:
        field, sentence = PROBLEMS[problem]
        form[field].errors = [*form[field].errors, sentence]
    for language in not_ready.half_written:
        name = ENGLISH_NAMES[language]
        form[f"reason_{language}"].errors = [f"Write all of it in {name}, or leave all of {name} empty."]


def _preview(outlook: Outlook) -> DecisionPreview:
    decision = outlook.decision
    decided = decision.decided
    return DecisionPreview(
        id=decision.id,
        commitment_id=decision.commitment_id,
        promise=outlook.promise.words["en"],
        words=tuple(
            DecisionWords(tag, decided.heard[tag], decided.reason[tag], decided.otherwise.get(tag, ""))
            for tag in languages_with_words(decided)
        ),
        verdict=decided.verdict.value,
        label=VERDICTS[decided.verdict],
        difference=DIFFERENCES[decided.difference],
        seen=actions.digest(decided),
        published_at=decision.published_at,
        told_back=outlook.told_back,
        texts=tuple(
            TextSample(one.language, one.people, one.body, segments(one.body).count) for one in outlook.samples
        ),
        people=sum(one.people for one in outlook.samples),
        pages=outlook.pages,
    )


def _address(organisation: str, commitment: UUID, decision: UUID) -> str:
    return url_for("plans.show_decision", organisation=organisation, commitment=commitment, decision=decision)


def _by() -> By:
    return By(member().account_id, clock.now())
