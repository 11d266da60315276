"""The provider delivers the same text twenty times at once, and again after a restart: one answer, one reply."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from svvoice.store.database import Database
from tests.environment import ENVIRONMENT
from tests.faults.kills import fill
from tests.faults.people import INBOUND, Reply, ask, chosen
from tests.faults.people import WORDS as TEXTED
from tests.faults.reckoning import counts
from tests.faults.servers import Server, running
from tests.people import signature

pytestmark = pytest.mark.xdist_group("faults")

AT_ONCE = 20


@dataclass(frozen=True)
class Message:
    body: str
    signature: str

    def deliver(self, server: Server) -> Reply:
        """Once; again where the server asks for that, as the provider does."""
        for _ in range(50):
            reply = ask(server.port, "POST", INBOUND, self.body, {"X-Twilio-Signature": self.signature})
            if reply is not None and reply.status < 500:
                return reply
            time.sleep(0.1)
        raise AssertionError("never answered")


def message(words: str, number: str) -> Message:
    form = {"MessageSid": f"SM{uuid4().hex}", "From": number, "To": ENVIRONMENT["TWILIO_FROM"], "Body": words}
    return Message(urlencode(form), signature(INBOUND, form))


def conversation(number: str = "+447700900321") -> list[Message]:
    """The keyword, every answer, and one word more after the end."""
    answers = chosen(random.Random(4))
    words = [TEXTED[question].get("|".join(values), "|".join(values)) for question, values in answers.items()]
    return [message(said, number) for said in ("PARK", *words, "yes please")]


def test_one_text_delivered_twenty_times_at_once_is_one_answer_and_one_reply(address: str, tmp_path: Path) -> None:
    fill(address)
    messages = conversation()
    database = Database(address)
    with running(address, tmp_path / "server.log") as server, ThreadPoolExecutor(AT_ONCE) as pool:
        replies = []
        for one in messages:
            came = list(pool.map(lambda _, one=one: one.deliver(server), range(AT_ONCE)))
            assert {reply.status for reply in came} == {200}
            assert len({reply.text for reply in came}) == 1
            replies.append(came[0].text)
        assert len(set(replies)) == len(messages)
        kept = counts(database)
        assert kept == (1, len(messages) - 2, len(messages))
        server.stop()
        server.start()
        server.wait_until_ready()
        assert [reply.text for reply in pool.map(lambda one: one.deliver(server), messages)] == replies
        assert counts(database) == kept
    database.close()
