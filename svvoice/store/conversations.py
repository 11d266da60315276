"""Surveys being answered by text: which question is open for which number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from svvoice.store.tables import ConversationRow


@dataclass(frozen=True)
class Conversation:
    """A survey and a number, and where they are in it."""

    id: UUID
    contact_id: UUID
    sender: str
    survey_id: UUID
    version: int
    response_id: UUID
    state: str
    question_id: str | None
    turn: int
    tries: int
    gave_up: int
    language: str
    collector: str
    written_question_id: str | None
    heard_at: datetime
    heard: str
    said_at: datetime


_COLUMNS = (
    ConversationRow.id,
    ConversationRow.contact_id,
    ConversationRow.sender,
    ConversationRow.survey_id,
    ConversationRow.version,
    ConversationRow.response_id,
    ConversationRow.state,
    ConversationRow.question_id,
    ConversationRow.turn,
    ConversationRow.tries,
    ConversationRow.gave_up,
    ConversationRow.language,
    ConversationRow.collector,
    ConversationRow.written_question_id,
    ConversationRow.heard_at,
    ConversationRow.heard,
    ConversationRow.said_at,
)
_LATEST = (
    select(*_COLUMNS)
    .where(
        ConversationRow.organisation_id == bindparam("organisation"),
        ConversationRow.contact_id == bindparam("contact"),
        ConversationRow.sender == bindparam("sender"),
    )
    .order_by(ConversationRow.heard_at.desc(), ConversationRow.id)
    .limit(1)
)
_OPEN = select(*_COLUMNS).where(
    ConversationRow.organisation_id == bindparam("organisation"),
    ConversationRow.contact_id == bindparam("contact"),
    ConversationRow.sender == bindparam("sender"),
    ConversationRow.state == "open",
)
_UNFINISHED = (
    select(*_COLUMNS)
    .where(
        ConversationRow.organisation_id == bindparam("organisation"),
        ConversationRow.contact_id == bindparam("contact"),
        ConversationRow.sender == bindparam("sender"),
        ConversationRow.survey_id == bindparam("survey"),
        ConversationRow.state.in_(("stopped", "left")),
    )
    .order_by(ConversationRow.heard_at.desc(), ConversationRow.id)
    .limit(1)
)
_BEGIN = insert(ConversationRow)
_KEEP = update(ConversationRow).where(
    ConversationRow.organisation_id == bindparam("organisation"), ConversationRow.id == bindparam("conversation")
)


def open_one(session: Session, organisation_id: UUID, contact_id: UUID, sender: str) -> Conversation | None:
    """The open conversation of this pair of numbers, of which there is one at most."""
    values = {"organisation": organisation_id, "contact": contact_id, "sender": sender}
    row = session.connection().execute(_OPEN, values).one_or_none()
    return Conversation(*tuple(row)) if row else None


def latest(session: Session, organisation_id: UUID, contact_id: UUID, sender: str) -> Conversation | None:
    """The conversation of this pair of numbers that was heard from last, open or not."""
    values = {"organisation": organisation_id, "contact": contact_id, "sender": sender}
    row = session.connection().execute(_LATEST, values).one_or_none()
    return Conversation(*tuple(row)) if row else None


def unfinished(
    session: Session, organisation_id: UUID, contact_id: UUID, sender: str, survey_id: UUID
) -> Conversation | None:
    """A conversation about this survey that was stopped or left before its end, the latest one."""
    values = {"organisation": organisation_id, "contact": contact_id, "sender": sender, "survey": survey_id}
    row = session.connection().execute(_UNFINISHED, values).one_or_none()
    return Conversation(*tuple(row)) if row else None


def begin(session: Session, organisation_id: UUID, conversation: Conversation) -> None:
    values = {
        "organisation_id": organisation_id,
        "id": conversation.id,
        "contact_id": conversation.contact_id,
        "sender": conversation.sender,
        "survey_id": conversation.survey_id,
        "version": conversation.version,
        "response_id": conversation.response_id,
        "collector": conversation.collector,
        "started_at": conversation.heard_at,
    }
    session.connection().execute(_BEGIN, {**values, **_moving(conversation)})


def keep(session: Session, organisation_id: UUID, conversation: Conversation) -> None:
    """Keeps where the conversation is now."""
    values = {"organisation": organisation_id, "conversation": conversation.id}
    session.connection().execute(_KEEP, {**values, **_moving(conversation)})


def _moving(conversation: Conversation) -> dict[str, object]:
    """What changes from text to text."""
    return {
        "state": conversation.state,
        "question_id": conversation.question_id,
        "turn": conversation.turn,
        "tries": conversation.tries,
        "gave_up": conversation.gave_up,
        "language": conversation.language,
        "written_question_id": conversation.written_question_id,
        "heard_at": conversation.heard_at,
        "heard": conversation.heard,
        "said_at": conversation.said_at,
    }


def responses_of(session: Session, organisation_id: UUID, contact_id: UUID) -> list[UUID]:
    """The responses that this number gave, while the tie is kept."""
    rows = session.execute(
        select(ConversationRow.response_id).where(
            ConversationRow.organisation_id == organisation_id, ConversationRow.contact_id == contact_id
        )
    )
    return list(rows.scalars())
