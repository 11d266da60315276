"""The worker: claims a text, sends it, records what became of it. Nothing is sent twice, and nothing at night.

    claim (committed) → the number and its STOP → the call, with no transaction open → what became of it

A text whose outcome nobody knows is looked up at the provider first. It is sent once more only if it is surely not
there, and after that it waits for a person.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from svvoice import clock
from svvoice.errors import Unavailable, where
from svvoice.messaging import hours
from svvoice.messaging.callback import callback_address
from svvoice.messaging.sender import Accepted, Outcome, Refused, Sender, Trouble, Unknown
from svvoice.settings import Settings
from svvoice.store import contacts, opt_outs, outbox, outbox_claims
from svvoice.store.database import Database, run_again
from svvoice.store.outbox import State
from svvoice.store.outbox_claims import Claimed
from svvoice.store.sealing import Sealer

log = logging.getLogger("svvoice.worker")

LEASE = timedelta(seconds=100)
"""Longer than the slowest call and the minute after it, in which a text may still turn up at the provider."""
LOOK_AFTER = timedelta(seconds=75)
GIVE_UP_LOOKING = timedelta(hours=24)
SETUP_PAUSE = timedelta(minutes=10)
MOST_TRIES = 2
AT_A_TURN = 20
"""Texts of one organisation before the next one's turn: a large wave must not keep a small one waiting."""
PACE = 0.1
"""Seconds from one text to the next: a long number takes ten a second."""
LONGEST_PAUSE = 300.0


@dataclass(frozen=True)
class Desk:
    """What the worker works with."""

    database: Database
    sender: Sender
    sealer: Sealer
    settings: Settings
    now: Callable[[], datetime] = clock.now
    stop: threading.Event = field(default_factory=threading.Event)
    pace: float = PACE


@dataclass(frozen=True)
class Pause:
    """The provider wants fewer texts; `seconds` is how long it said, or None."""

    seconds: float | None


@dataclass(frozen=True)
class Round:
    """How many texts were handled, and whether the provider asked for a pause."""

    handled: int
    pause: Pause | None = None


def run(desk: Desk, poll: float = 1.0) -> None:
    """Works until `desk.stop` is set; the text in hand is finished first."""
    pauses = 0
    while not desk.stop.is_set():
        try:
            done = work_once(desk)
        except Unavailable as error:
            log.warning("the database could not be used: %s", error)
            done = Round(0)
        except Exception as error:  # one text that cannot be dealt with must not keep all the others
            log.error("%s at %s", type(error).__name__, where(error))
            done = Round(0)
        if done.pause is not None:
            pauses += 1
            desk.stop.wait(back_off(done.pause, pauses))
        else:
            pauses = 0 if done.handled else pauses
            desk.stop.wait(0 if done.handled else poll * random.uniform(0.8, 1.2))  # noqa: S311 - workers apart


def back_off(pause: Pause, pauses: int) -> float:
    """Seconds to wait after so many refusals in a row: at least what the provider said, longer each time."""
    doubled = min(2.0 ** min(pauses, 20), LONGEST_PAUSE)
    return max(pause.seconds or 0.0, doubled) * random.uniform(1.0, 1.25)  # noqa: S311 - workers apart


def work_once(desk: Desk) -> Round:
    """One turn for each organisation that has work. Raises Unavailable where the database cannot be used."""
    with desk.database.reading() as session:
        organisations = outbox_claims.organisations_with_work(session, desk.now())
    random.shuffle(organisations)
    handled = 0
    for organisation_id in organisations:
        for _ in range(AT_A_TURN):
            if desk.stop.is_set():
                return Round(handled)
            step = _next_text(desk, organisation_id)
            if step is None:
                break
            handled += 1
            if isinstance(step, Pause):
                return Round(handled, step)
            time.sleep(desk.pace)
    return Round(handled)


@dataclass(frozen=True)
class Done:
    """One text was dealt with."""


def _next_text(desk: Desk, organisation_id: UUID) -> Done | Pause | None:
    doubtful = run_again(lambda: _claim_doubtful(desk, organisation_id))
    if doubtful is not None:
        return _look_up(desk, doubtful)
    claimed = run_again(lambda: _claim(desk, organisation_id))
    return _send(desk, claimed) if claimed is not None else None


def _claim_doubtful(desk: Desk, organisation_id: UUID) -> Claimed | None:
    now = desk.now()
    with desk.database.transaction() as session:
        return outbox_claims.claim_doubtful(session, organisation_id, lease_until=now + LEASE, now=now)


def _claim(desk: Desk, organisation_id: UUID) -> Claimed | None:
    now = desk.now()
    with desk.database.transaction() as session:
        if not hours.may_send(now):
            outbox.postpone(session, organisation_id, hours.next_morning(now), now)
            return None
        return outbox_claims.claim(session, organisation_id, lease_until=now + LEASE, now=now)


def _send(desk: Desk, claimed: Claimed) -> Done | Pause:
    number = _number_to_text(desk, claimed)
    if number is None:
        _record(desk, claimed, State.CANCELLED)
        return Done()
    outcome = desk.sender.send(
        number,
        claimed.body,
        claimed.sender,
        callback_address(desk.settings, claimed.organisation_id, claimed.id),
        hours.seconds_left(desk.now()),
    )
    return _settle(desk, claimed, outcome)


