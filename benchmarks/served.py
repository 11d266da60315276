"""The rate through gunicorn, as `make run` serves: two workers of four threads, with people who answer at once.

Those people live on the same machine and take their share of its cores, from both sides alike.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from benchmarks.survey import Script
from benchmarks.visitor import Reply, answer_by_text, answer_on_pages, texts_of
from tests.environment import ENVIRONMENT

PEOPLE_AT_ONCE = 8
PRODUCT = "app:app"
CEILING = "benchmarks.ceiling:from_environment()"


class OverHttp:
    """One browser, or the texting provider, over one kept connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    def forget(self) -> None:
        self._cookies = {}

    def get(self, address: str) -> Reply:
        return self._call("GET", address, None, {})

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        return self._call("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def _call(self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        sent = {"Host": urlsplit(ENVIRONMENT["PUBLIC_URL"]).netloc, "Accept-Encoding": "gzip", **headers}
        if self._cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, address, body, sent)
        answer = self._connection.getresponse()
        came = answer.read()
        for value in answer.headers.get_all("Set-Cookie", []):
            cookie, _, content = value.partition(";")[0].partition("=")
            self._cookies[cookie] = content
        plain = gzip.decompress(came) if answer.headers["Content-Encoding"] == "gzip" else came
        return Reply(answer.status, answer.headers.get("Location", ""), plain.decode(), len(came))


@dataclass(frozen=True)
class Rates:
    """Whole surveys a second, by page and by text."""

    web: float
    texts: float


def rates(port: int, script: Script, seconds: float) -> Rates:
    return Rates(*(_rate(port, person, seconds) for person in (_on_pages(script), _by_text(script))))


@contextlib.contextmanager
def serving(application: str, url: str) -> Iterator[int]:
    """gunicorn with this application on a free port, which is given; ended afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["-k", "gthread", "--threads", "4", "--keep-alive", "30", "--log-level", "warning", "--preload"]
    command += ["--no-control-socket"]
    environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": url}
    with subprocess.Popen(command, env=environment) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


Person = Callable[[OverHttp, int], None]


def _on_pages(script: Script) -> Person:
    def person(transport: OverHttp, _number: int) -> None:
        transport.forget()
        answer_on_pages(transport, script)

    return person


def _by_text(script: Script) -> Person:
    return lambda transport, number: answer_by_text(transport, texts_of(number, script))


def _rate(port: int, person: Person, seconds: float) -> float:
    numbers, until = count(), time.monotonic() + seconds
    began = time.monotonic()

    def keep_answering(_: int) -> int:
        transport, done = OverHttp(port), 0
        while time.monotonic() < until:
            person(transport, next(numbers))
            done += 1
        return done

    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
        surveys = sum(pool.map(keep_answering, range(PEOPLE_AT_ONCE)))
    return surveys / (time.monotonic() - began)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert process.poll() is None, "gunicorn did not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise AssertionError("gunicorn did not answer")
