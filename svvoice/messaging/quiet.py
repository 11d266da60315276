"""A provider that texts nobody: it keeps what it was given. For tests and for trying things out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from svvoice.messaging.sender import Accepted, Outcome, Unknown


@dataclass(frozen=True)
class KeptText:
    """A text that was taken."""

    sid: str
    to: str
    body: str
    sender: str
    callback_address: str
    valid_for: int


@dataclass
class QuietSender:
    """Takes every text, unless `next_answers` says otherwise: each is given once, from the front.

    An Unknown from `next_answers` comes after the text was taken, as when an answer is lost; `loses` of them are lost
    before it is taken.
    """

    texts: list[KeptText] = field(default_factory=list)
    next_answers: list[Outcome] = field(default_factory=list)
    loses: int = 0
    cannot_be_asked: bool = False
    on_send: Callable[[], None] = lambda: None
    calls: int = 0

    def send(self, to: str, body: str, sender: str, callback_address: str, valid_for: int) -> Outcome:
        self.calls += 1
        self.on_send()
        if self.loses:
            self.loses -= 1
            return Unknown("the connection broke before it was taken")
        answer = self.next_answers.pop(0) if self.next_answers else None
        if answer is not None and not isinstance(answer, Unknown):
            return answer
        kept = KeptText(f"SM{len(self.texts):032x}", to, body, sender, callback_address, valid_for)
        self.texts.append(kept)
        return answer or Accepted(kept.sid)

    def find(self, to: str, body: str, since: datetime) -> tuple[str, ...] | Unknown:
        if self.cannot_be_asked:
            return Unknown("nobody answers")
        return tuple(text.sid for text in self.texts if (text.to, text.body) == (to, body))
