"""Every response of a survey with its answers, one after another, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Text, cast, func, select
from sqlalchemy.orm import Session

from svvoice.core.export import ExportAnswer, Order
from svvoice.core.export import ResponseRow as Row
from svvoice.store.tables import AnswerRow, ResponseRow

AT_ONCE = 1_000
"""Responses fetched at a time: as many as are in memory together."""

Stored = tuple[Row, dict[str, ExportAnswer]]
"""One response, and what it says to each question; answers off the path are left out."""


def count_by_status(session: Session, organisation_id: UUID, survey_id: UUID) -> dict[str, int]:
    """How many responses of each status there are; an export holds them all."""
    rows = session.execute(
        select(ResponseRow.status, func.count())
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.survey_id == survey_id)
        .group_by(ResponseRow.status)
    )
    return {status: people for status, people in rows}  # noqa: C416 (rows are not typed as pairs)


def stream(
    session: Session, organisation_id: UUID, survey_id: UUID, *, slug: str, order: Order = Order.STARTED_AT
) -> Iterator[Stored]:
    """All responses in a definite order, the same on every database, read from one moment of it.

    The session's transaction has to stay open until the last one is taken.
    """
    answers = _answers(session.get_bind().dialect.name)
    place = (ResponseRow.started_at, ResponseRow.id) if order is Order.STARTED_AT else (ResponseRow.id,)
    rows = session.execute(
        select(
            ResponseRow.id,
            ResponseRow.version,
            ResponseRow.status,
            ResponseRow.channel,
            ResponseRow.language,
            ResponseRow.started_at,
            ResponseRow.submitted_at,
            ResponseRow.collector,
            answers,
        )
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.survey_id == survey_id)
        .order_by(*place)
        .execution_options(stream_results=True, yield_per=AT_ONCE)
    )
    for response_id, version, status, channel, language, started_at, submitted_at, collector, said in rows:
        row = Row(str(response_id), slug, version, status, channel, language, started_at, submitted_at, collector)
        yield row, {question: ExportAnswer(*answer) for question, *answer in json.loads(said or "[]")}


def _answers(dialect: str) -> ScalarSelect[Any]:
    """A response's answers as one JSON list, gathered by the database: a row for each answer takes three times as long.

    They are looked up by the response alone. With the survey beside it SQLite would take the survey's index, and read
    every answer of the survey for each response.
    """
    fields = (AnswerRow.question_id, AnswerRow.value, AnswerRow.other, AnswerRow.state)
    if dialect == "postgresql":
        gathered: Any = cast(func.json_agg(func.json_build_array(*fields)), Text)
    else:
        gathered = func.json_group_array(func.json_array(*fields))
    return (
        select(gathered)
        .where(
            AnswerRow.organisation_id == ResponseRow.organisation_id,
            AnswerRow.response_id == ResponseRow.id,
            AnswerRow.on_path.is_(True),
        )
        .correlate(ResponseRow)
        .scalar_subquery()
    )
