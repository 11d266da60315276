"""The application over a database of its own making, and what people see when that fails them."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from flask import Flask

from svvoice.application import create_app
from svvoice.store.database import Database
from tests.environment import ENVIRONMENT


@contextmanager
def application(url: str, database: Database | None = None) -> Iterator[Flask]:
    """The product on this address; on this database instead, where one is given."""
    app = create_app({**ENVIRONMENT, "DATABASE_URL": url})
    services = app.extensions["svvoice"]
    if database is not None:
        app.extensions["svvoice"] = dataclasses.replace(services, database=database)
    yield app
    services.database.close()
    if database is not None:
        database.close()


class Wire:
    """A line to a database server that can be cut and joined again."""

    def __init__(self, server: str) -> None:
        """`server`: the folder in which a PostgreSQL server has its socket."""
        self._server = f"{server}/.s.PGSQL.5432"
        self._open: list[socket.socket] = []
        self._listening: socket.socket | None = None
        self.port = 0
        self.join()

    def join(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen()
        self.port = listening.getsockname()[1]
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def cut(self) -> None:
        """Nobody answers any more, and those who were talking are cut off."""
        for end in [*self._open, *([self._listening] if self._listening else [])]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open = []
        self._listening = None

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
                self._open += [near, far]
                for here, there in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError), closing(there):
        while said := here.recv(65536):
            there.sendall(said)
