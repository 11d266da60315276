"""A database that is full, locked or gone: nobody is told that an answer is in, nobody has to type it again, and it
goes on by itself once there is room."""

from __future__ import annotations

import html
import re
import resource
import sqlite3
from pathlib import Path
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]
import pytest
from flask import Flask
from sqlalchemy import Engine, event, make_url
from werkzeug.test import TestResponse

from svvoice.errors import Unavailable
from svvoice.store.database import SQLITE_SETTINGS, Database
from tests.databases import fresh_address
from tests.faults.kills import fill
from tests.faults.people import ACTION, TURN, ask
from tests.faults.reckoning import counts
from tests.faults.servers import running
from tests.faults.standing import Wire, application
from tests.people import TextPerson, WebPerson, message_in

pytestmark = pytest.mark.xdist_group("faults")

NOT_SAVED = {
    "en": "This answer is not saved yet. Go back, keep the page open, and send it again in a few minutes.",
    "ur": "یہ جواب ابھی محفوظ نہیں ہوا",
}
TYPED = 'Benches by the gate,\r\nand "lights" <b>at night</b>'


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    url = fresh_address("sqlite", tmp_path)
    fill(url)
    return url


@pytest.fixture
def postgresql(tmp_path: Path) -> str:
    url = fresh_address("postgresql", tmp_path)
    fill(url)
    return url


def writer(app: Flask, language: str = "en") -> WebPerson:
    """Somebody who is about to type what they would change."""
    person = WebPerson(app.test_client(), "park", language)
    person.starts()
    for value in ("no", "trees", "4", "12"):
        person.answers(value)
    return person


def assert_not_saved(page: TestResponse, language: str) -> None:
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert f'lang="{language}"' in page.get_data(as_text=True)
    assert NOT_SAVED[language] in html.unescape(page.get_data(as_text=True))
    assert "Traceback" not in page.get_data(as_text=True)


