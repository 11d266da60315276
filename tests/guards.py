"""Fails on a statement that names an organisation's table without saying whose rows it means."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

from svvoice.store.tables import DIRECTORY, Base

TENANT = sorted(set(Base.metadata.tables) - DIRECTORY)


class WhoseRowsError(AssertionError):
    """A statement reads or changes rows of every organisation at once."""


def missing_organisation(statement: str) -> list[str]:
    """The tenant tables that a statement names without an equality on their organisation."""
    words = " ".join(statement.split())
    if not re.match(r"(SELECT|UPDATE|DELETE|INSERT|WITH)\b", words, re.IGNORECASE):
        return []
    missing = []
    for table in TENANT:
        aliases = _aliases(table, words)
        if words.upper().startswith("INSERT"):
            if re.search(rf"INSERT INTO {table} ", words) and "organisation_id" not in words:
                missing.append(table)
            continue
        if any(not _has_equality(alias, words) for alias in aliases):
            missing.append(table)
    return missing


def _aliases(table: str, words: str) -> set[str]:
    found = re.findall(rf"(?:FROM|JOIN|UPDATE|,) {table}\b(?: AS (\w+))?", words)
    return {alias or table for alias in found}


def _has_equality(alias: str, words: str) -> bool:
    return bool(
        re.search(rf"\b{alias}\.organisation_id = ", words)
        or re.search(rf"= {alias}\.organisation_id\b", words)
        or re.search(rf"UPDATE {alias}\b.* WHERE .*organisation_id = ", words)
    )


def forbid_statements_without_organisation(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def check(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if connection.get_execution_options().get("across_organisations"):
            return
        context = _rest[1] if len(_rest) > 1 else None
        if context is not None and context.execution_options.get("across_organisations"):
            return
        if missing := missing_organisation(statement):
            raise WhoseRowsError(f"{', '.join(missing)} without organisation_id: {statement}")
