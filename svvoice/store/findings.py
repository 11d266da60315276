"""Findings, the promises they are evidence for, and the answers given. Rows are only ever added here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from svvoice.store.once import add_once
from svvoice.store.tables import EvidenceAnswerRow, EvidenceLinkRow, FindingRow


@dataclass(frozen=True)
class StoredFinding:
    """A finding as it was frozen: `document` is its JSON, `content_hash` what the JSON hashed to then."""

    id: UUID
    survey_id: UUID
    question_id: str
    document: str
    content_hash: str
    made_at: datetime


@dataclass(frozen=True)
class Evidence:
    """A finding under a promise, with the direction it points in."""

    id: UUID
    commitment_id: UUID
    direction: str
    note: str
    at: datetime
    finding: StoredFinding


@dataclass(frozen=True)
class EvidenceAnswer:
    evidence_id: UUID
    words: str
    at: datetime


_FINDING = (
    FindingRow.id,
    FindingRow.survey_id,
    FindingRow.question_id,
    FindingRow.document,
    FindingRow.content_hash,
    FindingRow.made_at,
)


def freeze(
    session: Session,
    organisation_id: UUID,
    *,
    survey_id: UUID,
    question_id: str,
    document: str,
    content_hash: str,
    by: UUID | None,
    now: datetime,
) -> UUID:
    """Keeps a finding. The same one again (a button pressed twice) gives the id of the first."""
    values = {
        "organisation_id": organisation_id,
        "id": uuid4(),
        "survey_id": survey_id,
        "question_id": question_id,
        "document": document,
        "content_hash": content_hash,
        "made_at": now,
        "made_by": by,
    }
    add_once(session, FindingRow, values)
    return session.execute(
        select(FindingRow.id).where(
            FindingRow.organisation_id == organisation_id, FindingRow.content_hash == content_hash
        )
    ).scalar_one()


def finding(session: Session, organisation_id: UUID, finding_id: UUID) -> StoredFinding | None:
    row = session.execute(
        select(*_FINDING).where(FindingRow.organisation_id == organisation_id, FindingRow.id == finding_id)
    ).one_or_none()
    return StoredFinding(*row) if row else None


def findings_of(session: Session, organisation_id: UUID, limit: int = 200) -> list[StoredFinding]:
    """The findings made last, newest first."""
    rows = session.execute(
        select(*_FINDING)
        .where(FindingRow.organisation_id == organisation_id)
        .order_by(FindingRow.made_at.desc(), FindingRow.id)
        .limit(limit)
    )
    return [StoredFinding(*row) for row in rows]


def attach(
    session: Session,
    organisation_id: UUID,
    *,
    finding_id: UUID,
    commitment_id: UUID,
    direction: str,
    note: str,
    by: UUID | None,
    now: datetime,
) -> bool:
    """Puts a finding under a promise; False where it is there already (its direction then stays as it was)."""
    values = {
        "organisation_id": organisation_id,
        "id": uuid4(),
        "finding_id": finding_id,
        "commitment_id": commitment_id,
        "direction": direction,
        "note": note,
        "by": by,
        "at": now,
    }
    return add_once(session, EvidenceLinkRow, values)


def _evidence_rows(session: Session, organisation_id: UUID, *where: ColumnElement[bool]) -> list[Evidence]:
    rows = session.execute(
        select(
            EvidenceLinkRow.id,
            EvidenceLinkRow.commitment_id,
            EvidenceLinkRow.direction,
            EvidenceLinkRow.note,
            EvidenceLinkRow.at,
            *_FINDING,
        )
        .join(
            FindingRow,
            (FindingRow.organisation_id == EvidenceLinkRow.organisation_id)
            & (FindingRow.id == EvidenceLinkRow.finding_id),
        )
        .where(EvidenceLinkRow.organisation_id == organisation_id, *where)
        .order_by(EvidenceLinkRow.at, EvidenceLinkRow.id)
    )
    return [Evidence(*row[:5], StoredFinding(*row[5:])) for row in rows]


def evidence_of(session: Session, organisation_id: UUID) -> list[Evidence]:
    """All evidence under all promises, in the order it was put there."""
    return _evidence_rows(session, organisation_id)


def evidence_for(session: Session, organisation_id: UUID, commitment_id: UUID) -> list[Evidence]:
    """The evidence under one promise."""
    return _evidence_rows(session, organisation_id, EvidenceLinkRow.commitment_id == commitment_id)


def promises_resting_on(session: Session, organisation_id: UUID, survey_id: UUID) -> set[UUID]:
    """The promises that have a finding of this survey under them."""
    rows = session.execute(
        select(EvidenceLinkRow.commitment_id)
        .join(
            FindingRow,
            (FindingRow.organisation_id == EvidenceLinkRow.organisation_id)
            & (FindingRow.id == EvidenceLinkRow.finding_id),
        )
        .where(EvidenceLinkRow.organisation_id == organisation_id, FindingRow.survey_id == survey_id)
        .distinct()
    )
    return set(rows.scalars())


def answers_to_evidence(session: Session, organisation_id: UUID) -> list[EvidenceAnswer]:
    """What the organisation answered to its evidence, in the order of answering."""
    rows = session.execute(
        select(EvidenceAnswerRow.evidence_id, EvidenceAnswerRow.words, EvidenceAnswerRow.at)
        .where(EvidenceAnswerRow.organisation_id == organisation_id)
        .order_by(EvidenceAnswerRow.at, EvidenceAnswerRow.id)
    )
    return [EvidenceAnswer(*row) for row in rows]


def answer_evidence(
    session: Session,
    organisation_id: UUID,
    answer_id: UUID,
    *,
    evidence_id: UUID,
    words: str,
    by: UUID | None,
    now: datetime,
) -> bool:
    """Adds an answer to a piece of evidence. Says whether it is new."""
    values = {"evidence_id": evidence_id, "words": words, "by": by, "at": now}
    return add_once(session, EvidenceAnswerRow, {"organisation_id": organisation_id, "id": answer_id, **values})