def fill_up(engine: Engine) -> None:
    """No page more than there is now."""

    @event.listens_for(engine, "checkout")
    def full(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")


def make_room(engine: Engine) -> None:
    @event.listens_for(engine, "checkout")
    def roomy(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1000000")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_on_a_full_disk_no_answer_is_acknowledged_and_what_was_typed_is_sent_again(sqlite: str, language: str) -> None:
    with application(sqlite) as app:
        engine = app.extensions["svvoice"].database.engine
        person = writer(app, language)
        before = counts(Database(sqlite))
        fill_up(engine)
        typed = (TYPED * 400)[:4900]  # more than the last page of a table has room for
        assert_not_saved(person.answers(typed), language)
        assert counts(Database(sqlite)) == before
        again = {name: html.unescape(value) for name, value in fields(person.text)}
        assert again["answer"] == typed
        make_room(engine)
        page = person.sends({"answer": again["answer"]})
        assert page.status_code == 200
        assert counts(Database(sqlite)) == (before[0], before[1] + 1, before[2])


def test_on_a_full_disk_a_text_is_not_acknowledged_and_comes_in_when_it_is_delivered_again(sqlite: str) -> None:
    with application(sqlite) as app:
        phone = TextPerson(app.test_client())
        phone.texts("PARK")
        fill_up(app.extensions["svvoice"].database.engine)
        words = "no " + "ż" * 3000  # two bytes each: more than a page
        fitted = next(number for number in range(50) if phone.delivers(words, f"SM{number}").status_code == 503)
        assert counts(Database(sqlite))[2] == 1 + fitted  # the keyword, and what there was room for
        make_room(app.extensions["svvoice"].database.engine)
        assert phone.delivers(words, f"SM{fitted}").status_code == 200
        assert counts(Database(sqlite))[2] == 2 + fitted


def test_a_server_that_can_write_no_file_says_so_and_goes_on_without_a_restart(sqlite: str, tmp_path: Path) -> None:
    with running(sqlite, tmp_path / "server.log") as server:
        page = ask(server.port, "GET", "/s/park/near?lang=en")
        assert page is not None
        body = urlencode({"turn": html.unescape(found(TURN, page.text)), "answer": "no"})
        action = html.unescape(found(ACTION, page.text))
        before = counts(Database(sqlite))
        limit_files(server.workers(), 0)
        assert server.status("/healthz") == 200
        assert server.status("/readyz") == 503
        refused = ask(server.port, "POST", action, body)
        assert refused is not None
        assert (refused.status, refused.cookie) == (503, None)
        assert counts(Database(sqlite)) == before
        limit_files(server.workers(), resource.RLIM_INFINITY)
        assert server.status("/readyz") == 200
        kept = ask(server.port, "POST", action, body)
        assert kept is not None
        assert kept.status == 200
        assert counts(Database(sqlite)) == (1, 1, 0)


def test_a_database_that_another_program_keeps_locked_is_told_plainly(sqlite: str) -> None:
    hasty = Database(sqlite, sqlite_settings={**SQLITE_SETTINGS, "busy_timeout": "100"})
    with application(sqlite, hasty) as app:
        person = writer(app)
        client = app.test_client()
        other = sqlite3.connect(make_url(sqlite).database or "", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/s/park").status_code == 200  # reading goes on
        assert_not_saved(person.answers("Benches"), "en")
        assert TextPerson(client).delivers("PARK", "SM1").status_code == 503
        assert client.get("/readyz").status_code == 503
        other.execute("ROLLBACK")
        other.close()
        assert person.sends({"answer": "Benches"}).status_code == 200
        assert client.get("/readyz").status_code == 200


def test_a_database_server_that_goes_away_is_told_plainly_and_found_again(
    postgresql: str, caplog: pytest.LogCaptureFixture
) -> None:
    wire = Wire(make_url(postgresql).query["host"])  # type: ignore[arg-type]
    through = f"postgresql+psycopg://postgres:@127.0.0.1:{wire.port}/postgres?connect_timeout=5"
    with application(through) as app:
        person, client = writer(app), app.test_client()
        wire.cut()
        assert_not_saved(person.answers("Benches"), "en")
        assert_not_saved(client.get("/s/park?lang=ur"), "ur")
        assert TextPerson(client).delivers("PARK", "SM1").status_code == 503
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        wire.join()
        assert client.get("/readyz").status_code == 200
        assert person.sends({"answer": "Benches"}).status_code == 200
        assert message_in(TextPerson(client).delivers("PARK", "SM1").get_data(as_text=True))
        wire.cut()
    assert "Traceback" not in caplog.text
    assert "Benches" not in caplog.text


def test_a_database_server_that_only_repeats_another_one_takes_no_answers(postgresql: str) -> None:
    """As after a failover, when the server we knew has become the second one."""
    only_reading = Database(f"{postgresql}&options=-c%20default_transaction_read_only%3Don")
    with application(postgresql, only_reading) as app:
        assert app.test_client().get("/readyz").status_code == 503
        assert_not_saved(writer_of_first(app).answers("no"), "en")


def test_a_page_that_gets_no_connection_is_told_plainly(sqlite: str) -> None:
    one = Database(sqlite, pool_size=1)
    one.engine.pool._timeout = 0.1  # type: ignore[attr-defined]
    with one.reading() as session:
        session.connection()
        with pytest.raises(Unavailable), one.transaction() as other:
            other.connection()
    one.close()


def writer_of_first(app: Flask) -> WebPerson:
    person = WebPerson(app.test_client(), "park")
    person.starts()
    return person


def limit_files(processes: list[int], size: int) -> None:
    """No file of these processes may grow past this size: what a full disk or a quota does."""
    for process in processes:
        _, most = psutil.Process(process).rlimit(psutil.RLIMIT_FSIZE)
        psutil.Process(process).rlimit(psutil.RLIMIT_FSIZE, (size, most))


def fields(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match, text
    return match.group(1)
