"""How well replies are read, language by language: `python -m tests.core.replies.table [--write]`.

Prints the table of `docs/replies.md`; with `--write` puts it there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.core.replies.corpus_rows import LANGUAGES, Row, read, rows

DOCS = Path(__file__).parents[3] / "docs" / "replies.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
HEADER = (
    "| language | part | replies | answers right | not understood | taken for another | commands right | missed "
    "| refusals right | wrongly taken |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


def table() -> str:
    """One line for each language and part of its corpus, as Markdown."""
    lines = [_line(language, part, held_out) for language in LANGUAGES for part, held_out in _PARTS]
    return HEADER + "".join(lines) + "\n" + _misses()


_PARTS = (("tried", False), ("held out", True))


def _line(language: str, part: str, held_out: bool) -> str:
    chosen = [row for row in rows(language) if row.held_out is held_out]
    answers, commands, refusals = (
        [row for row in chosen if row.kind == kind] for kind in ("answer", "command", "reject")
    )
    not_understood = sum(read(row).startswith("reject:") for row in answers)
    right = _right(answers)
    counts = (
        f"{right}/{len(answers)}", not_understood, len(answers) - right - not_understood,
        f"{_right(commands)}/{len(commands)}", len(commands) - _right(commands),
        f"{_refused(refusals)}/{len(refusals)}", len(refusals) - _refused(refusals),
    )  # fmt: skip
    return f"| {language} | {part} | {len(chosen)} | {' | '.join(str(count) for count in counts)} |\n"


def _right(chosen: Sequence[Row]) -> int:
    return sum(read(row) == row.verdict for row in chosen)


def _refused(chosen: Sequence[Row]) -> int:
    """Refusals of any reason: which reason it was only changes the words of the next question."""
    return sum(read(row).startswith("reject:") for row in chosen)


def _misses() -> str:
    missed = [row for language in LANGUAGES for row in rows(language) if read(row) != row.verdict]
    lines = [
        f"- {row.language}, {row.question}: “{row.reply}” should be {row.verdict}, is {read(row)}" for row in missed
    ]
    return "Every reply that is not read as it should be:\n\n" + "\n".join(lines) + "\n"


def documented() -> str:
    """The table as the docs have it."""
    return DOCS.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def write() -> None:
    before, rest = DOCS.read_text(encoding="utf-8").split(BEGIN)
    DOCS.write_text(before + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    sys.stdout.write(table())
