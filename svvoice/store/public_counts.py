"""What everybody may read of a survey, counted so that each number moves only with every fifth person.

Of each question only the answers that came first are counted, the last full five of them (`disclosure.public_cut`), so
that two copies of the public page never differ by what one person said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, outerjoin

from svvoice.core.disclosure import STEP
from svvoice.store.tables import AnswerRow, ResponseRow

COUNTED = ("complete", "partial")
COUNTED_IN_EXAMPLE = ("complete", "partial", "test")


@dataclass(frozen=True)
class PublicReach:
    """`people` is how many there are in truth; the rest is of those whom a page in fives counts."""

    people: int
    by_channel: dict[str, int]
    first: datetime | None
    last: datetime | None


def reach(session: Session, organisation_id: UUID, survey_id: UUID, *, is_example: bool) -> PublicReach:
    """Who answered, one person more or less at a time left out."""
    numbered = (
        select(
            ResponseRow.channel,
            ResponseRow.started_at,
            func.row_number().over(order_by=(ResponseRow.started_at, ResponseRow.id)).label("place"),
            func.count().over().label("people"),
        )
        .where(
            ResponseRow.organisation_id == organisation_id,
            ResponseRow.survey_id == survey_id,
            ResponseRow.status.in_(counted_statuses(is_example)),
        )
        .subquery("numbered")
    )
    counted = numbered.c.place <= numbered.c.people - numbered.c.people % STEP
    rows = session.execute(
        select(
            numbered.c.channel,
            func.count(),
            func.sum(case((counted, 1), else_=0)),
            func.min(case((counted, numbered.c.started_at))),
            func.max(case((counted, numbered.c.started_at))),
        ).group_by(numbered.c.channel)
    ).all()
    return PublicReach(
        people=sum(row[1] for row in rows),
        by_channel={row[0]: int(row[2]) for row in rows if row[2]},
        first=min((row[3] for row in rows if row[3]), default=None),
        last=max((row[4] for row in rows if row[4]), default=None),
    )


def counts(
    session: Session,
    organisation_id: UUID,
    survey_id: UUID,
    *,
    closed: Collection[str],
    is_example: bool,
) -> dict[str, dict[str, int]]:
    """For each question, how many gave each answer. Outside `closed` all answers count as "": nobody reads them."""
    value = case((AnswerRow.question_id.in_(closed), AnswerRow.value), else_="")
    numbered = (
        select(
            AnswerRow.question_id,
            value.label("value"),
            func.row_number()
            .over(partition_by=AnswerRow.question_id, order_by=(AnswerRow.answered_at, AnswerRow.response_id))
            .label("place"),
            func.count().over(partition_by=AnswerRow.question_id).label("people"),
        )
        # From the responses outwards: SQLite would else look each response up anew.
        .select_from(outerjoin(ResponseRow, AnswerRow, _answers_of_response()))
        .where(
            ResponseRow.organisation_id == organisation_id,
            ResponseRow.survey_id == survey_id,
            ResponseRow.status.in_(counted_statuses(is_example)),
        )
        .subquery("numbered")
    )
    rows = session.execute(
        select(numbered.c.question_id, numbered.c.value, func.count())
        .where(
            numbered.c.question_id.is_not(None),
            numbered.c.place <= numbered.c.people - numbered.c.people % STEP,
        )
        .group_by(numbered.c.question_id, numbered.c.value)
    )
    found: dict[str, dict[str, int]] = {}
    for question_id, given, people in rows:
        found.setdefault(question_id, {})[given] = people
    return found


def _answers_of_response() -> ColumnElement[bool]:
    return and_(
        AnswerRow.organisation_id == ResponseRow.organisation_id,
        AnswerRow.response_id == ResponseRow.id,
        AnswerRow.state == "answered",
        AnswerRow.on_path.is_(True),
    )


def counted_statuses(is_example: bool) -> tuple[str, ...]:
    """Only where everybody is made up do made-up people count."""
    return COUNTED_IN_EXAMPLE if is_example else COUNTED
