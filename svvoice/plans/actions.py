"""What people do with the plan itself: read it, write it, its outcomes and promises, and say how a promise goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from svvoice.errors import NotFound
from svvoice.store import audit, decisions, findings, plans
from svvoice.store.database import Database, Session
from svvoice.store.decisions import Decision, ToldBack
from svvoice.store.findings import Evidence, EvidenceAnswer
from svvoice.store.plans import Commitment, Outcome, Plan, ProgressUpdate


@dataclass(frozen=True)
class By:
    """Who does it, and when; nobody's account where the product itself makes the example."""

    account_id: UUID | None
    now: datetime


def begin_plan(
    database: Database, organisation_id: UUID, plan_id: UUID, by: By, *, title: str, starts: date, ends: date
) -> None:
    with database.transaction() as session:
        if plans.add_plan(session, organisation_id, plan_id, title=title, starts=starts, ends=ends, now=by.now):
            _note(session, organisation_id, "plan.begun", f"plan:{plan_id}", by)


def change_plan(
    database: Database, organisation_id: UUID, plan_id: UUID, by: By, *, title: str, starts: date, ends: date
) -> None:
    with database.transaction() as session:
        _plan(session, organisation_id, plan_id)
        plans.change_plan(session, organisation_id, plan_id, title=title, starts=starts, ends=ends)
        _note(session, organisation_id, "plan.changed", f"plan:{plan_id}", by)


def add_outcome(
    database: Database,
    organisation_id: UUID,
    outcome_id: UUID,
    by: By,
    *,
    plan_id: UUID,
    statement: str,
    informs: Sequence[str],
) -> None:
    """Raises NotFound where the plan is not the organisation's."""
    with database.transaction() as session:
        _plan(session, organisation_id, plan_id)
        added = plans.add_outcome(
            session, organisation_id, outcome_id, plan_id=plan_id, statement=statement, informs=informs
        )
        if added:
            _note(session, organisation_id, "outcome.added", f"outcome:{outcome_id}", by)


def change_outcome(
    database: Database, organisation_id: UUID, outcome_id: UUID, by: By, *, statement: str, informs: Sequence[str]
) -> None:
    with database.transaction() as session:
        _outcome(session, organisation_id, outcome_id)
        plans.change_outcome(session, organisation_id, outcome_id, statement=statement, informs=informs)
        _note(session, organisation_id, "outcome.changed", f"outcome:{outcome_id}", by)


def add_promise(database: Database, organisation_id: UUID, promise: Commitment, by: By) -> None:
    """Raises NotFound where the outcome is not the organisation's."""
    with database.transaction() as session:
        _outcome(session, organisation_id, promise.outcome_id)
        if plans.add_commitment(session, organisation_id, promise, by.now):
            _note(session, organisation_id, "promise.added", f"promise:{promise.id}", by)


def change_promise(database: Database, organisation_id: UUID, promise: Commitment, by: By) -> None:
    """The outcome that it stands under stays as it was."""
    with database.transaction() as session:
        if plans.commitment(session, organisation_id, promise.id, alone=True) is None:
            raise NotFound(str(promise.id))
        plans.change_commitment(session, organisation_id, promise)
        _note(session, organisation_id, "promise.changed", f"promise:{promise.id}", by)


def say_progress(
    database: Database, organisation_id: UUID, update_id: UUID, by: By, *, commitment_id: UUID, words: str, name: str
) -> None:
    """Adds to the organisation's own column; what it said before stays."""
    with database.transaction() as session:
        if plans.commitment(session, organisation_id, commitment_id) is None:
            raise NotFound(str(commitment_id))
        added = plans.add_update(
            session, organisation_id, update_id, commitment_id=commitment_id, words=words, by=name, now=by.now
        )
        if added:
            _note(session, organisation_id, "promise.updated", f"promise:{commitment_id}", by)


def _plan(session: Session, organisation_id: UUID, plan_id: UUID) -> None:
    if not any(plan.id == plan_id for plan in plans.plans_of(session, organisation_id)):
        raise NotFound(str(plan_id))


def _outcome(session: Session, organisation_id: UUID, outcome_id: UUID) -> None:
    if plans.outcome(session, organisation_id, outcome_id) is None:
        raise NotFound(str(outcome_id))


def _note(session: Session, organisation_id: UUID, action: str, subject: str, by: By) -> None:
    audit.note(session, organisation_id, action=action, subject=subject, account_id=by.account_id, now=by.now)


@dataclass(frozen=True)
class PlanRecords:
    """Everything that stands under an organisation's plans."""

    plans: list[Plan]
    outcomes: list[Outcome]
    commitments: list[Commitment]
    updates: dict[UUID, ProgressUpdate]
    evidence: list[Evidence]
    answers: list[EvidenceAnswer]
    decisions: list[Decision]
    told_back: dict[UUID, ToldBack]


def read_plan(database: Database, organisation_id: UUID) -> PlanRecords:
    with database.reading() as session:
        decided = decisions.decisions_of(session, organisation_id)
        return PlanRecords(
            plans=plans.plans_of(session, organisation_id),
            outcomes=plans.outcomes_of(session, organisation_id),
            commitments=plans.commitments_of(session, organisation_id),
            updates=plans.latest_updates(session, organisation_id),
            evidence=findings.evidence_of(session, organisation_id),
            answers=findings.answers_to_evidence(session, organisation_id),
            decisions=decided,
            told_back=decisions.told_back(session, organisation_id, [one.id for one in decided if one.published_at]),
        )


def promise(database: Database, organisation_id: UUID, commitment_id: UUID) -> Commitment:
    """Raises NotFound where it is not there, or not the organisation's."""
    with database.reading() as session:
        found = plans.commitment(session, organisation_id, commitment_id)
    if found is None:
        raise NotFound(str(commitment_id))
    return found
