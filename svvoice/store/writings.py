"""What people wrote in their own words, to be read by members page by page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from svvoice.core.answers import State
from svvoice.store.tables import AnswerRow, ResponseRow


@dataclass(frozen=True)
class Asked:
    """Which words are meant: the answers to a question, or what stands beside its choice `other`."""

    survey_id: UUID
    question_id: str
    beside_other: bool
    statuses: Collection[str]
    """Of the responses that count."""

    @property
    def column(self) -> SQLColumnExpression[Any]:
        return AnswerRow.other if self.beside_other else AnswerRow.value


@dataclass(frozen=True)
class Writing:
    words: str
    language: str
    at: datetime


def count(session: Session, organisation_id: UUID, asked: Asked) -> int:
    people: int = session.execute(_of(select(func.count()), organisation_id, asked)).scalar_one()
    return people


def page(
    session: Session, organisation_id: UUID, asked: Asked, *, by_time: bool, skip: int, limit: int
) -> list[Writing]:
    """The newest first; without `by_time` in an order that says nothing, and always the same."""
    order = (AnswerRow.answered_at.desc(), AnswerRow.response_id) if by_time else (AnswerRow.response_id,)
    query = _of(select(asked.column, ResponseRow.language, AnswerRow.answered_at), organisation_id, asked)
    rows = session.execute(query.order_by(*order).offset(skip).limit(limit))
    return [Writing(*row) for row in rows]


def _of(what: Select[Any], organisation_id: UUID, asked: Asked) -> Select[Any]:
    same = (ResponseRow.organisation_id == AnswerRow.organisation_id) & (ResponseRow.id == AnswerRow.response_id)
    return (
        what.select_from(AnswerRow)
        .join(ResponseRow, same)
        .where(
            AnswerRow.organisation_id == organisation_id,
            AnswerRow.survey_id == asked.survey_id,
            AnswerRow.question_id == asked.question_id,
            AnswerRow.state == State.ANSWERED.value,
            AnswerRow.on_path.is_(True),
            asked.column.is_not(None),
            ResponseRow.status.in_(asked.statuses),
        )
    )
