"""How the loopback network behaves: it takes texts, delivers them, reports, and passes residents' texts on."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass

from svvoice.core.sms_text import segments
from svvoice.messaging.loopback.ledger import Direction, Fault, Ledger, Message
from svvoice.messaging.loopback.webhooks import Answer, post, texts_in

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})
HELP_WORDS = frozenset({"HELP", "INFO"})

SAYS_STOPPED = "You will get no more texts from this number. Text START to get them again. (Said by the network.)"
SAYS_STARTED = "You will get texts from this number again. (Said by the network.)"
SAYS_HELP = "Text STOP to get no more texts from this number. (Said by the network.)"

LIFE = ("sending", "sent", "delivered")


@dataclass(frozen=True)
class Line:
    """The account that the network knows, and the application that it serves."""

    account_sid: str
    token: str
    public_url: str
    answers_stop: bool = True
    """Whether the network answers STOP, START and HELP itself, as Twilio does unless told otherwise."""
    between: float = 0.3
    """Seconds from one report about a text to the next."""
    hang: float = 20.0


@dataclass(frozen=True)
class Delivered:
    """A resident's text: each time it was brought to the application, and what came back to the phone."""

    message: Message
    answers: tuple[Answer, ...]
    replies: tuple[Message, ...]


class Network:
    """The network itself. Reports go out from one thread of its own, in order."""

    def __init__(self, line: Line, ledger: Ledger) -> None:
        self.line = line
        self.ledger = ledger
        self.stopping = threading.Event()
        self._to_deliver: queue.Queue[Message | None] = queue.Queue()
        self._postman = threading.Thread(target=self._deliver_all, name="postman", daemon=True)
        self._postman.start()

    def stop(self) -> None:
        self.stopping.set()
        self._to_deliver.put(None)
        self._postman.join(5)
        self.ledger.close()

    def take(self, to: str, ours: str, body: str, callback: str) -> Message:
        """Takes a text from the application; it is delivered, and reported, in a moment."""
        message = self.ledger.keep(Direction.API, to, ours, body, status="queued", callback=callback)
        self._to_deliver.put(message)
        return message

    def text(self, number: str, ours: str, body: str, *, sid: str | None = None, media: int = 0) -> Delivered:
        """A resident texts one of our numbers: brought to the application, whose reply goes back to the phone."""
        message = self.ledger.keep(Direction.INBOUND, number, ours, body, status="received", sid=sid, media=media)
        self._obey(number, ours, body)
        times = 2 if self.ledger.take_fault(Fault.TWICE) is Fault.TWICE else 1
        answers = tuple(self._bring(message) for _ in range(times))
        # The earlier answers got lost on the way: that is why the text was brought again.
        replies = tuple(self._reply(number, ours, text) for text in texts_in(answers[-1]))
        return Delivered(message, answers, replies)

    def _bring(self, message: Message) -> Answer:
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": self.line.account_sid,
            "ApiVersion": "2010-04-01",
            "From": message.number,
            "FromCountry": "GB",
            "To": message.ours,
            "ToCountry": "GB",
            "Body": message.body,
            "NumMedia": str(message.media),
            "NumSegments": str(max(1, segments(message.body).count)),
            "SmsStatus": "received",
        }
        return post(self.line.token, f"{self.line.public_url}/sms/inbound", fields)

    def _reply(self, number: str, ours: str, text: str) -> Message:
        refused = self.ledger.is_blocked(number, ours) or self.ledger.take_fault(Fault.STOPPED) is Fault.STOPPED
        return self.ledger.keep(
            Direction.REPLY,
            number,
            ours,
            text,
            status="failed" if refused else "delivered",
            error_code=21610 if refused else None,
        )

    def _obey(self, number: str, ours: str, body: str) -> None:
        """The network's own answer to its words, as long as they are left to it."""
        word = body.strip().upper()
        if not self.line.answers_stop:
            return
        if word in STOP_WORDS:
            self.ledger.block(number, ours)
            self._say(number, ours, SAYS_STOPPED)
        elif word in START_WORDS:
            if self.ledger.unblock(number, ours) or word != "YES":
                self._say(number, ours, SAYS_STARTED)
        elif word in HELP_WORDS:
            self._say(number, ours, SAYS_HELP)

    def _say(self, number: str, ours: str, words: str) -> None:
        self.ledger.keep(Direction.NETWORK, number, ours, words, status="delivered")

    def _deliver_all(self) -> None:
        while (message := self._to_deliver.get()) is not None:
            if self.stopping.is_set():
                return
            self._deliver(message)

    def _deliver(self, message: Message) -> None:
        fault = self.ledger.take_fault(Fault.NO_REPORTS, Fault.SHUFFLED_REPORTS)
        life = (*reversed(LIFE), *LIFE) if fault is Fault.SHUFFLED_REPORTS else LIFE
        for status in life:
            self.stopping.wait(self.line.between)
            if not (fault is Fault.SHUFFLED_REPORTS and self._is_delivered(message)):
                self.ledger.set_status(message.sid, status)
            if fault is not Fault.NO_REPORTS and message.callback:
                self._report(message, status)

    def _is_delivered(self, message: Message) -> bool:
        now = self.ledger.message(message.sid)
        return now is not None and now.status == "delivered"

    def _report(self, message: Message, status: str) -> None:
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "AccountSid": self.line.account_sid,
            "ApiVersion": "2010-04-01",
            "From": message.ours,
            "To": message.number,
            "MessageStatus": status,
            "SmsStatus": status,
        }
        post(self.line.token, message.callback, fields)
