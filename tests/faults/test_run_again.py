"""A commit that the database refuses because another one came between: the action is run again whole, once is kept."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from svvoice.answering import pages, sms
from svvoice.store.database import Database
from tests.faults.kills import fill
from tests.faults.reckoning import counts
from tests.faults.standing import application
from tests.people import TextPerson, WebPerson

pytestmark = pytest.mark.xdist_group("faults")

POSTGRESQL = (
    "CREATE SEQUENCE refusals",
    """CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
      IF nextval('refusals') <= %s THEN RAISE EXCEPTION 'came between' USING ERRCODE = '40001'; END IF;
      RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON answers
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()""",
)
POSTGRESQL_AFTERWARDS = ("DROP FUNCTION IF EXISTS refuse CASCADE", "DROP SEQUENCE IF EXISTS refusals")


class CameBetweenError(sqlite3.OperationalError):
    """What PostgreSQL says; SQLite has no such state, but the same code must hold."""

    sqlstate = "40001"


@contextmanager
def refused_commits(app: Flask, times: int) -> Iterator[None]:
    """The next so many commits that hold an answer are refused: by PostgreSQL itself, else in its name."""
    database: Database = app.extensions["svvoice"].database
    if database.is_sqlite:
        refuse = _refusing(times)
        event.listen(database.engine, "commit", refuse)
        yield
        event.remove(database.engine, "commit", refuse)
        return
    try:
        _execute(database, *(statement.replace("%s", str(times)) for statement in POSTGRESQL))
        yield
    finally:
        _execute(database, *POSTGRESQL_AFTERWARDS)


def _refusing(times: int) -> Callable[[Connection], None]:
    left = itertools.count(times, -1)

    def refuse(connection: Connection) -> None:
        if connection.get_execution_options().get("writing") and next(left) > 0:
            raise OperationalError("COMMIT", {}, CameBetweenError("came between"))

    return refuse


def _execute(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def app(address: str) -> Iterator[Flask]:
    fill(address)
    with application(address) as app:
        yield app


@pytest.fixture
def looking(address: str) -> Iterator[Database]:
    database = Database(address)
    yield database
    database.close()


def on_first_question(app: Flask) -> WebPerson:
    person = WebPerson(app.test_client(), "park")
    person.starts()
    return person


def test_an_answer_from_a_page_is_run_again_and_kept_once(app: Flask, looking: Database) -> None:
    person = on_first_question(app)
    for refusals in (1, 2):
        with refused_commits(app, refusals):
            page = person.answers("no" if refusals == 1 else "trees")
        assert page.status_code == 200
        assert counts(looking) == (1, refusals, 0)


def test_a_text_is_run_again_and_kept_once(app: Flask, looking: Database) -> None:
    phone = TextPerson(app.test_client())
    phone.texts("PARK")
    with refused_commits(app, 2):
        assert phone.texts("no").startswith("What does it need?")
    assert counts(looking) == (1, 1, 2)


def test_after_three_refusals_people_are_told_and_may_send_it_again(app: Flask, looking: Database) -> None:
    person, phone = on_first_question(app), TextPerson(app.test_client())
    phone.texts("PARK")
    with refused_commits(app, 3):
        page = person.answers("no")
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    with refused_commits(app, 3):
        assert phone.delivers("no", "SM1").status_code == 503
    assert counts(looking) == (0, 0, 1)
    assert person.sends({"answer": "no"}).status_code == 200
    assert phone.delivers("no", "SM1").status_code == 200
    assert counts(looking) == (2, 2, 2)


def test_control_without_running_again_one_refusal_would_reach_people(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pages, sms):
        monkeypatch.setattr(module, "run_again", lambda action: action())
    person = on_first_question(app)
    with refused_commits(app, 1):
        assert person.answers("no").status_code == 503
