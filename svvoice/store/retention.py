"""What has been kept long enough, and how it goes: numbers, their ties to answers, and the words of texts.

Each step takes away at most `limit` rows and says how many, so that nobody who answers has to wait for a large survey.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Select, Update, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from svvoice.store.database import Database
from svvoice.store.tables import (
    AuditEventRow,
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    OrganisationRow,
    OutboxRow,
    ResponseRow,
    SubmissionRow,
    SurveyRow,
    TellBackRow,
)

AFTER_CLOSE = timedelta(days=30)
"""So long after a survey closed its numbers, ties and cookies are still there; and a text that belongs to none."""
AFTER_TELLING = timedelta(days=7)
"""So long a number that was told is still there: the network reports late whether the text arrived."""
LONGEST_WAIT = timedelta(days=365)
"""So long a number waits to be told, and no longer."""

_ENDS = ("accepted", "refused", "cancelled", "needs_a_look")
_TOLD = ("accepted", "refused", "cancelled")


def organisations_in_turn(session: Session) -> list[UUID]:
    return list(session.execute(select(OrganisationRow.id).order_by(OrganisationRow.created_at)).scalars())


def surveys_over(session: Session, organisation_id: UUID, now: datetime) -> list[UUID]:
    """Surveys that closed 30 days ago or earlier, by their last day or by hand, and are closed still."""
    closed_by_hand = (
        select(func.max(AuditEventRow.at))
        .where(
            AuditEventRow.organisation_id == organisation_id,
            AuditEventRow.action == "survey.closed",
            AuditEventRow.subject == SurveyRow.slug,
        )
        .correlate(SurveyRow)
        .scalar_subquery()
    )
    cutoff = now - AFTER_CLOSE
    over = or_(SurveyRow.closes_at <= cutoff, and_(SurveyRow.state == "closed", closed_by_hand <= cutoff))
    rows = session.execute(
        select(SurveyRow.id).where(SurveyRow.organisation_id == organisation_id, SurveyRow.version > 0, over)
    )
    return list(rows.scalars())


def forget_ties(session: Session, organisation_id: UUID, survey_ids: Collection[UUID], limit: int) -> int:
    """The conversations: what ties a number to a response."""
    over = (
        select(ConversationRow.id)
        .where(ConversationRow.organisation_id == organisation_id, ConversationRow.survey_id.in_(survey_ids))
        .limit(limit)
    )
    return _count(
        session,
        delete(ConversationRow).where(
            ConversationRow.organisation_id == organisation_id, ConversationRow.id.in_(_ids(session, over))
        ),
    )


def with_traces(
    session: Session, organisation_id: UUID, survey_ids: Collection[UUID], after: UUID | None, limit: int
) -> list[UUID]:
    """Responses that still have a cookie or digests of pages, the next ones after `after`."""
    sent_in = exists().where(
        SubmissionRow.organisation_id == organisation_id, SubmissionRow.response_id == ResponseRow.id
    )
    has_traces = or_(ResponseRow.cookie_hash.is_not(None), ResponseRow.cookie_until.is_not(None), sent_in)
    found = select(ResponseRow.id).where(
        ResponseRow.organisation_id == organisation_id, ResponseRow.survey_id.in_(survey_ids), has_traces
    )
    if after is not None:  # or each look would pass over all that are done already
        found = found.where(ResponseRow.id > after)
    return _ids(session, found.order_by(ResponseRow.id).limit(limit))


def forget_pages(session: Session, organisation_id: UUID, response_ids: Collection[UUID]) -> None:
    """The cookies of phones, and the digests of the pages they sent in. The answers stay."""
    session.execute(
        delete(SubmissionRow).where(
            SubmissionRow.organisation_id == organisation_id, SubmissionRow.response_id.in_(response_ids)
        )
    )
    session.execute(
        update(ResponseRow)
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.id.in_(response_ids))
        .values(cookie_hash=None, cookie_until=None)
    )


def forget_tell_backs(session: Session, organisation_id: UUID, survey_ids: Collection[UUID], now: datetime) -> int:
    """Wishes to be told that came true a week ago or earlier, of surveys that are over; and those of a year ago."""
    told = exists().where(
        OutboxRow.organisation_id == organisation_id,
        OutboxRow.contact_id == TellBackRow.contact_id,
        OutboxRow.created_at >= TellBackRow.asked_at,
        OutboxRow.state.in_(_TOLD),
        OutboxRow.changed_at <= now - AFTER_TELLING,
    )
    done = or_(and_(TellBackRow.survey_id.in_(survey_ids), told), TellBackRow.asked_at <= now - LONGEST_WAIT)
    return _count(session, delete(TellBackRow).where(TellBackRow.organisation_id == organisation_id, done))


def forget_words_received(session: Session, organisation_id: UUID, now: datetime, limit: int) -> int:
    """Words and number of texts that came in 30 days ago or earlier, unless a tie that stands explains an answer.

    The message id stays, without words and without tie.
    """
    tied = exists().where(
        ConversationRow.organisation_id == organisation_id,
        ConversationRow.contact_id == InboundMessageRow.contact_id,
        ConversationRow.response_id == InboundMessageRow.response_id,
    )
    found = session.execute(
        select(InboundMessageRow.message_sid)
        .where(
            InboundMessageRow.organisation_id == organisation_id,
            InboundMessageRow.contact_id.is_not(None),
            InboundMessageRow.received_at <= now - AFTER_CLOSE,
            ~tied,
        )
        .limit(limit)
    ).scalars()
    return _count(
        session,
        update(InboundMessageRow)
        .where(InboundMessageRow.organisation_id == organisation_id, InboundMessageRow.message_sid.in_(list(found)))
        .values(body="", reply="", contact_id=None, response_id=None),
    )


def forget_words_sent(session: Session, organisation_id: UUID, now: datetime) -> int:
    """Words of texts that we started and whose end was 30 days ago or earlier. What became of them stays."""
    return _count(
        session,
        update(OutboxRow)
        .where(
            OutboxRow.organisation_id == organisation_id,
            OutboxRow.state.in_(_ENDS),
            OutboxRow.changed_at <= now - AFTER_CLOSE,
            OutboxRow.body != "",
        )
        .values(body=""),
    )


def forget_numbers(session: Session, organisation_id: UUID, now: datetime, limit: int) -> int:
    """Numbers that nothing needs any more: no tie, no wish to be told, no text of theirs or ours in hand.

    One that was texted leaves an empty place, so that it still counts among those who were told.
    """
    found = _ids(session, _needless(organisation_id, now).limit(limit).with_for_update(skip_locked=True))
    # Asked once more, now that nobody can begin anything with them: a text may have come just before.
    found = _ids(session, _needless(organisation_id, now).where(ContactRow.id.in_(found)))
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.contact_id.in_(found))
        .values(phone_hash="", body="")
    )
    texted = exists().where(OutboxRow.organisation_id == organisation_id, OutboxRow.contact_id == ContactRow.id)
    ours = and_(ContactRow.organisation_id == organisation_id, ContactRow.id.in_(found))
    session.execute(delete(ContactRow).where(ours, ~texted))
    for contact_id in _ids(session, select(ContactRow.id).where(ours)):
        session.execute(
            update(ContactRow)
            .where(ContactRow.organisation_id == organisation_id, ContactRow.id == contact_id)
            .values(phone_hash=f"gone:{contact_id}", phone_sealed=b"", language=None, pending=None, pending_at=None)
        )
    return len(found)


def empty_log(database: Database) -> None:
    """What was deleted also leaves SQLite's log, unless somebody reads just now: then it leaves the next time."""
    if not database.is_sqlite:
        return
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _needless(organisation_id: UUID, now: datetime) -> Select[UUID]:
    cutoff = now - AFTER_CLOSE
    tied = exists().where(
        ConversationRow.organisation_id == organisation_id, ConversationRow.contact_id == ContactRow.id
    )
    waits = exists().where(TellBackRow.organisation_id == organisation_id, TellBackRow.contact_id == ContactRow.id)
    heard = exists().where(
        InboundMessageRow.organisation_id == organisation_id, InboundMessageRow.contact_id == ContactRow.id
    )
    in_hand = exists().where(
        OutboxRow.organisation_id == organisation_id,
        OutboxRow.contact_id == ContactRow.id,
        or_(OutboxRow.state.not_in(_ENDS), and_(OutboxRow.state == "needs_a_look", OutboxRow.changed_at > cutoff)),
    )
    return select(ContactRow.id).where(
        ContactRow.organisation_id == organisation_id,
        ContactRow.phone_sealed != b"",
        ContactRow.created_at <= now - AFTER_TELLING,
        or_(ContactRow.pending_at.is_(None), ContactRow.pending_at <= cutoff),
        ~tied,
        ~waits,
        ~heard,
        ~in_hand,
    )


def _ids(session: Session, statement: Select[UUID]) -> list[UUID]:
    return list(session.execute(statement).scalars())


def _count(session: Session, statement: Delete | Update) -> int:
    done: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)
