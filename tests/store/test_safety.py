"""An unsafe database is refused at the start, in words that say what to mend."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from svvoice.errors import WrongSettings
from svvoice.store import safety
from svvoice.store.database import SQLITE_SETTINGS, Database
from tests.databases import fresh_address
from tests.environment import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
BEGINS = "The database is not set up safely: "


def refusal(database: Database) -> str:
    try:
        with pytest.raises(WrongSettings) as refused:
            safety.check(database)
    finally:
        database.close()
    return str(refused.value)


def test_a_safe_database_is_let_through(database: Database) -> None:
    safety.check(database)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("synchronous", "NORMAL", "synchronous is 1, not 2 (FULL)."),
        ("synchronous", "OFF", "synchronous is 0, not 2 (FULL)."),
        ("foreign_keys", "OFF", "foreign_keys is off."),
        ("busy_timeout", "100", "busy_timeout is 100 ms, less than 5000."),
        ("secure_delete", "OFF", "secure_delete is not ON."),
        ("secure_delete", "FAST", "secure_delete is not ON."),
    ],
)
def test_an_unsafe_sqlite_setting_is_refused(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    database = Database(fresh_address("sqlite", tmp_path), sqlite_settings={**SQLITE_SETTINGS, name: value})
    assert refusal(database) == BEGINS + sentence


@pytest.mark.parametrize("mode", ["delete", "truncate", "memory", "off"])
def test_sqlite_without_its_log_is_refused(tmp_path: Path, mode: str) -> None:
    settings = {**SQLITE_SETTINGS, "journal_mode": mode}
    wrong = f"journal_mode is {mode}, not wal (is the file on a network drive?)."
    assert refusal(Database(f"sqlite:///{tmp_path}/new.db", sqlite_settings=settings)) == BEGINS + wrong


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    settings = {"journal_mode": "delete", "synchronous": "OFF", "foreign_keys": "OFF", "busy_timeout": "0"}
    settings |= {"secure_delete": "OFF"}
    said = refusal(Database(f"sqlite:///{tmp_path}/new.db", sqlite_settings=settings))
    assert said == BEGINS + (
        "journal_mode is delete, not wal (is the file on a network drive?); synchronous is 0, not 2 (FULL); "
        "foreign_keys is off; busy_timeout is 0 ms, less than 5000; secure_delete is not ON."
    )


@pytest.fixture
def postgresql(tmp_path: Path) -> str:
    return fresh_address("postgresql", tmp_path)


@contextmanager
def set_for_everybody(url: str, assignment: str) -> Iterator[None]:
    """As an operator might set it: for every connection from now on."""
    database = Database(url)
    name = assignment.partition("=")[0]
    try:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE postgres SET {assignment}")
        yield
    finally:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE postgres RESET {name}")
        database.close()


@pytest.mark.parametrize("value", ["off", "local"])
def test_a_postgresql_that_answers_before_it_has_written_is_refused(postgresql: str, value: str) -> None:
    with set_for_everybody(postgresql, f"synchronous_commit={value}"):
        assert refusal(Database(postgresql)) == f"{BEGINS}synchronous_commit is {value}, not on."


@pytest.mark.parametrize("value", ["on", "remote_write", "remote_apply"])
def test_a_postgresql_that_writes_first_is_let_through(postgresql: str, value: str) -> None:
    with set_for_everybody(postgresql, f"synchronous_commit={value}"):
        database = Database(postgresql)
        safety.check(database)
        database.close()


def test_a_database_that_is_not_there_is_told_in_a_sentence() -> None:
    said = refusal(Database("postgresql://nobody@127.0.0.1:1/nothing"))
    assert said == "The database cannot be used (OperationalError). Look at DATABASE_URL, and whether it runs."


def test_no_connection_stays_open_after_the_check(database: Database) -> None:
    """A server may make its workers by forking afterwards: two of them must not share a connection."""
    safety.check(database)
    assert database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_the_server_stops_with_the_sentence_and_no_traceback() -> None:
    environment = {**ENVIRONMENT, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    ended = subprocess.run(
        [sys.executable, "-c", "import app"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert (
        ended.stderr == "The database cannot be used (OperationalError). Look at DATABASE_URL, and whether it runs.\n"
    )
