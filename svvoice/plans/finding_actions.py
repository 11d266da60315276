"""Findings: what people said becomes evidence that stands still, under a promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from svvoice.core.evidence import Direction, Finding, Refused, as_document
from svvoice.core.survey import Survey
from svvoice.errors import NotFound
from svvoice.plans.actions import By
from svvoice.plans.numbers import Asked, Numbers, finding_of, numbers_of, published_survey
from svvoice.store import audit, findings, plans, surveys
from svvoice.store.database import Database, Session
from svvoice.store.findings import Evidence, StoredFinding
from svvoice.store.plans import Commitment
from svvoice.store.surveys import SurveyRecord


@dataclass(frozen=True)
class Frozen:
    finding_id: UUID


@dataclass(frozen=True)
class MovedOn:
    """Somebody has answered since the sentence was looked at: nothing was kept."""

    finding: Finding


def numbers(database: Database, organisation_id: UUID, asked: Asked) -> Numbers:
    """Raises NotFound where the survey or the question is not the organisation's."""
    with database.reading() as session:
        return numbers_of(session, organisation_id, asked)


def freeze(database: Database, organisation_id: UUID, asked: Asked, seen: str, by: By) -> Frozen | MovedOn | Refused:
    """Keeps the finding whose hash is `seen`; the same one twice is one finding."""
    with database.transaction() as session:
        found = numbers_of(session, organisation_id, asked)
        finding = finding_of(found, asked)
        if isinstance(finding, Refused):
            return finding
        if finding.content_hash != seen:
            return MovedOn(finding)
        finding_id = findings.freeze(
            session,
            organisation_id,
            survey_id=found.record.id,
            question_id=asked.question_id,
            document=json.dumps(as_document(finding), ensure_ascii=False),
            content_hash=finding.content_hash,
            by=by.account_id,
            now=by.now,
        )
        _note(session, organisation_id, "finding.frozen", f"finding:{finding_id}", by)
    return Frozen(finding_id)


def attach(
    database: Database,
    organisation_id: UUID,
    commitment_id: UUID,
    finding_id: UUID,
    by: By,
    *,
    direction: Direction,
    note: str,
) -> bool:
    """Puts a finding under a promise, for good. False where it is there already. Raises NotFound as ever."""
    with database.transaction() as session:
        _promise(session, organisation_id, commitment_id)
        if findings.finding(session, organisation_id, finding_id) is None:
            raise NotFound(str(finding_id))
        added = findings.attach(
            session,
            organisation_id,
            finding_id=finding_id,
            commitment_id=commitment_id,
            direction=direction.value,
            note=note,
            by=by.account_id,
            now=by.now,
        )
        if added:
            _note(session, organisation_id, "evidence.added", f"finding:{finding_id} promise:{commitment_id}", by)
    return added


def evidence_under(database: Database, organisation_id: UUID, commitment_id: UUID, evidence_id: UUID) -> Evidence:
    with database.reading() as session:
        return _evidence(session, organisation_id, commitment_id, evidence_id)


def answer(
    database: Database,
    organisation_id: UUID,
    commitment_id: UUID,
    evidence_id: UUID,
    answer_id: UUID,
    words: str,
    by: By,
) -> None:
    """Answers a piece of evidence: the only thing that can be done to it."""
    with database.transaction() as session:
        _evidence(session, organisation_id, commitment_id, evidence_id)
        added = findings.answer_evidence(
            session, organisation_id, answer_id, evidence_id=evidence_id, words=words, by=by.account_id, now=by.now
        )
        if added:
            _note(session, organisation_id, "evidence.answered", f"evidence:{evidence_id}", by)


@dataclass(frozen=True)
class Shelf:
    """Findings and promises, for choosing which goes under which."""

    findings: list[StoredFinding]
    promises: list[Commitment]
    evidence: list[Evidence]
    surveys: list[SurveyRecord]
    titles: Mapping[str, str]
    """Of each survey by its slug, in English where it has one."""


def shelf(database: Database, organisation_id: UUID) -> Shelf:
    with database.reading() as session:
        published = [one for one in surveys.surveys_of(session, organisation_id) if one.version]
        return Shelf(
            findings=findings.findings_of(session, organisation_id),
            promises=plans.commitments_of(session, organisation_id),
            evidence=findings.evidence_of(session, organisation_id),
            surveys=published,
            titles={one.slug: _title(session, organisation_id, one) for one in published},
        )


def _title(session: Session, organisation_id: UUID, record: SurveyRecord) -> str:
    survey = surveys.published(session, organisation_id, record.id, record.version)
    return (survey.words(survey.title, "en") if survey else "") or record.slug


def promise_on(shelf: Shelf, commitment_id: UUID) -> Commitment:
    for promise in shelf.promises:
        if promise.id == commitment_id:
            return promise
    raise NotFound(str(commitment_id))


def stored(database: Database, organisation_id: UUID, finding_id: UUID) -> StoredFinding:
    with database.reading() as session:
        found = findings.finding(session, organisation_id, finding_id)
    if found is None:
        raise NotFound(str(finding_id))
    return found


def survey_now(database: Database, organisation_id: UUID, slug: str) -> Survey:
    """The survey as it stands now. Raises NotFound where it is not the organisation's or was never published."""
    with database.reading() as session:
        return published_survey(session, organisation_id, slug)[1][-1]


def _promise(session: Session, organisation_id: UUID, commitment_id: UUID) -> Commitment:
    found = plans.commitment(session, organisation_id, commitment_id)
    if found is None:
        raise NotFound(str(commitment_id))
    return found


def _evidence(session: Session, organisation_id: UUID, commitment_id: UUID, evidence_id: UUID) -> Evidence:
    for one in findings.evidence_for(session, organisation_id, commitment_id):
        if one.id == evidence_id:
            return one
    raise NotFound(str(evidence_id))


def _note(session: Session, organisation_id: UUID, action: str, subject: str, by: By) -> None:
    audit.note(session, organisation_id, action=action, subject=subject, account_id=by.account_id, now=by.now)
