"""The table: printed, and kept in docs/benchmarks.md with the machine, the day and every miss."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEADER = ("Measure", "svvoice", "Ceiling", "Ratio", "To reach", "Reached")


@dataclass(frozen=True)
class Measure:
    """One line of the table. `value` is what is held against `target`; both None where nothing was promised."""

    name: str
    ours: str
    ceiling: str = "–"
    ratio: float | None = None
    to_reach: str = "–"
    value: float | None = None
    target: float | None = None

    @property
    def missed(self) -> bool:
        return self.value is not None and self.target is not None and self.value > self.target

    @property
    def cells(self) -> tuple[str, ...]:
        reached = "–" if self.target is None else "**no**" if self.missed else "yes"
        ratio = "–" if self.ratio is None else f"{self.ratio:.2f} ×"
        return (self.name, self.ours, self.ceiling, ratio, self.to_reach, reached)


def against(name: str, unit: str, ours: float, ceiling: float, ratio: float, target: float | None) -> Measure:
    """A line whose ratio to a ceiling is what counts."""
    to_reach = f"≤ {target:g} ×" if target is not None else "–"
    return Measure(name, f"{_number(ours)} {unit}", f"{_number(ceiling)} {unit}", ratio, to_reach, ratio, target)


def at_most(name: str, unit: str, ours: float, target: float | None) -> Measure:
    """A line with a limit of its own."""
    to_reach = f"≤ {_number(target)} {unit}".rstrip() if target is not None else "–"
    return Measure(name, f"{_number(ours)} {unit}".rstrip(), to_reach=to_reach, value=ours, target=target)


def table(measures: Sequence[Measure]) -> str:
    rows = [HEADER, ("---", "--:", "--:", "--:", "--:", "---"), *(measure.cells for measure in measures)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def misses(measures: Sequence[Measure]) -> str:
    missed = [
        f"{measure.name} ({measure.cells[3] if measure.ratio else measure.ours})"
        for measure in measures
        if measure.missed
    ]
    return f"Missed: {'; '.join(missed)}." if missed else "Every target was reached."


def machine() -> str:
    """Where it was measured."""
    cpu = next((line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")), "")
    cores = os.cpu_count()
    return (
        f"{cores} cores ({cpu or platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, Flask {version('flask')}, SQLAlchemy {version('sqlalchemy')}"
    )


def write(measures: Sequence[Measure], command: str, now: datetime, page: Path = PAGE) -> None:
    """Puts the table in its place on the page; the rest of the page stays."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    facts = f"Measured on {now:%-d %B %Y} by `{command}` on {machine()}."
    measured = "\n\n".join((facts, table(measures), misses(measures)))
    page.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.2f}"


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
