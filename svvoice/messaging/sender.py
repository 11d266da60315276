"""Sending a text: what the worker asks of a provider, and what it can hear back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """What a refusal means for what we do next."""

    STOPPED = "stopped"
    """The number said STOP to the network. Nothing more goes to it."""
    NUMBER = "number"
    """This text cannot go to this number, now or later."""
    LATER = "later"
    """Too many at once, or out of reach: the text was surely not taken, and may be sent in a while."""
    SETUP = "setup"
    """Our account, sender or country is not set up: no text would go. Somebody must look."""


@dataclass(frozen=True)
class Accepted:
    """The provider has the text and will deliver it."""

    sid: str


@dataclass(frozen=True)
class Refused:
    """The provider surely did not take the text. `retry_after` is in seconds, where it said so."""

    code: int
    trouble: Trouble
    retry_after: float | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody can say whether the text was taken: no answer, a broken one, or an error on the provider's side."""

    reason: str


Outcome = Accepted | Refused | Unknown


class Sender(Protocol):
    """A texting provider. The worker alone calls it, with no database transaction open. It raises nothing."""

    def send(self, to: str, body: str, sender: str, callback_address: str, valid_for: int) -> Outcome:
        """Hands one text over, within ten seconds or so.

        `to` and `sender` are in E.164 (`sender` may be a messaging service); `callback_address` is where the provider
        tells what became of it; `valid_for` is how many seconds it may go on trying.
        """

    def find(self, to: str, body: str, since: datetime) -> tuple[str, ...] | Unknown:
        """The ids of texts with this body that the provider has taken for this number since then, oldest first.

        Called before anything is sent a second time. Unknown where the provider cannot be asked.
        """
