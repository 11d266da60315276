"""What was decided about each promise. A published decision is never changed: only a draft is."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.orm import Session

from svvoice.core.decisions import Difference, Verdict
from svvoice.core.survey import Words
from svvoice.store.tables import DecisionRow, OutboxRow


@dataclass(frozen=True)
class Decided:
    """The words of a decision, by language: what people said, the reason, what would have been done without them."""

    verdict: Verdict
    heard: Words
    reason: Words
    otherwise: Words
    difference: Difference


@dataclass(frozen=True)
class Decision:
    id: UUID
    commitment_id: UUID
    decided: Decided
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class ToldBack:
    """Texts about one decision: all of them, those that arrived, those that never will."""

    texts: int
    arrived: int
    lost: int


_DECISION = select(
    DecisionRow.id,
    DecisionRow.commitment_id,
    DecisionRow.verdict,
    DecisionRow.heard,
    DecisionRow.reason,
    DecisionRow.otherwise,
    DecisionRow.difference,
    DecisionRow.written_at,
    DecisionRow.published_at,
)


def decisions_of(session: Session, organisation_id: UUID) -> list[Decision]:
    """Every decision, published or not, in the order they were written."""
    rows = session.execute(
        _DECISION.where(DecisionRow.organisation_id == organisation_id).order_by(DecisionRow.written_at, DecisionRow.id)
    )
    return [_decision(*row) for row in rows]


def decision(session: Session, organisation_id: UUID, decision_id: UUID) -> Decision | None:
    row = session.execute(
        _DECISION.where(DecisionRow.organisation_id == organisation_id, DecisionRow.id == decision_id)
    ).one_or_none()
    return _decision(*row) if row else None


def draft(session: Session, organisation_id: UUID, commitment_id: UUID) -> Decision | None:
    """The decision under this promise that is written but not published."""
    row = session.execute(
        _DECISION.where(
            DecisionRow.organisation_id == organisation_id,
            DecisionRow.commitment_id == commitment_id,
            DecisionRow.published_at.is_(None),
        )
        .order_by(DecisionRow.written_at.desc(), DecisionRow.id)
        .limit(1)
    ).one_or_none()
    return _decision(*row) if row else None


def _decision(
    decision_id: UUID,
    commitment_id: UUID,
    verdict: str,
    heard: str,
    reason: str,
    otherwise: str,
    difference: str,
    written_at: datetime,
    published_at: datetime | None,
) -> Decision:
    words = (json.loads(heard), json.loads(reason), json.loads(otherwise))
    decided = Decided(Verdict(verdict), *words, Difference(difference))
    return Decision(decision_id, commitment_id, decided, written_at, published_at)


def write(
    session: Session, organisation_id: UUID, commitment_id: UUID, decided: Decided, *, by: UUID | None, now: datetime
) -> UUID:
    """Keeps a draft in the place of an earlier draft under this promise. Returns its id."""
    values = {
        "verdict": decided.verdict.value,
        "heard": _json(decided.heard),
        "reason": _json(decided.reason),
        "otherwise": _json(decided.otherwise),
        "difference": decided.difference.value,
        "by": by,
        "written_at": now,
    }
    earlier = draft(session, organisation_id, commitment_id)
    if earlier is not None:
        session.execute(
            update(DecisionRow)
            .where(
                DecisionRow.organisation_id == organisation_id,
                DecisionRow.id == earlier.id,
                DecisionRow.published_at.is_(None),
            )
            .values(**values)
        )
        return earlier.id
    decision_id = uuid4()
    key = {"organisation_id": organisation_id, "id": decision_id, "commitment_id": commitment_id}
    session.execute(insert(DecisionRow).values(**key, **values))
    return decision_id


def publish(session: Session, organisation_id: UUID, decision_id: UUID, now: datetime) -> bool:
    """True for the one who publishes it; whoever comes second changes nothing."""
    result = session.execute(
        update(DecisionRow)
        .where(
            DecisionRow.organisation_id == organisation_id,
            DecisionRow.id == decision_id,
            DecisionRow.published_at.is_(None),
        )
        .values(published_at=now)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


# Where a text can end that did not arrive; every other state may still become one that did.
LOST_STATUS = ("undelivered", "failed", "canceled")
LOST_STATE = ("refused", "cancelled")


def told_back(session: Session, organisation_id: UUID, decision_ids: Collection[UUID]) -> dict[UUID, ToldBack]:
    """What became of the texts about each of these decisions; one that nobody was texted about is not in it."""
    if not decision_ids:
        return {}
    arrived = OutboxRow.status == "delivered"
    lost = OutboxRow.state.in_(LOST_STATE) | OutboxRow.status.in_(LOST_STATUS)
    rows = session.execute(
        select(
            OutboxRow.cause_id,
            func.count(),
            func.sum(case((arrived, 1), else_=0)),
            func.sum(case((lost, 1), else_=0)),
        )
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.cause_id.in_(decision_ids))
        .group_by(OutboxRow.cause_id)
    )
    return {cause: ToldBack(texts, int(came), int(never)) for cause, texts, came, never in rows}


def _json(words: Words) -> str:
    return json.dumps(dict(words), ensure_ascii=False)
