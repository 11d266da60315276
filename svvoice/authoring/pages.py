"""Staff pages about surveys: where to start, the list, and one survey with the way to publish it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.authoring import actions, builder_pages, question_pages, showing, survey_pages
from svvoice.authoring.actions import KeywordTaken, MeaningChanged, NotConfirmed, Published, Refused
from svvoice.authoring.blueprint import blueprint
from svvoice.authoring.forms import CloseForm, PublishForm, ReopenForm
from svvoice.core.document import from_json
from svvoice.core.phone import as_written
from svvoice.errors import NotFound
from svvoice.language import ENGLISH_NAMES, NOT_YET_READ
from svvoice.store import senders, surveys
from svvoice.store.database import run_again
from svvoice.store.surveys import SurveyRecord
from svvoice.web.access import Who, member, who
from svvoice.web.services import database, settings

__all__ = ["blueprint", "builder_pages", "question_pages", "survey_pages"]


@dataclass(frozen=True)
class SurveyLine:
    """A survey in a list."""

    slug: str
    title: str
    state: str
    version: int
    keyword: str | None
    languages: tuple[str, ...]
    closes_at: datetime | None


@blueprint.get("/o/<organisation>/")
@who(Who.VIEWER)
def home(organisation: str) -> str:
    return render_template("authoring/home.html", surveys=_lines(), here="home")


@blueprint.get("/o/<organisation>/surveys")
@who(Who.VIEWER)
def list_surveys(organisation: str) -> str:
    return render_template("authoring/surveys.html", surveys=_lines(), here="surveys")


@blueprint.get("/o/<organisation>/surveys/<slug>")
@who(Who.VIEWER)
def show_survey(organisation: str, slug: str) -> str:
    return _survey_page(slug, PublishForm())


@blueprint.post("/o/<organisation>/surveys/<slug>/publish")
@who(Who.EDITOR)
def publish(organisation: str, slug: str) -> str | Response | tuple[str, int]:
    form = PublishForm()
    ticked = request.form.getlist("languages")
    by, org, now = member().account_id, member().organisation_id, clock.now()
    match run_again(lambda: actions.publish(database(), org, slug, ticked, settings().public_url, by, now)):
        case Published(version):
            flash(f"Published as version {version}. It takes answers now.")
            return redirect(url_for("authoring.show_survey", organisation=organisation, slug=slug), 303)
        case Refused():
            return _survey_page(slug, form, "Some things must be mended before this can be published."), 422
        case KeywordTaken(keyword):
            return _survey_page(
                slug, form, f"Another survey already uses the keyword {keyword}. Choose another one."
            ), 422
        case MeaningChanged(changes):
            words = " ".join(f"“{one.about}”: {one.detail} Make it a new question." for one in changes)
            return _survey_page(slug, form, words), 422
        case NotConfirmed(languages):
            names = ", ".join(ENGLISH_NAMES.get(tag, tag) for tag in languages)
            return _survey_page(slug, form, f"Tick each language once somebody has read it. Not ticked: {names}."), 422


@blueprint.post("/o/<organisation>/surveys/<slug>/close")
@who(Who.EDITOR)
def close(organisation: str, slug: str) -> Response:
    form = CloseForm()
    if form.validate_on_submit():
        by, org, now = member().account_id, member().organisation_id, clock.now()
        run_again(lambda: actions.close(database(), org, slug, by, now))
        flash("Closed. No more answers are taken.")
    return redirect(url_for("authoring.show_survey", organisation=organisation, slug=slug), 303)


@blueprint.post("/o/<organisation>/surveys/<slug>/reopen")
@who(Who.EDITOR)
def reopen(organisation: str, slug: str) -> Response:
    form = ReopenForm()
    if form.validate_on_submit():
        by, org, now = member().account_id, member().organisation_id, clock.now()
        run_again(lambda: actions.reopen(database(), org, slug, by, now))
        flash("Open again.")
    return redirect(url_for("authoring.show_survey", organisation=organisation, slug=slug), 303)


def _lines() -> list[SurveyLine]:
    with database().reading() as session:
        return [_line(record) for record in surveys.surveys_of(session, member().organisation_id)]


def _line(record: SurveyRecord) -> SurveyLine:
    survey = from_json(record.draft)
    title = survey.words(survey.title, survey.default_language)
    names = tuple(ENGLISH_NAMES.get(tag, tag) for tag in survey.languages)
    return SurveyLine(record.slug, title, record.state, record.version, record.keyword, names, record.closes_at)


def _survey_page(slug: str, form: PublishForm, problem: str = "") -> str:
    with database().reading() as session:
        record = surveys.survey_called(session, member().organisation_id, slug)
        if record is None:
            raise NotFound(slug)
        published = surveys.version_document(session, member().organisation_id, record.id, record.version)
        numbers = senders.numbers_of(session, member().organisation_id)
    survey = from_json(record.draft)
    name, url = member().organisation_name, settings().public_url
    form.languages.choices = [
        (tag, ENGLISH_NAMES.get(tag, tag)) for tag in survey.languages if tag != survey.default_language
    ]
    return render_template(
        "authoring/survey.html",
        line=_line(record),
        survey=survey,
        problems=showing.problem_lines(record.draft, name, url, clock.now()),
        changed=published != record.draft,
        address=f"{settings().public_url}/s/{slug}",
        number=as_written(numbers[0]) if numbers else None,
        ours_unread=[ENGLISH_NAMES[tag] for tag in survey.languages if tag in NOT_YET_READ],
        form=form,
        close_form=CloseForm(),
        reopen_form=ReopenForm(),
        problem=problem,
        here="surveys",
    )
