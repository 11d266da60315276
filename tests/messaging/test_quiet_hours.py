"""Nothing that we start arrives at night in London, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from svvoice.clock import LONDON
from svvoice.messaging import hours
from svvoice.messaging.sender import Unknown
from svvoice.messaging.worker import Round, work_once
from tests.messaging.people import Town

ANNA = "+447700900201"
BOB = "+447700900202"

# Night in London: clocks go forward on 28 March 2027 and back on 31 October 2027.
NIGHTS = [
    (datetime(2027, 3, 27, 19, 59, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
    (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
    (datetime(2027, 3, 28, 6, 59, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
    (datetime(2027, 3, 28, 19, 0, tzinfo=UTC), datetime(2027, 3, 29, 7, 0, tzinfo=UTC)),
    (datetime(2027, 10, 30, 19, 0, tzinfo=UTC), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
    (datetime(2027, 10, 31, 7, 59, tzinfo=UTC), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
    (datetime(2027, 12, 31, 22, 0, tzinfo=UTC), datetime(2028, 1, 1, 8, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("night", "morning"), NIGHTS)
def test_nothing_goes_out_at_night_and_everything_in_the_morning(
    town: Town, night: datetime, morning: datetime
) -> None:
    town.clock.at = night
    town.queue(ANNA)
    assert work_once(town.desk()) == Round(0)
    assert town.rows("state", "due_at") == [("queued", morning)]
    town.clock.at = morning
    assert work_once(town.desk()) == Round(1)
    assert town.quiet.texts[0].valid_for == 12 * 3600


def test_a_doubtful_text_is_looked_up_at_night_but_not_sent(town: Town) -> None:
    town.clock.at = datetime(2026, 11, 17, 19, 50, tzinfo=UTC)
    town.queue(ANNA)
    town.queue(BOB)
    town.quiet.next_answers = [Unknown("timed out")]
    work_once(town.desk())
    town.clock.wait(minutes=30)
    work_once(town.desk())
    taken = len(town.quiet.texts)
    assert (taken, sorted(town.rows("state"))) == (2, ["accepted", "accepted"])
    town.queue(ANNA, "at night")
    town.clock.at = datetime(2026, 11, 18, 19, 57, tzinfo=UTC)
    town.quiet.loses = 1
    work_once(town.desk())
    town.clock.wait(minutes=10)
    work_once(town.desk())
    assert town.rows("state", "due_at")[-1] == ("unknown", datetime(2026, 11, 19, 8, 0, tzinfo=UTC))
    town.clock.at = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    work_once(town.desk())
    assert (town.rows("state")[-1], town.quiet.calls) == ("accepted", 4)


def test_every_minute_of_a_year_is_day_or_night_as_londons_clocks_say() -> None:
    moment, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    while moment < end:
        here = moment.astimezone(LONDON)
        expected = 8 <= here.hour < 20 and not (here.hour == 19 and here.minute > 58)
        assert hours.may_send(moment) is expected, here
        morning = hours.next_morning(moment).astimezone(LONDON)
        if not expected:
            assert (morning.hour, morning.minute) == (8, 0)
            assert timedelta(0) < hours.next_morning(moment) - moment <= timedelta(hours=13, minutes=2)
        moment += timedelta(minutes=29)
