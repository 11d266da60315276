"""`make drill`: the long drills, as a table. Ends with 1 where an aim was missed."""

from __future__ import annotations

import argparse
import sys

from tests.drills.drills import Length, Line, all_drills

MET = {True: "met", False: "MISSED", None: "-"}


def main(arguments: list[str]) -> int:
    lines = []
    for line in all_drills(_length(arguments)):
        print(_shown(line), flush=True)
        lines.append(line)
    missed = [line for line in lines if line.is_met is False]
    print(f"{len(missed)} of {len(lines)} aims missed." if missed else f"All {len(lines)} lines met or left out.")
    return 1 if missed else 0


def _shown(line: Line) -> str:
    return f"{line.drill:<46} {line.measured:<46} {line.aim:<12} {MET[line.is_met]}"


def _length(arguments: list[str]) -> Length:
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("--kills", type=int, default=Length.kills, help="processes killed, on each database")
    parser.add_argument("--outages", type=int, default=Length.outages, help="times the database or disk is away")
    parser.add_argument("--messages", type=int, default=Length.messages, help="texts delivered twenty times at once")
    parser.add_argument("--people", type=int, default=Length.people, help="people on pages, and as many who text")
    chosen = parser.parse_args(arguments)
    return Length(chosen.kills, chosen.outages, chosen.messages, chosen.people)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
