"""Habits that keep themselves: who may see a page, which forms bring their own proof, what every answer carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from svvoice.application import create_app
from svvoice.store.database import Database
from svvoice.web.access import Who, check_every_page
from tests.cast import Cast
from tests.conftest import Hands
from tests.people import WebPerson
from tests.publishing import document, publish

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

OPEN_TO_ANYONE = {
    "/", "/favicon.ico", "/healthz", "/readyz", "/sign-in", "/sign-in/code", "/sign-out", "/join/<token>",
    "/s/<slug>", "/s/<slug>/<question>", "/s/<slug>/thank-you", "/s/<slug>/finish-here", "/s/<slug>/someone-else",
    "/s/<slug>/delete-my-answers", "/s/<slug>/tell-me", "/s/<slug>/what-people-said",
    "/phone", "/phone/text", "/phone/network",
}  # fmt: skip


def test_a_page_that_does_not_say_who_may_see_it_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/silent", "silent", lambda: "seen")
    with pytest.raises(RuntimeError, match="silent"):
        check_every_page(app)


def test_a_staff_page_outside_an_organisation_stops_the_start(app: Flask) -> None:
    def view() -> str:
        return "seen"

    view.__who__ = Who.VIEWER  # type: ignore[attr-defined]
    app.add_url_rule("/loose", "loose", view)
    with pytest.raises(RuntimeError, match="names no organisation"):
        check_every_page(app)


def test_what_anyone_may_see_is_a_list_that_changes_on_purpose(app: Flask) -> None:
    found = {
        str(rule)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "__who__", None) is Who.ANYONE
    }
    assert found == OPEN_TO_ANYONE


def test_only_signed_turns_and_signed_webhooks_go_without_a_form_token(app: Flask) -> None:
    csrf = app.extensions["csrf"]
    assert {blueprint.name for blueprint in csrf._exempt_blueprints} == {"answering", "sms", "status"}
    assert csrf._exempt_views == set()


def test_a_staff_form_without_its_token_is_refused(environment: dict[str, str], cast: Cast) -> None:
    app = create_app(environment)
    staff = Cast(app, cast.database, cast.organisations, cast.accounts)
    response = staff.client("ada").post("/o/hillside/colleagues/invitations", data={"role": "viewer"})
    assert response.status_code == 400
    app.extensions["svvoice"].database.close()


def test_a_respondents_page_needs_its_turn_and_no_form_token(
    environment: dict[str, str], cast: Cast, database: Database, hands: Hands
) -> None:
    publish(database, cast.hillside, document("park"))
    app = create_app(environment)
    person = WebPerson(app.test_client(), "park")
    person.starts()
    person.answers("yes")
    assert person.heading == "How often do you go?"
    app.extensions["svvoice"].database.close()


@pytest.mark.parametrize("link", ["/", "/s/nowhere", "/sign-in", "/healthz", "/phone", "/o/hillside/"])
def test_every_answer_carries_its_headers(client: FlaskClient, link: str) -> None:
    headers = client.get(link).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert headers["Cache-Control"] == "no-store"


def test_the_little_picture_is_small_kept_and_asked_for_by_no_page(client: FlaskClient, cast: Cast) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/vnd.microsoft.icon")
    assert answer.headers["Cache-Control"] == "public, max-age=2592000"
    assert answer.data[:4] == b"\0\0\1\0"
    assert len(answer.data) < 500
    assert "Set-Cookie" not in answer.headers
    assert b'rel="icon"' not in client.get("/").data


def test_trace_is_not_answered(client: FlaskClient) -> None:
    assert client.open("/s/park", method="TRACE").status_code == 405


def test_debugging_is_off(app: Flask) -> None:
    assert not app.debug
    assert not app.config["PROPAGATE_EXCEPTIONS"]


def template_files() -> Iterator[str]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("name", template_files())
def test_every_template_parses_and_holds_no_script(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert "<script" not in source
    assert not re.search(r"\son[a-z]+=", source)
    assert not re.search(r'\sstyle="', source)
    assert "|safe" not in source.replace(" ", "")
