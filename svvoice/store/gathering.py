"""Rows gathered by the database into one list: a row for each answer takes three times as long to fetch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, cast, func


def as_json_lists(dialect: str, *columns: Any) -> Any:
    """The columns of many rows as one JSON list of lists, as text."""
    if dialect == "postgresql":
        return cast(func.json_agg(func.json_build_array(*columns)), Text)
    return func.json_group_array(func.json_array(*columns))
