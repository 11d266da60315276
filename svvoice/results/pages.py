"""Staff pages of results: what people said, what they wrote, and the answers as files."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from svvoice import clock
from svvoice.errors import NotFound
from svvoice.language import ENGLISH_NAMES, speech
from svvoice.results import actions, exports
from svvoice.results.counting import Group, Results
from svvoice.results.exports import ExportFailed, Format
from svvoice.results.figures import count_word
from svvoice.results.forms import CompareForm
from svvoice.results.showing import results_screen
from svvoice.results.wording import Words
from svvoice.store.database import run_again
from svvoice.web.access import Who, member, who
from svvoice.web.downloads import csv_download
from svvoice.web.services import database

blueprint = Blueprint("results", __name__)

PUBLIC_PAGE = "/s/{slug}/what-people-said"


@blueprint.get("/o/<organisation>/surveys/<slug>/results")
@who(Who.VIEWER)
def show(organisation: str, slug: str) -> str:
    now = clock.now()
    wanted = _group(request.args.get("compare", ""))
    ours, example = member().organisation_id, member().is_example
    results = actions.results_of(database(), ours, slug, wanted, is_example=example)
    screen = results_screen(results, _state(results))
    form = CompareForm(request.args)
    form.compare.choices = {
        "": [("", "Nobody")],
        **{name: [(choice.value, choice.words) for choice in choices] for name, choices in screen.choices},
    }
    return render_template(
        "results/results.html",
        screen=screen,
        form=form,
        not_compared=wanted is not None and results.compared is None,
        counted_at=now.astimezone(clock.LONDON).strftime("%H:%M"),
        public=PUBLIC_PAGE.format(slug=slug),
        failed=exports.failed_lately(database(), ours, slug, member().account_id, now),
        here="surveys",
    )


@blueprint.get("/o/<organisation>/surveys/<slug>/results/<question>")
@who(Who.EDITOR)
def read(organisation: str, slug: str, question: str) -> str:
    now, page = clock.now(), request.args.get("page", 1, type=int)
    ours, by, example = member().organisation_id, member().account_id, member().is_example
    found = run_again(lambda: actions.writings_of(database(), ours, slug, question, page, by, now, is_example=example))
    words = Words((found.survey,))
    return render_template(
        "results/writings.html",
        found=found,
        slug=slug,
        text=words.said(found.question.text),
        title=words.said(found.survey.title),
        names=ENGLISH_NAMES,
        here="surveys",
    )


@blueprint.get("/o/<organisation>/surveys/<slug>/responses.csv")
@who(Who.EDITOR)
def responses_csv(organisation: str, slug: str) -> Response:
    match request.args.get("format", ""):
        case "":
            return _download(slug, Format.CODE)
        case "labels":
            return _download(slug, Format.LABELS)
        case unknown:
            raise NotFound(f"format {unknown}")


@blueprint.get("/o/<organisation>/surveys/<slug>/codebook.csv")
@who(Who.EDITOR)
def codebook_csv(organisation: str, slug: str) -> Response:
    return _download(slug, Format.CODEBOOK)


@blueprint.errorhandler(ExportFailed)
def broken_off(_error: ExportFailed) -> Redirect:
    """A wrong file that was found out before anything was sent: the results page says so."""
    return redirect(url_for("results.show", **(request.view_args or {})), 303)


def _download(slug: str, format_: Format) -> Response:
    ours, by, now, language = member().organisation_id, member().account_id, clock.now(), request.args.get("lang")
    export = run_again(lambda: exports.begin_export(database(), ours, slug, format_, language, by, now))
    return csv_download(export.file_name, export.pieces)


def _group(asked: str) -> Group | None:
    by, colon, value = asked.partition(":")
    return Group(by, value) if colon else None


def _state(results: Results) -> str:
    """Whether it takes answers, in how many languages, and how."""
    record, latest = results.record, results.versions[-1]
    number = len(latest.languages)
    languages = f"{count_word(number)} language{'s' if number > 1 else ''}."
    ways = "By page and by text." if latest.keyword else "By page."
    return f"{_open_or_closed(record.state, record.closes_at)} {languages} {ways}"


def _open_or_closed(state: str, closes_at: datetime | None) -> str:
    if closes_at is not None:
        last_day = speech("en").day(clock.london_day(closes_at - timedelta(days=1)))
        if state == "open":
            return f"Closed on {last_day}." if clock.now() >= closes_at else f"Open until {last_day}."
    return "Open: it takes answers." if state == "open" else "Closed."
