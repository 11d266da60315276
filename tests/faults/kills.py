"""kill -9 while people answer: the run that both the test and the long drill use."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from svvoice.store.database import Database
from svvoice.store.tables import OrganisationRow, SenderRow
from tests.environment import ENVIRONMENT
from tests.faults.people import PATIENCE, Person, TextPerson, Told, WebPerson
from tests.faults.reckoning import Reckoning, reckon
from tests.faults.servers import PRODUCT, Server, running
from tests.publishing import document, publish

ORGANISATION_SINCE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Storm:
    """How many kills, and how many people answer meanwhile. Every fifth kill takes the whole group."""

    kills: int
    web: int = 8
    texting: int = 4
    seed: int = 1
    answers_between: int = 10
    """So many answers and texts are acknowledged from one kill to the next, at least."""
    group_only: bool = False


@dataclass(frozen=True)
class Outcome:
    told: Told
    reckoning: Reckoning
    log: str


def fill(url: str, survey: dict[str, Any] | None = None) -> None:
    """An organisation with its number, and the park survey (or another one), published."""
    database = Database(url)
    organisation_id = uuid4()
    with database.transaction() as session:
        values = {"slug": "hillside", "name": "Hillside Trust", "is_example": False, "created_at": ORGANISATION_SINCE}
        session.execute(insert(OrganisationRow).values(id=organisation_id, **values))
        session.execute(insert(SenderRow).values(number=ENVIRONMENT["TWILIO_FROM"], organisation_id=organisation_id))
    publish(database, organisation_id, survey or document("park"))
    database.close()


Trouble = Callable[[Server, Told], None]


def ride_out(
    url: str, folder: Path, storm: Storm, application: str = PRODUCT, trouble: Trouble | None = None
) -> Outcome:
    """People answer until the kills (or other trouble) are over and they have finished; then the reckoning."""
    told, over = Told(), threading.Event()
    with running(url, folder / "server.log", application) as server:
        people = _people(server, storm, told, over)
        for thread in people:
            thread.start()
        try:
            if trouble is None:
                _kill(server, storm, told)
            else:
                trouble(server, told)
        finally:
            over.set()
            for thread in people:
                thread.join()
        server.stop()
    database = Database(url)
    try:
        return Outcome(told, reckon(database, told), (folder / "server.log").read_text(encoding="utf-8"))
    finally:
        database.close()


def _kill(server: Server, storm: Storm, told: Told) -> None:
    chance = random.Random(storm.seed)
    for number in range(1, storm.kills + 1):
        wait_for_answers(told, told.acknowledged + storm.answers_between)
        time.sleep(chance.uniform(0, 0.2))
        if storm.group_only or number % 5 == 0:
            server.kill_group()
            server.start()
        else:
            server.kill_a_worker(chance)
        server.wait_until_ready()


def wait_for_answers(told: Told, enough: int) -> None:
    """Until so many answers and texts are acknowledged, or something unexpected was."""
    until = time.monotonic() + PATIENCE
    while told.acknowledged < enough and not told.surprises:
        assert time.monotonic() < until, f"{told.acknowledged} answers where {enough} were awaited"
        time.sleep(0.02)


def _people(server: Server, storm: Storm, told: Told, over: threading.Event) -> list[threading.Thread]:
    numbers = itertools.count(7700900200)
    next_number = threading.Lock()

    def on_pages(chance: random.Random) -> Person:
        return WebPerson(server.port, told, chance)

    def by_text(chance: random.Random) -> Person:
        with next_number:
            return TextPerson(server.port, told, chance, number=f"+44{next(numbers)}")

    kinds = [*[on_pages] * storm.web, *[by_text] * storm.texting]

    def answer(kind: Callable[[random.Random], Person], chance: random.Random) -> None:
        try:
            while not over.is_set():
                person = kind(chance)
                person.answers_all()
        except Exception as error:
            with told.lock:
                told.surprises.append(f"{type(error).__name__}: {error}")

    return [
        threading.Thread(target=answer, args=(kind, random.Random(storm.seed * 1000 + place)))
        for place, kind in enumerate(kinds)
    ]
