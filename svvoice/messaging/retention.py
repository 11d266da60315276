"""Takes away what was promised to go: once an hour beside the worker, and by hand with `flask database tidy`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from svvoice import clock
from svvoice.errors import Unavailable, where
from svvoice.store import asks, retention
from svvoice.store.database import Database, Session, run_again

log = logging.getLogger("svvoice.retention")

EVERY = 3600.0
"""Seconds from one look to the next."""
AT_ONCE = 500
"""Rows of one step: people who answer meanwhile wait a moment, never longer."""

Step = Callable[[Session], int]


@dataclass(frozen=True)
class Gone:
    """How much was taken away, over all organisations."""

    ties: int = 0
    pages: int = 0
    tell_backs: int = 0
    words_received: int = 0
    words_sent: int = 0
    numbers: int = 0

    def __add__(self, other: Gone) -> Gone:
        return Gone(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    @property
    def anything(self) -> bool:
        return any(astuple(self))


def keep_tidying(database: Database, stop: threading.Event, now: Callable[[], datetime] = clock.now) -> None:
    """Looks once an hour until `stop` is set. Trouble is noted, and tried again an hour later."""
    while not stop.is_set():
        try:
            gone = tidy(database, now(), stop)
            if gone.anything:
                log.info("taken away: %s", gone)
        except Unavailable as error:
            log.warning("the database could not be used: %s", error)
        except Exception as error:
            log.error("%s at %s", type(error).__name__, where(error))
        stop.wait(EVERY)


def tidy(database: Database, now: datetime, stop: threading.Event | None = None) -> Gone:
    """Takes away everything whose time is over, of every organisation; in small steps, each committed."""
    stop = stop or threading.Event()
    with database.reading() as session:
        organisations = retention.organisations_in_turn(session)
    gone = sum((_tidy_one(database, organisation_id, now, stop) for organisation_id in organisations), Gone())
    _in_steps(database, lambda session: asks.forget(session, now), stop)
    retention.empty_log(database)
    return gone


def _tidy_one(database: Database, organisation_id: UUID, now: datetime, stop: threading.Event) -> Gone:
    with database.reading() as session:
        over = retention.surveys_over(session, organisation_id, now)

    def each(step: Step) -> int:
        return _in_steps(database, step, stop)

    # In this order: a number goes only when nothing that needs it is left.
    return Gone(
        ties=each(lambda session: retention.forget_ties(session, organisation_id, over, AT_ONCE)),
        pages=_forget_pages(database, organisation_id, over, stop),
        tell_backs=each(lambda session: retention.forget_tell_backs(session, organisation_id, over, now)),
        words_received=each(lambda session: retention.forget_words_received(session, organisation_id, now, AT_ONCE)),
        words_sent=each(lambda session: retention.forget_words_sent(session, organisation_id, now)),
        numbers=each(lambda session: retention.forget_numbers(session, organisation_id, now, AT_ONCE)),
    )


def _forget_pages(database: Database, organisation_id: UUID, over: list[UUID], stop: threading.Event) -> int:
    """Looked up while others may write: in a large survey that takes longer than taking away."""
    total, last = 0, None
    while over and not stop.is_set():
        with database.reading() as session:
            found = retention.with_traces(session, organisation_id, over, last, AT_ONCE)
        if not found:
            break
        run_again(partial(_forget_some_pages, database, organisation_id, found))
        total, last = total + len(found), found[-1]
    return total


def _forget_some_pages(database: Database, organisation_id: UUID, found: list[UUID]) -> None:
    with database.transaction() as session:
        retention.forget_pages(session, organisation_id, found)


def _in_steps(database: Database, step: Step, stop: threading.Event) -> int:
    """The step over and over, until it finds nothing more."""

    def once() -> int:
        with database.transaction() as session:
            return step(session)

    total = 0
    while not stop.is_set() and (done := run_again(once)):
        total += done
    return total
