"""The application in a process that dies where it is told to: before any statement, before a commit, after it.

Run as `python -m tests.faults.dying`: one request a line comes in as JSON, one outcome a line goes out. A request that
is to die is handled by a process of its own, so that its death is a real one and leaves nothing tidied up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from svvoice.application import create_app
from tests.environment import ENVIRONMENT
from tests.faults.servers import ROOT

DIED = 9


@dataclass(frozen=True)
class Request:
    """`die_at`: the step at which the process ends, counted from 1; 0 lets it live."""

    method: str
    path: str
    body: str = ""
    cookie: str = ""
    signature: str = ""
    die_at: int = 0


@dataclass(frozen=True)
class Heard:
    """What came back before the process ended; `status` 0 is nothing. `step`: what it died at, or the last one."""

    status: int
    text: str
    location: str
    cookie: str
    step: str


class Dying:
    """The other side of the pipe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, request: Request) -> Heard:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(request)) + "\n")
        self._process.stdin.flush()
        return Heard(**json.loads(self._process.stdout.readline()))


@contextmanager
def dying(url: str) -> Iterator[Dying]:
    environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": url}
    command = [sys.executable, "-m", "tests.faults.dying"]
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Dying(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    app = create_app(os.environ)
    for line in sys.stdin:
        request = Request(**json.loads(line))
        heard = _in_a_child(app, request) if request.die_at else _handle(app, request)
        print(json.dumps(asdict(heard)), flush=True)


def _in_a_child(app: Flask, request: Request) -> Heard:
    app.extensions["svvoice"].database.close()  # no connection goes along into the child
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as out:
            _count_steps(app, request.die_at, out)
            out.write(json.dumps(asdict(_handle(app, request))) + "\n")
            out.flush()
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        lines = said.read().splitlines()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == DIED:
        return Heard(0, "", "", "", lines[-1])
    return Heard(**{**json.loads(lines[-1]), "step": lines[-2]})


def _handle(app: Flask, request: Request) -> Heard:
    headers = {"X-Twilio-Signature": request.signature} if request.signature else {}
    client = app.test_client(use_cookies=False)
    sent: dict[str, Any] = {"headers": {**headers, **({"Cookie": request.cookie} if request.cookie else {})}}
    if request.method == "POST":
        sent |= {"data": request.body, "content_type": "application/x-www-form-urlencoded"}
    came = client.open(request.path, method=request.method, **sent)
    cookie = came.headers.get("Set-Cookie", "").partition(";")[0]
    text = came.get_data(as_text=True)
    return Heard(came.status_code, text, came.headers.get("Location", ""), cookie, "")


def _count_steps(app: Flask, die_at: int, out: Any) -> None:
    """Every statement and both sides of every commit are steps; the last one goes out before the end."""
    engine = app.extensions["svvoice"].database.engine
    steps = 0

    def step(name: str) -> None:
        nonlocal steps
        steps += 1
        out.write(name.replace("\n", " ") + "\n")
        out.flush()
        if steps == die_at:
            os._exit(DIED)

    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        step("before the commit")
        commit(connection)
        step("after the commit")

    engine.dialect.do_commit = do_commit

    @event.listens_for(engine, "before_cursor_execute")
    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Mapping[str, object]) -> None:
        step(statement)


if __name__ == "__main__":
    main()
