"""What every page and text asks first is found by indexes alone: no look reads a table from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Select

from svvoice.store import arrivals, migrating, standing, surveys
from svvoice.store.database import Database

LOOKS = {
    "a survey at its address": surveys._BY_SLUG,
    "a survey by its id": surveys._BY_SURVEY,
    "what a text brings": arrivals._ARRIVAL,
    "a phone that comes back": standing._by_cookie("sqlite"),
    "a page that names its response": standing._by_response("sqlite"),
    "an open conversation": standing._of_conversation("sqlite"),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_a_look_reads_no_table_from_end_to_end(tmp_path: Path, look: Select[tuple[object, ...]]) -> None:
    """SQLite says how it would go about it; PostgreSQL reads small tables whole by choice."""
    database = Database(f"sqlite:///{tmp_path / 'plans.db'}")
    migrating.upgrade(database)
    compiled = look.compile(dialect=database.engine.dialect)
    values = tuple("x" for _ in compiled.positiontup or ())
    with database.reading() as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
        plan = [str(row[3]) for row in rows]
    database.close()
    assert any(step.startswith("SEARCH") for step in plan)
    assert [step for step in plan if step.startswith("SCAN")] == []
