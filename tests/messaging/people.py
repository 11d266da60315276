"""Two organisations and their contacts, without the application: enough for texts to go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from svvoice.messaging.quiet import QuietSender
from svvoice.messaging.sender import Sender
from svvoice.messaging.worker import Desk
from svvoice.settings import Settings
from svvoice.store import contacts, outbox
from svvoice.store.contacts import Contact
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.store.tables import OrganisationRow, OutboxRow, SenderRow

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
OUR_NUMBER = "+447700900142"


@dataclass
class Clock:
    """A clock that only moves when it is told to."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Town:
    """One organisation, its number, and people who can be texted."""

    database: Database
    sealer: Sealer
    settings: Settings
    clock: Clock = field(default_factory=Clock)
    quiet: QuietSender = field(default_factory=QuietSender)
    organisation_id: UUID = field(default_factory=uuid4)

    def found(self, number: str = OUR_NUMBER) -> Town:
        with self.database.transaction() as session:
            session.execute(
                insert(OrganisationRow).values(
                    id=self.organisation_id,
                    slug=f"town-{self.organisation_id.hex[:8]}",
                    name="Hillside Trust",
                    is_example=False,
                    created_at=NOON,
                )
            )
            session.execute(insert(SenderRow).values(number=number, organisation_id=self.organisation_id))
        return self

    def desk(self, sender: Sender | None = None) -> Desk:
        return Desk(self.database, sender or self.quiet, self.sealer, self.settings, now=self.clock.now, pace=0.0)

    def contact(self, number: str) -> Contact:
        with self.database.transaction() as session:
            return contacts.find_or_make(session, self.sealer, self.organisation_id, number, self.clock.now())

    def queue(self, number: str, body: str = "Your voice changed the plan.", cause: UUID | None = None) -> bool:
        contact = self.contact(number)
        with self.database.transaction() as session:
            return outbox.queue(
                session,
                self.organisation_id,
                contact_id=contact.id,
                phone_hash=contact.phone_hash,
                sender=OUR_NUMBER,
                cause_id=cause or uuid4(),
                language="en",
                body=body,
                due_at=self.clock.now(),
                now=self.clock.now(),
            )

    def rows(self, *columns: str) -> list[Any]:
        """The outbox, oldest first: one column as a plain list, several as tuples."""
        chosen = [getattr(OutboxRow, name) for name in columns]
        with self.database.reading() as session:
            found = session.execute(
                select(*chosen)
                .where(OutboxRow.organisation_id == self.organisation_id)
                .order_by(OutboxRow.created_at, OutboxRow.id)
            ).all()
        return [row[0] if len(columns) == 1 else tuple(row) for row in found]
