"""Plans, their outcomes, the promises under them, and what the organisation says of each promise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from svvoice.core.survey import Words
from svvoice.store.once import add_once
from svvoice.store.tables import CommitmentRow, OutcomeRow, PlanRow, ProgressUpdateRow


@dataclass(frozen=True)
class Plan:
    id: UUID
    title: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Outcome:
    """What will be different for whom."""

    id: UUID
    plan_id: UUID
    statement: str
    informs: tuple[str, ...]
    """Framework codes; no resident ever sees them."""


@dataclass(frozen=True)
class Commitment:
    """A promise: what (by language), by whom, by when; and the day by which people were told that they would hear."""

    id: UUID
    outcome_id: UUID
    words: Words
    owner: str
    due: date
    answer_due: date | None
    status: str


@dataclass(frozen=True)
class ProgressUpdate:
    commitment_id: UUID
    words: str
    by: str
    at: datetime


def plans_of(session: Session, organisation_id: UUID) -> list[Plan]:
    """Every plan, the one that ends last first."""
    rows = session.execute(
        select(PlanRow.id, PlanRow.title, PlanRow.starts, PlanRow.ends)
        .where(PlanRow.organisation_id == organisation_id)
        .order_by(PlanRow.ends.desc(), PlanRow.created_at.desc(), PlanRow.id)
    )
    return [Plan(*row) for row in rows]


def add_plan(
    session: Session, organisation_id: UUID, plan_id: UUID, *, title: str, starts: date, ends: date, now: datetime
) -> bool:
    values = {"title": title, "starts": starts, "ends": ends, "created_at": now}
    return add_once(session, PlanRow, {"organisation_id": organisation_id, "id": plan_id, **values})


def change_plan(
    session: Session, organisation_id: UUID, plan_id: UUID, *, title: str, starts: date, ends: date
) -> None:
    session.execute(
        update(PlanRow)
        .where(PlanRow.organisation_id == organisation_id, PlanRow.id == plan_id)
        .values(title=title, starts=starts, ends=ends)
    )


_OUTCOME = select(OutcomeRow.id, OutcomeRow.plan_id, OutcomeRow.statement, OutcomeRow.informs)


def outcomes_of(session: Session, organisation_id: UUID) -> list[Outcome]:
    """The outcomes of every plan, in the order they were written."""
    rows = session.execute(
        _OUTCOME.where(OutcomeRow.organisation_id == organisation_id).order_by(OutcomeRow.position, OutcomeRow.id)
    )
    return [_outcome(*row) for row in rows]


def outcome(session: Session, organisation_id: UUID, outcome_id: UUID) -> Outcome | None:
    row = session.execute(
        _OUTCOME.where(OutcomeRow.organisation_id == organisation_id, OutcomeRow.id == outcome_id)
    ).one_or_none()
    return _outcome(*row) if row else None


def _outcome(outcome_id: UUID, plan_id: UUID, statement: str, informs: str) -> Outcome:
    return Outcome(outcome_id, plan_id, statement, tuple(json.loads(informs)))


def add_outcome(
    session: Session,
    organisation_id: UUID,
    outcome_id: UUID,
    *,
    plan_id: UUID,
    statement: str,
    informs: Sequence[str],
) -> bool:
    place = session.execute(
        select(func.count())
        .select_from(OutcomeRow)
        .where(OutcomeRow.organisation_id == organisation_id, OutcomeRow.plan_id == plan_id)
    ).scalar_one()
    values = {"plan_id": plan_id, "position": place + 1, "statement": statement, "informs": json.dumps(list(informs))}
    return add_once(session, OutcomeRow, {"organisation_id": organisation_id, "id": outcome_id, **values})


def change_outcome(
    session: Session, organisation_id: UUID, outcome_id: UUID, *, statement: str, informs: Sequence[str]
) -> None:
    session.execute(
        update(OutcomeRow)
        .where(OutcomeRow.organisation_id == organisation_id, OutcomeRow.id == outcome_id)
        .values(statement=statement, informs=json.dumps(list(informs)))
    )


_COMMITMENT = select(
    CommitmentRow.id,
    CommitmentRow.outcome_id,
    CommitmentRow.words,
    CommitmentRow.owner,
    CommitmentRow.due,
    CommitmentRow.answer_due,
    CommitmentRow.status,
)


def commitments_of(session: Session, organisation_id: UUID) -> list[Commitment]:
    """The promises of every plan, in the order they were made under each outcome."""
    rows = session.execute(
        _COMMITMENT.where(CommitmentRow.organisation_id == organisation_id).order_by(
            CommitmentRow.position, CommitmentRow.created_at, CommitmentRow.id
        )
    )
    return [_commitment(*row) for row in rows]


def commitment(
    session: Session, organisation_id: UUID, commitment_id: UUID, *, alone: bool = False
) -> Commitment | None:
    """`alone`: nobody else writes under this promise until the transaction ends."""
    statement = _COMMITMENT.where(CommitmentRow.organisation_id == organisation_id, CommitmentRow.id == commitment_id)
    row = session.execute(statement.with_for_update() if alone else statement).one_or_none()
    return _commitment(*row) if row else None


def _commitment(
    commitment_id: UUID, outcome_id: UUID, words: str, owner: str, due: date, answer_due: date | None, status: str
) -> Commitment:
    return Commitment(commitment_id, outcome_id, json.loads(words), owner, due, answer_due, status)


def add_commitment(session: Session, organisation_id: UUID, commitment: Commitment, now: datetime) -> bool:
    place = session.execute(
        select(func.count())
        .select_from(CommitmentRow)
        .where(CommitmentRow.organisation_id == organisation_id, CommitmentRow.outcome_id == commitment.outcome_id)
    ).scalar_one()
    key = {"organisation_id": organisation_id, "id": commitment.id, "outcome_id": commitment.outcome_id}
    return add_once(
        session, CommitmentRow, {**key, "position": place + 1, "created_at": now, **_changeable(commitment)}
    )


def change_commitment(session: Session, organisation_id: UUID, commitment: Commitment) -> None:
    session.execute(
        update(CommitmentRow)
        .where(CommitmentRow.organisation_id == organisation_id, CommitmentRow.id == commitment.id)
        .values(**_changeable(commitment))
    )


def _changeable(commitment: Commitment) -> dict[str, object]:
    return {
        "words": json.dumps(dict(commitment.words), ensure_ascii=False),
        "owner": commitment.owner,
        "due": commitment.due,
        "answer_due": commitment.answer_due,
        "status": commitment.status,
    }


def latest_updates(session: Session, organisation_id: UUID) -> dict[UUID, ProgressUpdate]:
    """What the organisation said last of each promise, by the promise's id."""
    rows = session.execute(
        select(ProgressUpdateRow.commitment_id, ProgressUpdateRow.words, ProgressUpdateRow.by, ProgressUpdateRow.at)
        .where(ProgressUpdateRow.organisation_id == organisation_id)
        .order_by(ProgressUpdateRow.at, ProgressUpdateRow.id)
    )
    return {row.commitment_id: ProgressUpdate(*row) for row in rows}


def add_update(
    session: Session,
    organisation_id: UUID,
    update_id: UUID,
    *,
    commitment_id: UUID,
    words: str,
    by: str,
    now: datetime,
) -> bool:
    values = {"commitment_id": commitment_id, "words": words, "by": by, "at": now}
    return add_once(session, ProgressUpdateRow, {"organisation_id": organisation_id, "id": update_id, **values})
