"""The bare ceiling: the smallest application of the same parts that asks the same five questions, by page and by text.

Flask, Jinja, Flask-WTF's CSRF, SQLAlchemy, Twilio's signature; one commit an answer, on the product's own database
settings. It knows one survey in one language, no way back, no branches, no edits, no repeats, no sealed numbers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from flask import Flask, Response, abort, redirect, render_template, request, session, url_for
from flask_wtf import CSRFProtect
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    MetaData,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as Redirect

from benchmarks.survey import Script, five
from svvoice.store.database import SQLITE_SETTINGS

metadata = MetaData()
responses = Table(
    "responses",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
)
answers = Table(
    "answers",
    metadata,
    Column("response_id", ForeignKey("responses.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
)
conversations = Table(
    "conversations",
    metadata,
    Column("response_id", ForeignKey("responses.id"), primary_key=True),
    Column("number", Text, nullable=False, index=True),
    Column("began_at", DateTime(timezone=True), nullable=False),
)
inbound = Table(
    "inbound",
    metadata,
    Column("sid", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)

SAID = select(answers.c.value).where(
    answers.c.response_id == bindparam("response"), answers.c.question == bindparam("question")
)
OPEN = select(responses.c.id).where(responses.c.id == bindparam("response"), responses.c.finished_at.is_(None))
PLACE = (
    select(conversations.c.response_id, func.count(answers.c.question))
    .outerjoin(answers, answers.c.response_id == conversations.c.response_id)
    .where(conversations.c.number == bindparam("number"))
    .group_by(conversations.c.response_id, conversations.c.began_at)
    .order_by(conversations.c.began_at.desc())
    .limit(1)
)
BEGIN, KEEP = insert(responses), insert(answers)
BEGIN_TEXTING, KEEP_TEXT = insert(conversations), insert(inbound)
FINISH = update(responses).where(responses.c.id == bindparam("response")).values(finished_at=bindparam("now"))

Question = Mapping[str, Any]


class Questions:
    """The survey's questions, and what may be answered to each."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.all: list[Question] = document["questions"]
        self.place = {question["id"]: place for place, question in enumerate(self.all)}
        self.choices = {question["id"]: _choices(question) for question in self.all}

    def after(self, place: int) -> Question | None:
        return self.all[place + 1] if place + 1 < len(self.all) else None

    def value(self, question: Question, said: Sequence[str]) -> str | None:
        """What is kept; None where it is not an answer."""
        allowed = [value for value, _ in self.choices[question["id"]]]
        fits = set(said) <= set(allowed) if allowed else True
        one = question["kind"] == "multi_choice" or len(said) == 1
        return "|".join(said) if said and fits and one else None

    def value_of_text(self, question: Question, body: str) -> str | None:
        """Choices are texted by their numbers, yes and no as words."""
        choices = self.choices[question["id"]]
        if question["kind"] in {"text", "yes_no"}:
            return self.value(question, [body.strip() if question["kind"] == "text" else body.strip().lower()])
        places = [part.strip() for part in body.split(",")]
        if not all(place.isdigit() and 0 < int(place) <= len(choices) for place in places):
            return None
        return self.value(question, [choices[int(place) - 1][0] for place in places])

    def as_text(self, question: Question) -> str:
        lines = [f"{number} {words}" for number, (_, words) in enumerate(self.choices[question["id"]], 1)]
        return "\n".join([question["text"]["en"], *lines])


