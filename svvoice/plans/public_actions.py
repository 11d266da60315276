"""Reads what the public page of a survey says: who answered, what they said, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from svvoice.core.survey import Kind, Survey
from svvoice.errors import NotFound
from svvoice.store import decisions, findings, plans, public_counts, surveys
from svvoice.store.database import Database, Session
from svvoice.store.decisions import Decision
from svvoice.store.plans import Commitment
from svvoice.store.public_counts import PublicReach
from svvoice.store.surveys import Address

CLOSED = frozenset({Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.SCALE, Kind.AGE_BAND})
"""Questions that are answered by choosing; what people type is only ever counted."""


@dataclass(frozen=True)
class WhatPeopleSaid:
    address: Address
    versions: tuple[Survey, ...]
    reach: PublicReach
    counts: dict[str, dict[str, int]]
    promises: tuple[Commitment, ...]
    """Those that the survey's findings stand under, in the order of the plan."""
    decisions: tuple[Decision, ...]
    """The published ones, oldest first."""
    now: datetime

    @property
    def survey(self) -> Survey:
        """As it stands now."""
        return self.versions[-1]


def what_people_said(database: Database, slug: str, now: datetime) -> WhatPeopleSaid:
    """Raises NotFound where there is no survey at this address, or it has never been published."""
    with database.reading() as session:
        address = surveys.address_of(session, slug)
        versions = _versions(session, address) if address else ()
        if address is None or not versions:
            raise NotFound(slug)
        ours, survey_id, is_example = address.organisation_id, address.survey_id, address.is_example
        closed = {question.id for survey in versions for question in survey.asked if question.kind in CLOSED}
        promises = _promises(session, ours, survey_id)
        wanted = {promise.id for promise in promises}
        return WhatPeopleSaid(
            address=address,
            versions=versions,
            reach=public_counts.reach(session, ours, survey_id, is_example=is_example),
            counts=public_counts.counts(session, ours, survey_id, closed=sorted(closed), is_example=is_example),
            promises=promises,
            decisions=tuple(
                one
                for one in (decisions.decisions_of(session, ours) if promises else ())
                if one.published_at and one.commitment_id in wanted
            ),
            now=now,
        )


def _versions(session: Session, address: Address) -> tuple[Survey, ...]:
    """Every published version, oldest first."""
    found = (
        surveys.published(session, address.organisation_id, address.survey_id, version)
        for version in range(1, address.version + 1)
    )
    return tuple(survey for survey in found if survey is not None)


def _promises(session: Session, organisation_id: UUID, survey_id: UUID) -> tuple[Commitment, ...]:
    resting = findings.promises_resting_on(session, organisation_id, survey_id)
    if not resting:
        return ()
    return tuple(one for one in plans.commitments_of(session, organisation_id) if one.id in resting)
