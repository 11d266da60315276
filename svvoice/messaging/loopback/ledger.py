"""What the loopback network remembers: texts, who said STOP to it, and what it does wrong just now."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from svvoice import clock


class Direction(StrEnum):
    """Who sent a text, in Twilio's words; `network` is the network's own answer to STOP, START or HELP."""

    INBOUND = "inbound"
    API = "outbound-api"
    REPLY = "outbound-reply"
    NETWORK = "network"


class Fault(StrEnum):
    """What the network does wrong, until it is told otherwise."""

    NONE = "none"
    TWICE = "twice"
    """The answer to a resident's text gets lost, so the text is delivered again."""
    HANG = "hang"
    """Takes a text and then says nothing for twenty seconds."""
    STOPPED = "stopped"
    """Refuses every text: this number said STOP (21610)."""
    TOO_MANY = "too_many"
    """Refuses with 429 and a time to wait."""
    FAILS = "fails"
    """Answers 500 and takes nothing."""
    TAKES_AND_FAILS = "takes_and_fails"
    """Takes a text and answers 500 all the same."""
    BREAKS = "breaks"
    """Takes a text and cuts the connection."""
    NO_REPORTS = "no_reports"
    """Delivers texts but never reports."""
    SHUFFLED_REPORTS = "shuffled_reports"
    """Reports the last news first, and everything twice."""


@dataclass(frozen=True)
class Message:
    """One text. `number` is the resident's phone, `ours` the organisation's number."""

    sid: str
    direction: Direction
    number: str
    ours: str
    body: str
    status: str
    error_code: int | None
    callback: str
    media: int
    created_at: datetime
    sent_at: datetime | None

    @property
    def is_ours(self) -> bool:
        return self.direction in (Direction.API, Direction.REPLY)


_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
  place INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, direction TEXT NOT NULL, number TEXT NOT NULL,
  ours TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL, error_code INTEGER, callback TEXT NOT NULL,
  media INTEGER NOT NULL, created_at TEXT NOT NULL, sent_at TEXT
);
CREATE INDEX IF NOT EXISTS messages_of_number ON messages (number, place);
CREATE TABLE IF NOT EXISTS stopped (number TEXT NOT NULL, ours TEXT NOT NULL, PRIMARY KEY (number, ours));
CREATE TABLE IF NOT EXISTS fault (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, times INTEGER);
"""
_COLUMNS = "sid, direction, number, ours, body, status, error_code, callback, media, created_at, sent_at"


class Ledger:
    """One file (or `:memory:`), used by many threads one at a time."""

    def __init__(self, path: str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def keep(
        self,
        direction: Direction,
        number: str,
        ours: str,
        body: str,
        *,
        status: str,
        sid: str | None = None,
        error_code: int | None = None,
        callback: str = "",
        media: int = 0,
    ) -> Message:
        """A new text. One with an id that is there already changes nothing: the first one is given back."""
        sid = sid or f"SM{secrets.token_hex(16)}"
        values = (sid, direction, number, ours, body, status, error_code, callback, media, clock.now().isoformat())
        with self._cursor() as cursor:
            cursor.execute(
                f"INSERT OR IGNORE INTO messages ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
                values,
            )
        kept = self.message(sid)
        if kept is None:
            raise RuntimeError("a text that was just kept is gone")
        return kept

    def message(self, sid: str) -> Message | None:
        with self._cursor() as cursor:
            row = cursor.execute(f"SELECT {_COLUMNS} FROM messages WHERE sid = ?", (sid,)).fetchone()  # noqa: S608
        return _message(row) if row else None

    def messages(self, number: str | None = None) -> list[Message]:
        """All texts, or those to and from one phone, oldest first."""
        with self._cursor() as cursor:
            rows = cursor.execute(
                f"SELECT {_COLUMNS} FROM messages WHERE ? IS NULL OR number = ? ORDER BY place",  # noqa: S608
                (number, number),
            ).fetchall()
        return [_message(row) for row in rows]

    def phones(self) -> list[str]:
        """Residents' phones that have texted or been texted, in order."""
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute("SELECT DISTINCT number FROM messages ORDER BY number").fetchall()]

    def set_status(self, sid: str, status: str) -> None:
        sent_at = clock.now().isoformat() if status == "sent" else None
        with self._cursor() as cursor:
            cursor.execute(
                "UPDATE messages SET status = ?, sent_at = coalesce(sent_at, ?) WHERE sid = ?", (status, sent_at, sid)
            )

    def remove(self, sid: str) -> bool:
        with self._cursor() as cursor:
            return cursor.execute("DELETE FROM messages WHERE sid = ?", (sid,)).rowcount == 1

    def block(self, number: str, ours: str) -> None:
        with self._cursor() as cursor:
            cursor.execute("INSERT OR IGNORE INTO stopped VALUES (?, ?)", (number, ours))

    def unblock(self, number: str, ours: str) -> bool:
        """Takes the STOP away. Says whether there was one."""
        with self._cursor() as cursor:
            gone = cursor.execute("DELETE FROM stopped WHERE number = ? AND ours = ?", (number, ours))
            return gone.rowcount == 1

    def is_blocked(self, number: str, ours: str) -> bool:
        with self._cursor() as cursor:
            found = cursor.execute("SELECT 1 FROM stopped WHERE number = ? AND ours = ?", (number, ours))
            return found.fetchone() is not None

    def set_fault(self, fault: Fault, times: int | None = None) -> None:
        """What goes wrong from now on, or only so many times."""
        with self._cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO fault VALUES (1, ?, ?)", (fault, times))

    def fault(self) -> Fault:
        with self._cursor() as cursor:
            row = cursor.execute("SELECT name FROM fault").fetchone()
        return Fault(row[0]) if row else Fault.NONE

    def take_fault(self, *of: Fault) -> Fault:
        """The fault now in force if it is one of these, counted as having happened once."""
        with self._cursor() as cursor:
            row = cursor.execute("SELECT name, times FROM fault").fetchone()
            if row is None or row[0] not in of:
                return Fault.NONE
            if row[1] is not None and row[1] <= 1:
                cursor.execute("DELETE FROM fault")
            else:
                cursor.execute("UPDATE fault SET times = times - 1 WHERE times IS NOT NULL")
        return Fault(row[0])

    @contextmanager
    def _cursor(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            yield self._connection.cursor()


def _message(row: tuple[object, ...]) -> Message:
    sid, direction, number, ours, body, status, error_code, callback, media, created_at, sent_at = row
    return Message(
        str(sid),
        Direction(str(direction)),
        str(number),
        str(ours),
        str(body),
        str(status),
        error_code if isinstance(error_code, int) else None,
        str(callback),
        int(str(media)),
        datetime.fromisoformat(str(created_at)).astimezone(UTC),
        datetime.fromisoformat(str(sent_at)).astimezone(UTC) if sent_at else None,
    )
