"""Saved states of a survey that is being written: every one is kept, can be looked at and brought back."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from svvoice.store.tables import AccountRow, SurveyDraftRow, SurveyRow

MOST_LISTED = 200


@dataclass(frozen=True)
class SavedState:
    """One saved state, without its document. `name`: who saved it; none for a command."""

    number: int
    revision: str
    what: str
    name: str | None
    at: datetime


def revision_of(document: str) -> str:
    """What a document is known by in forms: it is another as soon as one letter is."""
    return hashlib.sha256(document.encode()).hexdigest()[:32]


def lock_survey(session: Session, organisation_id: UUID, slug: str) -> UUID | None:
    """Makes others who would save wait until this transaction ends; gives the survey's id."""
    return session.execute(
        select(SurveyRow.id)
        .where(SurveyRow.organisation_id == organisation_id, SurveyRow.slug == slug)
        .with_for_update()
    ).scalar_one_or_none()


def keep(
    session: Session,
    organisation_id: UUID,
    survey_id: UUID,
    *,
    document: str,
    what: str,
    by: UUID | None,
    now: datetime,
) -> int:
    """Keeps a state and gives its number. The survey has to be locked, or new. The same again makes no new one."""
    where = (SurveyDraftRow.organisation_id == organisation_id, SurveyDraftRow.survey_id == survey_id)
    number = session.execute(select(func.max(SurveyDraftRow.number)).where(*where)).scalar_one() or 0
    revision = revision_of(document)
    last = select(SurveyDraftRow.revision).where(*where, SurveyDraftRow.number == number)
    if number and session.execute(last).scalar_one() == revision:
        return number
    session.execute(
        insert(SurveyDraftRow).values(
            organisation_id=organisation_id,
            id=uuid4(),
            survey_id=survey_id,
            number=number + 1,
            revision=revision,
            document=zlib.compress(document.encode(), 1),
            what=what,
            account_id=by,
            at=now,
        )
    )
    return number + 1


def states(session: Session, organisation_id: UUID, survey_id: UUID, most: int = MOST_LISTED) -> list[SavedState]:
    """The saved states, the latest first."""
    rows = session.execute(
        select(SurveyDraftRow.number, SurveyDraftRow.revision, SurveyDraftRow.what, AccountRow.name, SurveyDraftRow.at)
        .outerjoin(AccountRow, AccountRow.id == SurveyDraftRow.account_id)
        .where(SurveyDraftRow.organisation_id == organisation_id, SurveyDraftRow.survey_id == survey_id)
        .order_by(SurveyDraftRow.number.desc())
        .limit(most)
    )
    return [SavedState(*row) for row in rows]


def document_numbered(session: Session, organisation_id: UUID, survey_id: UUID, number: int) -> str | None:
    return _unpacked(
        session.execute(
            select(SurveyDraftRow.document).where(
                SurveyDraftRow.organisation_id == organisation_id,
                SurveyDraftRow.survey_id == survey_id,
                SurveyDraftRow.number == number,
            )
        ).scalar_one_or_none()
    )


def document_of(session: Session, organisation_id: UUID, survey_id: UUID, revision: str) -> str | None:
    """The state that a form was made from, if it is one of this survey's."""
    return _unpacked(
        session.execute(
            select(SurveyDraftRow.document)
            .where(
                SurveyDraftRow.organisation_id == organisation_id,
                SurveyDraftRow.survey_id == survey_id,
                SurveyDraftRow.revision == revision,
            )
            .order_by(SurveyDraftRow.number.desc())
            .limit(1)
        ).scalar_one_or_none()
    )


def _unpacked(document: bytes | None) -> str | None:
    return None if document is None else zlib.decompress(document).decode()


def last_saved(session: Session, organisation_id: UUID, survey_id: UUID) -> SavedState | None:
    """Who saved last, and when."""
    return next(iter(states(session, organisation_id, survey_id, most=1)), None)
