"""Queue, worker, the real client, the loopback network and its reports: the whole way, with everything going wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from svvoice.messaging.loopback.ledger import Direction, Fault
from svvoice.messaging.worker import Desk, work_once
from tests.messaging.networks import RunningNetwork
from tests.messaging.people import Clock, Town

Program = subprocess.Popen[str]
NUMBERS = [f"+447700900{last:03}" for last in range(300, 312)]


@pytest.fixture
def town_online(town: Town, app: Flask, served: RunningNetwork) -> Town:
    """The town, with its application at the address that the network reports to."""
    town.settings = app.extensions["svvoice"].settings
    # Texts at the network bear the real time, so the town's clock starts from it, at an hour when texts may go.
    town.clock = Clock(datetime.now(UTC).replace(hour=12, minute=0))
    return town


def _desk(town: Town, network: RunningNetwork, seconds: float = 5.0) -> Desk:
    return town.desk(network.sender(town.settings, seconds))


def _at_the_network(network: RunningNetwork) -> Counter[tuple[str, str]]:
    return Counter(
        (message.number, message.body) for message in network.ledger.messages() if message.direction is Direction.API
    )


def _until(is_so: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_text_goes_out_and_its_delivery_comes_back(town_online: Town, served: RunningNetwork) -> None:
    town_online.queue(NUMBERS[0], "Ŵyn: we did it")
    work_once(_desk(town_online, served))
    _until(lambda: town_online.rows("status") == ["delivered"])
    ((state, sid),) = town_online.rows("state", "provider_sid")
    kept = served.ledger.message(sid)
    assert kept is not None
    assert (state, kept.number, kept.body, kept.status) == ("accepted", NUMBERS[0], "Ŵyn: we did it", "delivered")


@pytest.mark.parametrize(
    "fault",
    [
        Fault.TOO_MANY,
        Fault.FAILS,
        Fault.TAKES_AND_FAILS,
        Fault.BREAKS,
        Fault.HANG,
        Fault.NO_REPORTS,
        Fault.SHUFFLED_REPORTS,
    ],
)
def test_whatever_goes_wrong_each_text_arrives_exactly_once(
    town_online: Town, served: RunningNetwork, fault: Fault
) -> None:
    for number in NUMBERS:
        town_online.queue(number)
    served.fault(fault, times=4)
    for _ in range(12):
        work_once(_desk(town_online, served, seconds=0.3))
        town_online.clock.wait(seconds=100)
    assert _at_the_network(served) == Counter((number, "Your voice changed the plan.") for number in NUMBERS)
    assert set(town_online.rows("state")) == {"accepted"}
    if fault is not Fault.NO_REPORTS:
        _until(lambda: set(town_online.rows("status")) == {"delivered"})


def test_who_said_stop_to_the_network_is_stopped_in_our_ledger(town_online: Town, served: RunningNetwork) -> None:
    town_online.queue(NUMBERS[0], "one")
    town_online.queue(NUMBERS[0], "two")
    served.ledger.block(NUMBERS[0], "+447700900142")
    work_once(_desk(town_online, served))
    assert sorted(town_online.rows("state", "error_code")) == [("cancelled", None), ("refused", 21610)]
    assert _at_the_network(served) == Counter()


@contextmanager
def _running_worker(
    town: Town, network: RunningNetwork, environment: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """`flask worker` as a program of its own, at the town's time."""
    more = {
        "TWILIO_API_URL": network.address,
        "PUBLIC_URL": town.settings.public_url,
        "SVVOICE_NOW": town.clock.now().isoformat(),
    }
    program = [sys.executable, "-m", "flask", "worker"]
    process = subprocess.Popen(program, env={**os.environ, **environment, **more}, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def test_the_command_sends_and_ends_cleanly_when_told(
    town_online: Town, served: RunningNetwork, environment: dict[str, str]
) -> None:
    town_online.queue(NUMBERS[0])
    with _running_worker(town_online, served, environment) as process:
        _until(lambda: town_online.rows("state") == ["accepted"], 30)
    assert process.returncode == 0
    assert process.stdout is not None
    assert process.stdout.read().splitlines() == ["The worker sends what is due.", "The worker has stopped."]


def test_a_worker_that_is_killed_while_it_sends_neither_loses_nor_doubles(
    town_online: Town, served: RunningNetwork, environment: dict[str, str]
) -> None:
    town_online.settings = replace(town_online.settings, public_url="http://127.0.0.1:1")  # no report comes to help
    town_online.queue(NUMBERS[0])
    served.fault(Fault.HANG, times=1)
    with _running_worker(town_online, served, environment) as process:
        _until(lambda: len(served.ledger.messages()) == 1, 30)
        process.kill()
        process.wait(10)
    assert town_online.rows("state") == ["sending"]
    town_online.clock.wait(seconds=110)
    with _running_worker(town_online, served, environment):
        _until(lambda: town_online.rows("state") == ["accepted"], 30)
    assert town_online.rows("provider_sid", "attempts") == [(served.ledger.messages()[0].sid, 1)]
    assert len(served.ledger.messages()) == 1


def test_without_texting_the_command_waits_quietly(environment: dict[str, str], tmp_path: Path) -> None:
    program = [sys.executable, "-m", "flask", "worker"]
    bare = {**os.environ, **{name: value for name, value in environment.items() if not name.startswith("TWILIO")}}
    process = subprocess.Popen(program, env=bare, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "No texting is set up" in process.stdout.readline()
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
