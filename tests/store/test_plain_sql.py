"""What would tie us to one machine or one pooler is kept out of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SVVOICE = Path(__file__).resolve().parents[2] / "svvoice"
FORBIDDEN = {
    r"\bSET\s+(LOCAL|SESSION)\b": "a setting that outlives the transaction or the pooler",
    r"pg_advisory_lock": "a lock that lives in the session",
    r"WITH\s+HOLD": "a cursor that outlives its transaction",
    r"\bLISTEN\b|\bNOTIFY\b": "messages that poolers drop",
    r"clock_timestamp\(|\brandom\(\)": "a time or chance that the database makes up",
    r"CREATE\s+(TEMP|TRIGGER|FUNCTION)": "code or tables hidden in the database",
    r"options=-c": "a connection option that poolers refuse",
    r"func\.now\(|autoincrement=True|Sequence\(|Identity\(": "a time or number made in the database",
}


@pytest.mark.parametrize("pattern", FORBIDDEN, ids=lambda pattern: FORBIDDEN[pattern])
def test_the_store_keeps_to_plain_sql(pattern: str) -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for folder in ("store", "messaging")
        for path in sorted((SVVOICE / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line) and "random.random()" not in line
    ]
    assert found == []


def test_store_functions_never_commit() -> None:
    found = [
        path.name
        for path in sorted((SVVOICE / "store").rglob("*.py"))
        if re.search(r"\.commit\(\)|\.rollback\(\)", path.read_text(encoding="utf-8"))
    ]
    assert found == []
