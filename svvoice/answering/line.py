"""A resident's number and ours: what every step of a conversation by text needs at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from svvoice.core.answers import Answer
from svvoice.core.survey import Survey
from svvoice.language import Speech, speech
from svvoice.settings import Settings
from svvoice.store import surveys
from svvoice.store.arrivals import Arrival
from svvoice.store.contacts import Contact
from svvoice.store.conversations import Conversation
from svvoice.store.database import Session
from svvoice.store.sealing import Sealer
from svvoice.store.surveys import Address

REPEAT = timedelta(seconds=3)
"""The same words again so soon after our reply are the network's: nobody reads and types that fast."""
MORE_WORDS = timedelta(seconds=90)
"""So long after a written answer, words that fit nothing else are taken as its continuation."""
AWAY = timedelta(hours=24)
"""After this we say where we were."""
REVIVED = timedelta(days=30)
"""After this a conversation is over: late words are kept, and the way to begin is told."""
PENDING = timedelta(hours=24)
"""So long a question of ours outside a survey ("delete?") waits for its answer."""


@dataclass(frozen=True)
class Text:
    """A text message as the provider hands it over, cleaned."""

    sid: str
    sender: str
    to: str
    body: str
    media: int = 0
    opt_out_type: str = ""
    """STOP, START or HELP where the provider has already answered."""


@dataclass(frozen=True)
class Said:
    """What a text comes to: our reply (empty is silence) and how it was read."""

    reply: str
    reading: str
    response_id: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One pair of numbers, in one transaction."""

    session: Session
    settings: Settings
    sealer: Sealer
    arrival: Arrival
    contact: Contact
    our_number: str
    text: Text
    now: datetime
    conversation: Conversation | None

    @property
    def organisation_id(self) -> UUID:
        return self.arrival.organisation_id

    @property
    def organisation_name(self) -> str:
        return self.arrival.organisation_name

    @property
    def language(self) -> str:
        return self.conversation.language if self.conversation else self.contact.language or "en"

    @property
    def speech(self) -> Speech:
        return speech(self.language)


@dataclass(frozen=True)
class Talk:
    """An open conversation with its survey and what was answered so far."""

    line: Line
    conversation: Conversation
    address: Address
    survey: Survey
    answers: Mapping[str, Answer]
    has_response: bool

    @property
    def speech(self) -> Speech:
        return speech(self.conversation.language)


def link_to(line: Line, slug: str) -> str:
    return f"{line.settings.public_url}/s/{slug}"


def keywords(line: Line) -> list[tuple[str, str, str]]:
    """Keyword, slug and title of every survey of this organisation that takes answers by text now."""
    found = []
    for record in surveys.surveys_of(line.session, line.organisation_id):
        address = surveys.address_by_id(line.session, line.organisation_id, record.id)
        if record.keyword and address is not None and address.takes_answers(line.now):
            survey = surveys.published(line.session, line.organisation_id, record.id, record.version)
            if survey is not None:
                found.append((record.keyword, record.slug, survey.words(survey.title, line.language)))
    return found
