"""How many people said what: counted by the database, never kept as running numbers.

Only answers that stand on the path that the person's answers take now are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, assert_never
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session, aliased, outerjoin

from svvoice.core.answers import State
from svvoice.store.tables import AnswerRow, ResponseRow


class By(StrEnum):
    """What is known of every response, by which people can be grouped."""

    CHANNEL = "channel"
    LANGUAGE = "language"


@dataclass(frozen=True)
class ByAnswer:
    """People grouped by what they said to a question with one answer, such as their age band."""

    question_id: str


Grouping = By | ByAnswer

Tally = dict[str, dict[str, int]]
"""From question id to the people for each written value."""


@dataclass(frozen=True)
class WhoAnswered:
    """The responses of one survey. `complete`: those that reached the end; `first`, `last`: when they began."""

    people: int
    complete: int
    by_channel: dict[str, int]
    by_language: dict[str, int]
    first: datetime | None
    last: datetime | None


def who_answered(session: Session, organisation_id: UUID, survey_id: UUID, *, statuses: Collection[str]) -> WhoAnswered:
    rows = session.execute(
        select(
            ResponseRow.channel,
            ResponseRow.language,
            func.count(),
            func.count(ResponseRow.submitted_at),
            func.min(ResponseRow.started_at),
            func.max(ResponseRow.started_at),
        )
        .where(
            ResponseRow.organisation_id == organisation_id,
            ResponseRow.survey_id == survey_id,
            ResponseRow.status.in_(statuses),
        )
        .group_by(ResponseRow.channel, ResponseRow.language)
    ).all()
    channels, languages = Counter[str](), Counter[str]()
    for channel, language, people, *_ in rows:
        channels[channel] += people
        languages[language] += people
    return WhoAnswered(
        people=sum(row[2] for row in rows),
        complete=sum(row[3] for row in rows),
        by_channel=dict(channels),
        by_language=dict(languages),
        first=min((row[4] for row in rows), default=None),
        last=max((row[5] for row in rows), default=None),
    )


def count_all(
    session: Session,
    organisation_id: UUID,
    survey_id: UUID,
    *,
    statuses: Collection[str],
    written: Sequence[str] = (),
    group_by: Grouping | None = None,
) -> dict[str | None, Tally]:
    """Every question of a survey, counted in one statement; by group, where None are the people in no group.

    Without `group_by` everybody is in None. `written`: the questions answered in people's own words, whose values
    are not told apart (all under the value ""). Skipped and unread answers are not counted.
    """
    crowd, rows = _grouped(group_by)
    said = (
        select(crowd.label("crowd"), AnswerRow.question_id, _told_apart(written).label("value"))
        .select_from(rows)
        .where(
            ResponseRow.organisation_id == organisation_id,
            ResponseRow.survey_id == survey_id,
            ResponseRow.status.in_(statuses),
        )
        .subquery()
    )
    each = (said.c.crowd, said.c.question_id, said.c.value)
    tallies: dict[str | None, Tally] = {}
    for name, question_id, value, people in session.execute(select(*each, func.count()).group_by(*each)):
        if question_id is not None:
            tallies.setdefault(name, {}).setdefault(question_id, {})[value] = people
    return tallies


_OF_SAME_RESPONSE = (AnswerRow.organisation_id == ResponseRow.organisation_id) & (
    AnswerRow.response_id == ResponseRow.id
)
_STANDS = (AnswerRow.state == State.ANSWERED.value, AnswerRow.on_path.is_(True))


def _told_apart(written: Sequence[str]) -> ColumnElement[Any]:
    return case((AnswerRow.question_id.in_(written), literal("")), else_=AnswerRow.value)


def _grouped(group_by: Grouping | None) -> tuple[SQLColumnExpression[Any], FromClause]:
    """The column that names a person's group, and the rows that it stands in.

    Answers are joined from the outside: otherwise SQLite begins with the answers and has to search for the response
    of each one anew, which takes three times as long. Responses without an answer come as a row without a question.
    """
    rows = outerjoin(ResponseRow, AnswerRow, and_(_OF_SAME_RESPONSE, *_STANDS))
    match group_by:
        case None:
            return cast(null(), Text), rows
        case By.CHANNEL:
            return ResponseRow.channel, rows
        case By.LANGUAGE:
            return ResponseRow.language, rows
        case ByAnswer(question_id):
            told = aliased(AnswerRow, name="told")
            same = and_(
                told.organisation_id == ResponseRow.organisation_id,
                told.response_id == ResponseRow.id,
                told.question_id == question_id,
                told.state == State.ANSWERED.value,
                told.on_path.is_(True),
            )
            return told.value, rows.outerjoin(told, same)
        case _:
            assert_never(group_by)
