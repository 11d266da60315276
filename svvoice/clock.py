"""The only place that asks the time."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The time now, in UTC. `SVVOICE_NOW` (ISO, tests of whole processes only) stands in for it where it is set."""
    fixed = os.environ.get("SVVOICE_NOW")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)


def today() -> date:
    """The day in London, in which `opens`, `closes` and due dates are meant."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
