"""Run as a process of its own: makes the CSV of a survey, and prints the memory before and at the largest, as JSON.

It loads what an export needs and nothing else, so that the numbers are the export's.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path
from uuid import UUID

from svvoice import clock
from svvoice.results.exports import Format, begin_export
from svvoice.store.database import Database


def measure(url: str, organisation_id: str, slug: str) -> dict[str, float]:
    """Megabytes: `before`, with everything loaded and the export about to begin; `peak`, at its largest."""
    database = Database(url)
    made = begin_export(database, UUID(organisation_id), slug, Format.CODE, None, None, clock.now())
    before = largest()
    size = sum(len(piece) for piece in made.pieces)
    assert size, "the file is empty"
    return {"before": before, "peak": largest()}


def largest() -> float:
    """The most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # where there is one: `ru_maxrss` begins with what the process that started this one had
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii", errors="replace"))
        if found:
            return int(found.group(1)) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:])))
