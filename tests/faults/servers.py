"""The real thing: gunicorn with two workers in processes of their own, to be killed and started again."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tests.environment import ENVIRONMENT

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = "app:app"


class Server:
    """gunicorn on a free port, as `make run` starts it, but for `--preload`: a killed worker is then back in no time.

    All that it says goes to one file.
    """

    def __init__(self, url: str, log: Path, application: str = PRODUCT, more: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.log = log
        self._environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": url, **(more or {})}
        self._command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"]
        self._command += ["--workers", "2", "-k", "gthread", "--threads", "4", "--no-control-socket", "--preload"]
        self._command += ["--log-level", "warning", "--graceful-timeout", "5"]
        self._process = self._started()

    def start(self) -> None:
        self._process = self._started()

    def stop(self) -> None:
        """Ends it as an operator would."""
        self._process.terminate()
        self._process.wait(timeout=20)

    def kill_group(self) -> None:
        """kill -9 for every process at once."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)

    def kill_a_worker(self, chance: random.Random) -> None:
        """kill -9 for one worker; the master starts another."""
        if workers := self.workers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)

    def workers(self) -> list[int]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return sorted(child.pid for child in psutil.Process(self._process.pid).children())
        return []

    def wait_until_ready(self, seconds: float = 30.0) -> None:
        """Until answers can be kept. AssertionError where that never comes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self._process.poll() is None, self.log.read_text(encoding="utf-8")
            if self.status("/readyz") == 200:
                return
            time.sleep(0.05)
        raise AssertionError(f"not ready after {seconds} s: {self.log.read_text(encoding='utf-8')}")

    def status(self, path: str) -> int | None:
        """The status of an address; None where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _started(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )


@contextlib.contextmanager
def running(url: str, log: Path, application: str = PRODUCT, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server that is ready, and ended afterwards."""
    server = Server(url, log, application, more)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.kill_group()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
