"""A whole site for browsers: the example organisation and three more surveys, served by gunicorn on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

from svvoice import clock
from svvoice.accounts.actions import make_sign_in_link
from svvoice.authoring import actions as authoring
from svvoice.example import loading
from svvoice.store import colleagues
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from tests.browser.surveys import SHAPES, SHUT, YOUNG
from tests.databases import fresh_address
from tests.environment import ENVIRONMENT
from tests.publishing import publish

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Site:
    url: str
    database: Database
    organisation_id: UUID

    @property
    def staff(self) -> str:
        """Where the staff pages begin."""
        return f"{self.url}/o/{loading.ORGANISATION}"

    def sign_in_link(self) -> str:
        return f"{self.url}/join/{make_sign_in_link(self.database, self.organisation_id, clock.now())}"

    def publish(self, document: dict[str, Any]) -> None:
        publish(self.database, self.organisation_id, document, clock.now())


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Makes everything in `folder`, serves it, and ends what it started."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**ENVIRONMENT, "DATABASE_URL": fresh_address("sqlite", folder), "PUBLIC_URL": url}
    database = Database(environment["DATABASE_URL"])
    site = _filled(database, url)
    command = [sys.executable, "-m", "gunicorn", "app:app", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["-k", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT)
    try:
        _wait_until_ready(url, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)
        database.close()


def _filled(database: Database, url: str) -> Site:
    now = clock.now()
    organisation_id = loading.load(database, Sealer(ENVIRONMENT["CONTACT_KEY"]), url, now)
    site = Site(url, database, organisation_id)
    make_sign_in_link(database, organisation_id, now)  # makes the owner
    for document in (SHAPES, YOUNG, SHUT):
        site.publish(document)
    with database.reading() as session:
        owner = colleagues.first_owner(session, organisation_id)
    assert owner is not None
    authoring.close(database, organisation_id, SHUT["slug"], owner.account_id, now)
    return site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert server.poll() is None, "gunicorn ended at once"
        try:
            with urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own server on this machine
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The site did not get ready.")
