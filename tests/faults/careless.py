"""The product with its first guard taken away, as a control: people are told a moment before the commit."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import threading
from collections.abc import Iterator

from svvoice.application import create_app
from svvoice.store.database import Database, Session

LATE = 0.05
"""Seconds from the reply to the commit."""


class CarelessDatabase(Database):
    """Lets the reply go first."""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        session = self._write()
        session.begin()
        try:
            yield session
        except BaseException:
            session.close()
            raise
        threading.Timer(LATE, _commit, [session]).start()


def _commit(session: Session) -> None:
    session.commit()
    session.close()


app = create_app(os.environ)
services = app.extensions["svvoice"]
app.extensions["svvoice"] = dataclasses.replace(services, database=CarelessDatabase(services.settings.database_url))
