"""`flask replies read`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import click

from svvoice.cli.plain import PlainGroup, give_up
from svvoice.core.replies.rows import read_row

commands = PlainGroup("replies", help="What replies mean.")

COLUMNS = ("language", "question_type", "options_json", "reply")


@commands.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def read(file: Path) -> None:
    """Read a CSV of replies and write it again with what each one means, by the rules of the webhook itself."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        give_up(f"{file} is not UTF-8. Save it as UTF-8 and try again.")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        give_up(f"{file} has no column {', '.join(missing)}. It needs: {', '.join(COLUMNS)}.")
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "verdict_json"])
    for line, row in enumerate(rows, 2):
        fields = [row[column] or "" for column in COLUMNS]
        try:
            verdict = read_row(*fields)
        except ValueError as error:
            give_up(f"Line {line}: {error}")
        writer.writerow([*fields, json.dumps(verdict, ensure_ascii=False)])
