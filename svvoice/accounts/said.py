"""Times as staff pages of accounts say them."""

from __future__ import annotations

from datetime import datetime

from svvoice import clock
from svvoice.language import speech


def moment(at: datetime) -> str:
    """Day and minute in London, in English."""
    local = at.astimezone(clock.LONDON)
    return f"{speech('en').day(local.date())}, {local:%H:%M}"