def _number_to_text(desk: Desk, claimed: Claimed) -> str | None:
    """The number, unless it has said STOP or is gone since the text was queued."""
    with desk.database.reading() as session:
        if opt_outs.is_stopped(session, claimed.organisation_id, claimed.phone_hash):
            return None
        return contacts.number_of(session, desk.sealer, claimed.organisation_id, claimed.contact_id)


def _settle(desk: Desk, claimed: Claimed, outcome: Outcome) -> Done | Pause:
    match outcome:
        case Accepted(sid):
            _record(desk, claimed, State.ACCEPTED, sid=sid)
        case Unknown(reason):
            log.warning("text %s: no answer (%s)", claimed.id, reason)
            _record(desk, claimed, State.UNKNOWN, due_at=desk.now() + LOOK_AFTER)
        case Refused():
            return _refused(desk, claimed, outcome)
        case _:
            assert_never(outcome)
    return Done()


def _refused(desk: Desk, claimed: Claimed, refused: Refused) -> Done | Pause:
    now = desk.now()
    match refused.trouble:
        case Trouble.STOPPED:
            run_again(lambda: _note_stop(desk, claimed, refused.code))
        case Trouble.NUMBER:
            _record(desk, claimed, State.REFUSED, code=refused.code)
        case Trouble.LATER:
            due_at = now + timedelta(seconds=refused.retry_after or 1.0)
            _record(desk, claimed, State.QUEUED, code=refused.code or None, due_at=due_at)
            return Pause(refused.retry_after)
        case Trouble.SETUP:
            log.error("texting stands still: the provider says %s", refused.code)
            _record(desk, claimed, State.QUEUED, code=refused.code, due_at=now + SETUP_PAUSE)
            run_again(lambda: _hold_back(desk, claimed.organisation_id))
        case _:
            assert_never(refused.trouble)
    return Done()


def _look_up(desk: Desk, claimed: Claimed) -> Done | Pause:
    """Adopts a text that the provider has; otherwise one more try, and then a person has to look."""
    number = _number(desk, claimed)
    found = desk.sender.find(number, claimed.body, claimed.created_at) if number else ()
    if isinstance(found, Unknown):
        over = desk.now() - claimed.created_at > GIVE_UP_LOOKING
        becomes = State.NEEDS_A_LOOK if over else State.UNKNOWN
        _record(desk, claimed, becomes, due_at=desk.now() + LOOK_AFTER)
        return Done()
    if run_again(lambda: _adopt(desk, claimed, found)):
        return Done()
    if claimed.attempts >= MOST_TRIES:
        _record(desk, claimed, State.NEEDS_A_LOOK)
        return Done()
    if not hours.may_send(desk.now()):
        _record(desk, claimed, State.UNKNOWN, due_at=hours.next_morning(desk.now()))
        return Done()
    again = run_again(lambda: _once_more(desk, claimed))
    return _send(desk, again) if again is not None else Done()


def _number(desk: Desk, claimed: Claimed) -> str | None:
    with desk.database.reading() as session:
        return contacts.number_of(session, desk.sealer, claimed.organisation_id, claimed.contact_id)


def _adopt(desk: Desk, claimed: Claimed, found: tuple[str, ...]) -> bool:
    """Takes the first of the provider's texts that none of ours holds already."""
    with desk.database.transaction() as session:
        held = outbox.held(session, claimed.organisation_id, found)
        free = [sid for sid in found if sid not in held]
        if free:
            outbox.record(session, claimed, State.ACCEPTED, now=desk.now(), sid=free[0])
    return bool(free)


def _once_more(desk: Desk, claimed: Claimed) -> Claimed | None:
    now = desk.now()
    with desk.database.transaction() as session:
        return outbox_claims.send_again(session, claimed, now + LEASE, now)


def _note_stop(desk: Desk, claimed: Claimed, code: int) -> None:
    now = desk.now()
    with desk.database.transaction() as session:
        outbox.record(session, claimed, State.REFUSED, now=now, code=code)
        if not opt_outs.is_stopped(session, claimed.organisation_id, claimed.phone_hash):
            opt_outs.stop(
                session,
                claimed.organisation_id,
                claimed.phone_hash,
                word="",
                source="carrier",
                message_sid=None,
                now=now,
            )


def _hold_back(desk: Desk, organisation_id: UUID) -> None:
    now = desk.now()
    with desk.database.transaction() as session:
        outbox.postpone(session, organisation_id, now + SETUP_PAUSE, now)


def _record(
    desk: Desk,
    claimed: Claimed,
    becomes: State,
    *,
    sid: str | None = None,
    code: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """Kept even if the database is busy for a while; if not, the lease ends and the text is looked up."""

    def keep() -> None:
        with desk.database.transaction() as session:
            outbox.record(session, claimed, becomes, now=desk.now(), sid=sid, code=code, due_at=due_at)

    for pause in (0.2, 1.0, 5.0):
        try:
            return run_again(keep)
        except Unavailable:
            log.warning("text %s: what became of it could not be kept yet", claimed.id)
            time.sleep(pause)
    return run_again(keep)