def create_app(url: str, environment: Mapping[str, str], script: Script) -> Flask:
    """The ceiling on an empty database."""
    app = Flask("benchmarks")
    app.config.update(SECRET_KEY=environment["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Lax")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    csrf = CSRFProtect(app)
    engine = _engine(url)
    metadata.create_all(engine)
    app.extensions["engine"] = engine
    app.context_processor(lambda: {"survey": script.document})
    _add_pages(app, engine, script)
    _add_texts(app, csrf, engine, script, environment)
    return app


def _engine(url: str) -> Engine:
    """The driver's own habits, which begin a transaction with the first change, and the product's settings."""
    engine = create_engine(url, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        for name, value in SQLITE_SETTINGS.items():
            connection.execute(f"PRAGMA {name}={value}")

    return engine


def _add_pages(app: Flask, engine: Engine, script: Script) -> None:
    questions = Questions(script.document)

    @app.get(f"/s/{script.slug}")
    def start() -> str:
        return render_template("start.html")

    @app.get(f"/s/{script.slug}/<question>")
    def ask(question: str) -> str:
        asked = questions.all[questions.place[question]] if question in questions.place else abort(404)
        said = None
        if response := session.get("response"):
            with engine.begin() as connection:
                said = connection.execute(SAID, {"response": response, "question": question}).scalar()
        return shown(asked, said.split("|") if said else [], "")

    @app.post(f"/s/{script.slug}/<question>")
    def answer(question: str) -> str | Redirect:
        place = questions.place[question] if question in questions.place else abort(404)
        asked, said = questions.all[place], request.form.getlist("answer")
        value = questions.value(asked, said)
        if value is None:
            return shown(asked, said, "Please choose an answer.")
        response, now = session.get("response"), datetime.now(UTC)
        following = questions.after(place)
        with engine.begin() as connection:
            if response is None:
                response = begin(connection, "web", now)
            elif connection.execute(OPEN, {"response": response}).scalar() is None:
                abort(410)
            keep(connection, response, question, value, following is None, now)
        if "response" not in session:  # the first answer: the next page at once, as the product does
            session["response"] = response
            return shown(following, [], "") if following else render_template("thanks.html")
        return redirect(url_for("ask", question=following["id"]) if following else url_for("thanks"), 303)

    @app.get(f"/s/{script.slug}/thank-you")
    def thanks() -> str:
        return render_template("thanks.html")

    def shown(asked: Question, said: Sequence[str], problem: str) -> str:
        return render_template(
            "question.html",
            question=asked,
            number=questions.place[asked["id"]] + 1,
            choices=questions.choices[asked["id"]],
            said=said,
            problem=problem,
        )


def _add_texts(app: Flask, csrf: CSRFProtect, engine: Engine, script: Script, environment: Mapping[str, str]) -> None:
    document, questions = script.document, Questions(script.document)
    validator = RequestValidator(environment["TWILIO_AUTH_TOKEN"])
    address = environment["PUBLIC_URL"] + "/sms/inbound"

    @app.post("/sms/inbound")
    def text() -> Response:
        if not validator.validate(address, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        form, now = request.form, datetime.now(UTC)
        with engine.begin() as connection:
            said = reply(connection, form["From"], form["Body"], now)
            row = {"sid": form["MessageSid"], "number": form["From"], "body": form["Body"], "reply": said}
            connection.execute(KEEP_TEXT, {**row, "received_at": now})
        twiml = f'<?xml version="1.0" encoding="UTF-8"?><Response><Message>{escape(said)}</Message></Response>'
        return Response(twiml, mimetype="text/xml")

    csrf.exempt(text)

    def reply(connection: Connection, number: str, body: str, now: datetime) -> str:
        if body.strip().upper() == script.keyword:
            response = begin(connection, "sms", now)
            row = {"response_id": response, "number": number, "began_at": now}
            connection.execute(BEGIN_TEXTING, row)
            return f"{document['sms_intro']['en']}\n{questions.as_text(questions.all[0])}"
        found = connection.execute(PLACE, {"number": number}).one_or_none()
        if found is None or found[1] >= len(questions.all):
            return f"Text {script.keyword} to begin."
        response, place = found
        question, following = questions.all[place], questions.after(place)
        value = questions.value_of_text(question, body)
        if value is None:
            return f"We could not read that.\n{questions.as_text(question)}"
        keep(connection, response, question["id"], value, following is None, now)
        return questions.as_text(following) if following else str(document["thanks"]["en"])


def begin(connection: Connection, channel: str, now: datetime) -> str:
    response = uuid4().hex
    connection.execute(BEGIN, {"id": response, "channel": channel, "started_at": now})
    return response


def keep(connection: Connection, response: str, question: str, value: str, is_last: bool, now: datetime) -> None:
    row = {"response_id": response, "question": question, "value": value, "answered_at": now}
    connection.execute(KEEP, row)
    if is_last:
        connection.execute(FINISH, {"response": response, "now": now})


def _choices(question: Question) -> list[tuple[str, str]]:
    match question["kind"]:
        case "yes_no":
            return [("yes", "Yes"), ("no", "No")]
        case "scale":
            return [(str(point), str(point)) for point in range(question["min"], question["max"] + 1)]
        case _:
            return [(option["id"], option["text"]["en"]) for option in question.get("options", [])]


def from_environment() -> Flask:
    """For gunicorn: `benchmarks.ceiling:from_environment()`."""
    return create_app(os.environ["DATABASE_URL"], os.environ, five())
