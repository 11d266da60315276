"""`make run` from the first start to the last: three addresses that answer, one Ctrl-C, and the data still there."""

from __future__ import annotations

import html
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]
import pytest

from svvoice.settings import table
from tests.faults.people import ACTION, TURN, Reply, ask
from tests.faults.servers import ROOT, free_port

pytestmark = pytest.mark.xdist_group("faults")

STARTED = "svvoice is running. Ctrl-C ends it."
ADDRESS = re.compile(r"^  ([^:]+):\s+http://127\.0\.0\.1:(\d+)(/\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What somebody gets who clones the project now, in a folder of its own."""
    folder = tmp_path_factory.mktemp("copy")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


class Run:
    """`python -m svvoice.serving` in the copy, as `make run` starts it."""

    def __init__(self, folder: Path, port: int, phone_port: int) -> None:
        self.port = port
        self._said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "svvoice.serving"],
            cwd=folder,
            env=environment(port, phone_port),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def said(self) -> str:
        return "".join(self._said)

    def wait_for_addresses(self) -> dict[str, str]:
        """What each printed address is for → its path."""
        until = time.monotonic() + 90
        while time.monotonic() < until and self.process.poll() is None:
            found = {what: path for what, _, path in ADDRESS.findall(self.said)}
            if STARTED in self.said and len(found) == 3:
                return found
            time.sleep(0.1)
        raise AssertionError(self.said)

    def presses_ctrl_c(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)

    def family(self) -> list[psutil.Process]:
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.append(line)


def environment(port: int, phone_port: int) -> dict[str, str]:
    """Nothing of ours but the two ports."""
    ours = {name for name, _, _ in table()} | {"SVVOICE_NOW", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PORT": str(port), "PHONE_PORT": str(phone_port)}


@pytest.fixture
def run(copy: Path) -> Iterator[Run]:
    run = Run(copy, free_port(), free_port())
    yield run
    for process in [run.process.pid, *psutil.pids()]:
        if is_of(process, copy):
            os.kill(process, signal.SIGKILL)


def is_of(process: int, folder: Path) -> bool:
    try:
        return str(psutil.Process(process).cwd()) == str(folder)
    except psutil.Error:
        return False


def test_everything_starts_answers_ends_and_starts_again(copy: Path, run: Run) -> None:
    first = run.wait_for_addresses()
    assert list(first) == ["A survey to answer", "A phone to text from", "The staff pages"]
    assert [opened(run.port, path).status for path in first.values()] == [200, 200, 200]
    cookie = answer(run.port)
    family = run.family()
    assert len(family) >= 6  # itself, a server with two workers, the sending worker, the phone network
    assert run.presses_ctrl_c() == 0
    assert [process for process in family if process.is_running()] == []
    assert "Traceback" not in run.said
    assert ask(run.port, "GET", "/healthz") is None

    again = Run(copy, run.port, free_port())
    try:
        second = again.wait_for_addresses()
        assert [opened(run.port, path).status for path in second.values()] == [200, 200, 200]
        assert second["The staff pages"] != first["The staff pages"]
        assert chosen_before(run.port, cookie) == ["no"]
        for name in ("secret_key", "contact_key", "svvoice.db"):
            assert (copy / "instance" / name).stat().st_mode & 0o077 == 0
    finally:
        family = again.family()
        again.presses_ctrl_c()
    assert [process for process in family if process.is_running()] == []


@pytest.mark.parametrize("name", ["PORT", "PHONE_PORT"])
def test_a_port_in_use_is_told_in_a_sentence_before_anything_is_made(copy: Path, name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        ended = ended_at_once(copy, {name: str(taken)})
    advice = f"make run PORT={taken + 100} PHONE_PORT={taken + 101}"
    assert ended == (1, f"Port {taken} is in use. Choose another one, for example: {advice}\n")


def test_a_database_that_is_not_there_is_told_in_a_sentence(copy: Path) -> None:
    ended = ended_at_once(copy, {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"})
    assert ended == (1, "The database cannot be used (OperationalError). Look at DATABASE_URL, and whether it runs.\n")


def test_an_unsafe_setting_is_told_in_a_sentence(copy: Path) -> None:
    sentence = "SECRET_KEY must be at least 32 letters that nobody can guess. `make run` makes one.\n"
    assert ended_at_once(copy, {"SECRET_KEY": "short"}) == (1, sentence)


def ended_at_once(folder: Path, change: dict[str, str]) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "svvoice.serving"],
        cwd=folder,
        env={**environment(free_port(), free_port()), **change},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stdout


def opened(port: int, path: str) -> Reply:
    """What a browser ends up at."""
    cookie = ""
    for _ in range(5):
        reply = ask(port, "GET", path, headers={"Cookie": cookie} if cookie else {})
        assert reply is not None
        cookie = reply.cookie or cookie
        if reply.status not in {302, 303}:
            return reply
        path = reply.location
    raise AssertionError("sent round in circles")


def answer(port: int) -> str:
    """Somebody answers the first question; gives the cookie of their phone."""
    page = opened(port, "/s/home/near?lang=en")
    action, turn = ACTION.search(page.text), TURN.search(page.text)
    assert action, page.text
    assert turn, page.text
    body = urlencode({"turn": html.unescape(turn.group(1)), "answer": "no"})
    kept = ask(port, "POST", html.unescape(action.group(1)), body)
    assert kept is not None
    assert kept.status == 200
    assert kept.cookie is not None
    return kept.cookie


def chosen_before(port: int, cookie: str) -> list[str]:
    """The choice that the first question shows as made."""
    page = ask(port, "GET", "/s/home/near?lang=en", headers={"Cookie": cookie})
    assert page is not None
    return [value for value in ("yes", "no") if re.search(rf'value="{value}"[^>]* checked', page.text)]
