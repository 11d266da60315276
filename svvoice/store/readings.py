"""How texts were read, whose each of our numbers is, and what can be texted to it: what the phone simulator shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from svvoice.store import surveys
from svvoice.store.tables import AnswerRow, InboundMessageRow, OrganisationRow, SenderRow


@dataclass(frozen=True)
class OurLine:
    """One of our numbers, and the organisation that it belongs to."""

    number: str
    organisation_id: UUID
    organisation_name: str
    is_example: bool


@dataclass(frozen=True)
class Reading:
    """How one text was read: `answer`, `keyword`, `command:skip`, `problem:no_match`…, with the value it gave."""

    how: str
    value: str | None


@dataclass(frozen=True)
class Keyword:
    """A word that begins a survey, and the survey's title in its own language."""

    word: str
    title: str
    language: str


def our_lines(session: Session) -> list[OurLine]:
    """All our numbers; those of the example organisation come first."""
    rows = session.execute(
        select(SenderRow.number, OrganisationRow.id, OrganisationRow.name, OrganisationRow.is_example)
        .join(OrganisationRow, OrganisationRow.id == SenderRow.organisation_id)
        .order_by(OrganisationRow.is_example.desc(), OrganisationRow.name, SenderRow.number)
    )
    return [OurLine(*row) for row in rows]


def readings_of(session: Session, organisation_id: UUID, message_sids: Iterable[str]) -> dict[str, Reading]:
    """How these texts were read, by message id; one that never reached the application is not among them."""
    # An answer and the text it was in are kept in one transaction, with the same time.
    with_answer = and_(
        AnswerRow.organisation_id == InboundMessageRow.organisation_id,
        AnswerRow.response_id == InboundMessageRow.response_id,
        AnswerRow.answered_at == InboundMessageRow.received_at,
    )
    rows = session.execute(
        select(InboundMessageRow.message_sid, InboundMessageRow.reading, AnswerRow.value)
        .outerjoin(AnswerRow, with_answer)
        .where(
            InboundMessageRow.organisation_id == organisation_id,
            InboundMessageRow.message_sid.in_(tuple(message_sids)),
        )
    )
    return {sid: Reading(how, value if how == "answer" else None) for sid, how, value in rows}


def keywords_of(session: Session, organisation_id: UUID, now: datetime) -> list[Keyword]:
    """The keywords of surveys that take answers by text now."""
    found = []
    for record in surveys.surveys_of(session, organisation_id):
        address = surveys.address_by_id(session, organisation_id, record.id)
        if not record.keyword or address is None or not address.takes_answers(now):
            continue
        survey = surveys.published(session, organisation_id, record.id, record.version)
        if survey is not None:
            language = survey.default_language
            found.append(Keyword(record.keyword, survey.words(survey.title, language), language))
    return found
