"""The answers to one question, counted for a finding: by answer, channel and language, with the days they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from svvoice.store.public_counts import counted_statuses
from svvoice.store.tables import AnswerRow, ResponseRow


@dataclass(frozen=True)
class Counted:
    """So many people came this way, in this language, and gave this answer."""

    channel: str
    language: str
    value: str
    people: int
    first: datetime
    last: datetime


def answers(
    session: Session, organisation_id: UUID, survey_id: UUID, question_id: str, *, is_example: bool
) -> list[Counted]:
    """Answers on the path of those who count; nothing that was skipped or could not be read."""
    rows = session.execute(
        select(
            ResponseRow.channel,
            ResponseRow.language,
            AnswerRow.value,
            func.count(),
            func.min(AnswerRow.answered_at),
            func.max(AnswerRow.answered_at),
        )
        .join(
            ResponseRow,
            (ResponseRow.organisation_id == AnswerRow.organisation_id) & (ResponseRow.id == AnswerRow.response_id),
        )
        .where(
            AnswerRow.organisation_id == organisation_id,
            AnswerRow.survey_id == survey_id,
            AnswerRow.question_id == question_id,
            AnswerRow.state == "answered",
            AnswerRow.on_path.is_(True),
            ResponseRow.status.in_(counted_statuses(is_example)),
        )
        .group_by(ResponseRow.channel, ResponseRow.language, AnswerRow.value)
        .order_by(ResponseRow.channel, ResponseRow.language, AnswerRow.value)
    )
    return [
        Counted(channel, language, value or "", people, first, last)
        for channel, language, value, people, first, last in rows
    ]
