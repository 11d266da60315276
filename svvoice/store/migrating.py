"""Makes the database, or brings it to the current migration; and says whether it is there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from svvoice.store.database import Database, plain_errors

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    """Runs the migrations that are missing, all in one transaction."""
    _run(database, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, revision: str) -> None:
    _run(database, lambda config: command.downgrade(config, revision))


def is_current(database: Database) -> bool:
    """True where every migration has run: only then may answers be taken."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with plain_errors(), database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _run(database: Database, migrate: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with plain_errors(), database.engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        migrate(config)
