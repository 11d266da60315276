"""What the long drills do, and what each of them measures."""

from __future__ import annotations

import contextlib
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from svvoice.store.database import Database
from tests.databases import ENGINES, fresh_address
from tests.faults.kills import Outcome, Storm, fill, ride_out, wait_for_answers
from tests.faults.people import Told
from tests.faults.reckoning import counts
from tests.faults.servers import Server, running
from tests.faults.standing import Wire
from tests.faults.test_deliveries import AT_ONCE, conversation


@dataclass(frozen=True)
class Length:
    """How long the drills are. The defaults are those of a release."""

    kills: int = 1000
    outages: int = 10
    messages: int = 100
    people: int = 20
    """So many on pages, and as many who text."""


@dataclass(frozen=True)
class Line:
    """One line of the table. `is_met` None: the drill could not be run here."""

    drill: str
    measured: str
    aim: str
    is_met: bool | None


Drill = Callable[[str, str, Path, Length], list[Line]]


def all_drills(length: Length) -> Iterator[Line]:
    """Every drill, one after the other, each in a folder of its own."""
    for engine in ENGINES:
        yield from _in_a_folder(engine, length, _kills)
        yield from _in_a_folder(engine, length, _deliveries)
    yield from _in_a_folder("postgresql", length, _outages)
    yield from _full_disk(length)


def _in_a_folder(engine: str, length: Length, drill: Drill) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="svvoice-drill-") as folder:
        url = fresh_address(engine, Path(folder))
        fill(url)
        yield from drill(engine, url, Path(folder), length)


def _kills(engine: str, url: str, folder: Path, length: Length) -> list[Line]:
    storm = Storm(kills=length.kills, web=length.people, texting=length.people, seed=random.randrange(10**6))
    return _lines(f"{length.kills} kills, {engine}", ride_out(url, folder, storm))


def _lines(drill: str, outcome: Outcome) -> list[Line]:
    reckoning, told = outcome.reckoning, outcome.told
    return [
        Line(drill, f"{told.acknowledged} acknowledged, {len(reckoning.lost)} lost", "0 lost", reckoning.lost == []),
        Line(drill, f"{len(reckoning.doubled)} doubled", "0 doubled", reckoning.doubled == []),
        Line(
            drill, f"{told.tries_again} tries again, {len(told.surprises)} surprises", "0 surprises", not told.surprises
        ),
        Line(drill, f"integrity {reckoning.integrity}", "ok", reckoning.integrity == "ok"),
    ]


def _deliveries(engine: str, url: str, folder: Path, length: Length) -> list[Line]:
    """Whole conversations of different numbers, each text delivered twenty times at once."""
    sent, kinds = 0, set()
    with running(url, folder / "server.log") as server, ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(1 + length.messages // 10):
            for message in conversation(f"+447700900{number:03d}"):
                came = list(pool.map(lambda _, one=message: one.deliver(server), range(AT_ONCE)))
                kinds.add(len({(reply.status, reply.text) for reply in came}))
                sent += 1
    database = Database(url)
    people, _, kept = counts(database)
    database.close()
    drill = f"{sent} texts {AT_ONCE} times at once, {engine}"
    return [
        Line(drill, f"at most {max(kinds)} reply to each", "1 reply", kinds == {1}),
        Line(
            drill,
            f"{kept} texts kept, {people} people",
            f"{sent} and {number + 1}",
            (kept, people) == (sent, number + 1),
        ),
    ]


class Healing:
    """Times how long it takes to be ready again after trouble is over."""

    def __init__(self) -> None:
        self.slowest = 0.0
        self.stayed_green = 0

    def after(self, server: Server) -> None:
        began = time.monotonic()
        server.wait_until_ready()
        self.slowest = max(self.slowest, time.monotonic() - began)

    def lines(self, drill: str) -> list[Line]:
        return [
            Line(drill, f"ready again after {self.slowest:.1f} s at most", "10 s", self.slowest <= 10),
            Line(drill, f"{self.stayed_green} times ready while it was not", "0", self.stayed_green == 0),
        ]


def _outages(engine: str, url: str, folder: Path, length: Length) -> list[Line]:
    """The database server goes away and comes back while people answer."""
    wire = Wire(str(make_url(url).query["host"]))
    through = f"postgresql+psycopg://postgres:@127.0.0.1:{wire.port}/postgres?connect_timeout=5"
    healing = Healing()

    def trouble(server: Server, told: Told) -> None:
        for _ in range(length.outages):
            wait_for_answers(told, told.acknowledged + 30)
            wire.cut()
            time.sleep(1)
            healing.stayed_green += server.status("/readyz") == 200
            wire.join()
            healing.after(server)

    storm = Storm(kills=0, web=length.people, texting=length.people)
    drill = f"{length.outages} outages of the database, {engine}"
    outcome = ride_out(through, folder, storm, trouble=trouble)
    wire.cut()
    return _lines(drill, outcome) + healing.lines(drill)


def _full_disk(length: Length) -> Iterator[Line]:
    """A small disk of its own is filled to the last byte and emptied again while people answer."""
    drill = f"{length.outages} times a full disk, sqlite"
    with tempfile.TemporaryDirectory(prefix="svvoice-drill-") as logs, _small_disk(64) as disk:
        if disk is None:
            yield Line(drill, "left out: only root may mount a small disk", "0 lost", None)
            return
        url = fresh_address("sqlite", disk)
        fill(url)
        healing = Healing()

        def trouble(server: Server, told: Told) -> None:
            for _ in range(length.outages):
                wait_for_answers(told, told.acknowledged + 30)
                _fill_up(disk / "filler")
                healing.stayed_green += server.status("/readyz") == 200
                time.sleep(2)
                (disk / "filler").unlink()
                healing.after(server)

        outcome = ride_out(url, Path(logs), Storm(kills=0, web=length.people, texting=length.people), trouble=trouble)
        yield from _lines(drill, outcome) + healing.lines(drill)


@contextlib.contextmanager
def _small_disk(megabytes: int) -> Iterator[Path | None]:
    with tempfile.TemporaryDirectory(prefix="svvoice-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


def _fill_up(path: Path) -> None:
    """To the last byte: what cannot be written in large pieces is written in small ones."""
    with path.open("ab", buffering=0) as file:
        for piece in (65536, 4096, 512, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(piece)):
                    pass
