"""When a text that we start may go out: never at night. London's clock counts, whatever a number looks like."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from svvoice.clock import LONDON

MORNING = time(8, 0)
EVENING = time(20, 0)
TIME_TO_ARRIVE = timedelta(minutes=2)
"""A text begun later than this before the evening might still be on its way at night."""


def may_send(now: datetime) -> bool:
    """Whether a text that starts now can arrive before the evening."""
    here = now.astimezone(LONDON)
    return here.time() >= MORNING and _evening_of(here) - now >= TIME_TO_ARRIVE


def next_morning(now: datetime) -> datetime:
    """The next moment, in UTC, at which texts may start again, where they may not now."""
    here = now.astimezone(LONDON)
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, LONDON).astimezone(UTC)


def seconds_left(now: datetime) -> int:
    """Seconds until the evening: so long the network may try to deliver a text that starts now."""
    return int((_evening_of(now.astimezone(LONDON)) - now).total_seconds())


def _evening_of(here: datetime) -> datetime:
    return datetime.combine(here.date(), EVENING, LONDON).astimezone(UTC)
