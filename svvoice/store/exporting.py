"""Every response of a survey with its answers, one after another, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from svvoice.core.export import ExportAnswer, Order
from svvoice.core.export import ResponseRow as Row
from svvoice.store.gathering import as_json_lists
from svvoice.store.tables import AnswerRow, ResponseRow

AT_ONCE = 2_000
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
    """All responses in a definite order, the same on every database.

    The session's transaction has to stay open until the last one is taken; where it holds still (`moment.hold_still`)
    all are read as of one moment.
    """
    place = (ResponseRow.started_at, ResponseRow.id) if order is Order.STARTED_AT else (ResponseRow.id,)
    found = session.execute(
        select(
            ResponseRow.id,
            ResponseRow.version,
            ResponseRow.status,
            ResponseRow.channel,
            ResponseRow.language,
            ResponseRow.started_at,
            ResponseRow.submitted_at,
            ResponseRow.collector,
        )
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.survey_id == survey_id)
        .order_by(*place)
        .execution_options(stream_results=True, yield_per=AT_ONCE)
    )
    for some in found.partitions():
        said = _answers(session, organisation_id, [row.id for row in some])
        for response_id, version, status, channel, language, started_at, submitted_at, collector in some:
            row = Row(str(response_id), slug, version, status, channel, language, started_at, submitted_at, collector)
            answers = json.loads(said.get(response_id, "[]"))
            yield row, {question: ExportAnswer(*answer) for question, *answer in answers}


def _answers(session: Session, organisation_id: UUID, response_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The answers of these responses, each response's as one JSON list that the database gathers.

    Many responses are asked for together because no database can be trusted to look up one by the right index:
    PostgreSQL, while its statistics are from a time of few answers, reads the whole organisation's. Then it should do
    so once for many responses, not once for each. The survey is left out, or SQLite takes the survey's index.
    """
    fields = (AnswerRow.question_id, AnswerRow.value, AnswerRow.other, AnswerRow.state)
    gathered = as_json_lists(session.get_bind().dialect.name, *fields)
    rows = session.execute(
        select(AnswerRow.response_id, gathered)
        .where(
            AnswerRow.organisation_id == organisation_id,
            AnswerRow.response_id.in_(response_ids),
            AnswerRow.on_path.is_(True),
        )
        .group_by(AnswerRow.response_id)
    )
    return {response_id: said for response_id, said in rows}  # noqa: C416 (rows are not typed as pairs)
