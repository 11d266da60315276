"""The door to the database: transactions that are seen, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session, sessionmaker

from svvoice.errors import Unavailable

__all__ = ["Database", "RunAgain", "Session", "plain_errors", "run_again"]

# WAL lets people read while one writes; synchronous=FULL keeps what was acknowledged through a power cut (WAL with
# NORMAL loses it); foreign keys are off in SQLite unless asked for, on every connection.
SQLITE_SETTINGS = {"journal_mode": "WAL", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": "8000"}
SQLITE_SETTINGS |= {"secure_delete": "ON"}  # what is deleted is overwritten, also in free pages

# serialization_failure and deadlock_detected: the action had no effect and may be run again whole.
RUN_AGAIN = frozenset({"40001", "40P01"})
# read_only_sql_transaction: after a failover, a server that only repeats what another one is told.
GONE = frozenset({"25006"})

Result = TypeVar("Result")


class RunAgain(Unavailable):
    """Another transaction got in the way; the same action may simply be run again."""


class Database:
    """One engine and two ways in: `transaction` for what changes something, `reading` for what does not."""

    def __init__(
        self,
        url: str,
        *,
        sqlite_settings: dict[str, str] | None = None,
        prepared_statements: bool = False,
        pool_size: int = 8,
    ) -> None:
        self.engine = _engine(url, sqlite_settings or SQLITE_SETTINGS, prepared_statements, pool_size)
        self._write = sessionmaker(self.engine.execution_options(writing=True), expire_on_commit=False)
        self._read = sessionmaker(self.engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Everything inside is kept together or not at all. Raises Unavailable where the database cannot."""
        with plain_errors(), self._write() as session, session.begin():
            yield session

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """For looking only: never holds up those who write."""
        with plain_errors(), self._read() as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def run_again(action: Callable[[], Result], times: int = 3) -> Result:
    """The action, run whole again (up to three times in all) where another transaction got in the way."""
    for _ in range(times - 1):
        with contextlib.suppress(RunAgain):
            return action()
    return action()


def _engine(url: str, sqlite_settings: dict[str, str], prepared_statements: bool, pool_size: int) -> Engine:
    address = make_url(url)
    # What went into a statement may be somebody's answer: it must not stand in an error's words.
    habits: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 0, "hide_parameters": True}
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, **habits, connect_args={"check_same_thread": False})
        _sqlite_habits(engine, sqlite_settings)
        return engine
    # Prepared statements are off unless asked for: some poolers lose them.
    options: dict[str, Any] = {} if prepared_statements else {"prepare_threshold": None}
    return create_engine(address, **habits, pool_pre_ping=True, connect_args=options)


def _sqlite_habits(engine: Engine, settings: dict[str, str]) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and is never IMMEDIATE
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A deferred BEGIN that later writes fails at once when another writer came between; IMMEDIATE waits its turn.
        writing = connection.get_execution_options().get("writing", False)
        begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
        try:  # straight to the driver: this comes before every page and text
            connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
        except sqlite3.Error as error:
            raise OperationalError(begin, None, error) from error


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns a database that is locked, full or gone into Unavailable."""
    try:
        yield
    except NoConnectionLeft as error:
        raise Unavailable("every connection is in use") from error
    except (OperationalError, InterfaceError) as error:
        raise _plain(error) from error
    except DBAPIError as error:
        if error.connection_invalidated or _state(error) in RUN_AGAIN | GONE:
            raise _plain(error) from error
        raise


def _plain(error: DBAPIError) -> Unavailable:
    if _state(error) in RUN_AGAIN:
        return RunAgain("another change came between")
    return Unavailable(type(error.orig).__name__)


def _state(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
