"""Whether the database can be trusted with an answer: at the start its settings, later whether it takes any."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy import Connection, text

from svvoice.errors import Unavailable, WrongSettings
from svvoice.store.database import Database, plain_errors

ROOM = 256 * 1024
"""Bytes that must fit on the disk beside an SQLite file: a few answers' worth."""


def check(database: Database) -> None:
    """Raises WrongSettings, saying what to mend, where an acknowledged answer could be lost or nothing is reached."""
    try:
        with plain_errors(), database.engine.execution_options(writing=False).connect() as connection:
            wrong = _sqlite(connection) if database.is_sqlite else _postgresql(connection)
    except Unavailable as error:
        raise WrongSettings(
            f"The database cannot be used ({error}). Look at DATABASE_URL, and whether it runs."
        ) from error
    # A server may make its workers by forking after this check: two of them must never share a connection.
    database.close()
    if wrong:
        raise WrongSettings("The database is not set up safely: " + "; ".join(wrong) + ".")


def check_it_takes_answers(database: Database) -> None:
    """Raises Unavailable where an answer could not be kept now: locked, full, gone, or for reading only."""
    with database.transaction() as session:
        session.connection()  # only now is anything asked of the database
        if not database.is_sqlite and session.execute(text("SHOW transaction_read_only")).scalar_one() == "on":
            raise Unavailable("the database is for reading only")
    path = database.engine.url.database
    if database.is_sqlite and path and path != ":memory:":
        _check_room(Path(path).parent)


def _check_room(folder: Path) -> None:
    """A transaction that changes nothing writes nothing, so that a full disk does not show in it."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Unavailable("there is no room on the disk") from error


def _sqlite(connection: Connection) -> list[str]:
    wrong = []
    if (mode := _pragma(connection, "journal_mode")) != "wal":
        wrong.append(f"journal_mode is {mode}, not wal (is the file on a network drive?)")
    if (level := int(_pragma(connection, "synchronous"))) < 2:
        wrong.append(f"synchronous is {level}, not 2 (FULL)")
    if _pragma(connection, "foreign_keys") != "1":
        wrong.append("foreign_keys is off")
    if (wait := int(_pragma(connection, "busy_timeout"))) < 5000:
        wrong.append(f"busy_timeout is {wait} ms, less than 5000")
    if _pragma(connection, "secure_delete") != "1":
        wrong.append("secure_delete is not ON")
    return wrong


def _postgresql(connection: Connection) -> list[str]:
    wrong = []
    if (fsync := _show(connection, "fsync")) != "on":
        wrong.append(f"fsync is {fsync}, not on")
    if (commit := _show(connection, "synchronous_commit")) not in {"on", "remote_write", "remote_apply"}:
        wrong.append(f"synchronous_commit is {commit}, not on")
    return wrong


def _pragma(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _show(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
