"""Adds a row unless it is there already: a button pressed twice does one thing."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from svvoice.store.tables import Base


def add_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Says whether the row is new. A row that breaks any unique rule counts as there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    result = session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())
    return bool(result.rowcount)  # type: ignore[attr-defined]
