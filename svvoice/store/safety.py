"""Reads the database's safety settings back, so that an unsafe one is refused at the start, not found out later."""

from __future__ import annotations

from sqlalchemy import Connection

from svvoice.errors import WrongSettings
from svvoice.store.database import Database


def check(database: Database) -> None:
    """Raises WrongSettings, saying what to mend, where an acknowledged answer could be lost."""
    with database.engine.execution_options(writing=False).connect() as connection:
        wrong = _sqlite(connection) if database.is_sqlite else _postgresql(connection)
    # A server may make its workers by forking after this check: two of them must never share a connection.
    database.close()
    if wrong:
        raise WrongSettings("The database is not set up safely: " + "; ".join(wrong) + ".")


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
