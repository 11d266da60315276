"""`python -m benchmarks`: measures everything and prints one table; `--write` puts it into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from benchmarks import answering, files, filling, pages, product, report
from benchmarks.measuring import Compared, middle
from benchmarks.report import Measure, against, at_most
from benchmarks.survey import example, five
from svvoice import clock
from svvoice.store.tables import ResponseRow


@dataclass(frozen=True)
class Size:
    """How much is done: people for each comparison, rounds, seconds of each drive, stored responses and answers."""

    people: int = 150
    rounds: int = 3
    seconds: float = 8.0
    responses: int = 100_000
    answers: int = 1_000_000


TINY = Size(people=2, rounds=1, seconds=0.2, responses=40, answers=400)


def measures(size: Size, folder: Path) -> Iterator[Measure]:
    """Every line of the table, as it is measured."""
    yield from _against_ceiling(size, folder)
    yield from _rates(size, folder)
    yield from _stored(size, folder)


def _against_ceiling(size: Size, folder: Path) -> Iterator[Measure]:
    web, texts = answering.against_ceiling(folder, five(), size.people)
    yield _cpu("A survey of five questions by page, CPU", web, 1.5)
    yield _cpu("A survey of five questions by text, CPU", texts, 1.7)


def _rates(size: Size, folder: Path) -> Iterator[Measure]:
    ours, bare = answering.rates_served(folder, five(), size.rounds, size.seconds)
    yield against("The same by page through gunicorn", "surveys/s", ours.web, bare.web, ours.web / bare.web, None)
    yield against(
        "The same by text through gunicorn", "surveys/s", ours.texts, bare.texts, ours.texts / bare.texts, None
    )


def _stored(size: Size, folder: Path) -> Iterator[Measure]:
    script = example()
    url = product.sqlite_url(folder, "full")
    full = product.make(url, script)
    yield from _weights(full.app)
    filling.add_responses(full, size.responses)
    ours, bare = files.compare(full, script.slug, folder, size.rounds)
    seconds = Compared(middle(ours), middle(bare))
    name = f"CSV of {size.responses:,} responses, CPU"
    yield against(name, "s", seconds.first, seconds.second, seconds.ratio, 3)
    memory = files.memory_of_export(url, full.organisation_id, script.slug)
    yield at_most("CSV, peak memory of a process that does nothing else", "MB", memory.peak, 100)
    yield at_most("…of that, before the first row", "MB", memory.before, None)
    answers = filling.add_responses_until(full, size.answers)
    filling.add_traces(full)
    yield from _turns(size, folder, full, answers)
    full.close()


def _weights(app: Flask) -> Iterator[Measure]:
    heaviest = max(pages.first_pages(app, example()), key=lambda weight: weight.size)
    yield at_most(
        "First page, compressed, with its headers (the heaviest of four languages)", "bytes", heaviest.size, 10_000
    )
    yield at_most("First page, requests it makes", "", heaviest.requests, 1)
    yield at_most("First page, scripts", "", heaviest.scripts, 0)
    yield at_most("A whole visit of eleven questions, compressed", "bytes", pages.whole_visit(app, example()), 100_000)


def _turns(size: Size, folder: Path, full: product.Product, answers: int) -> Iterator[Measure]:
    script = example()
    web, texts = answering.beside_stored_answers(full, folder, script, size.people)
    there = f"{answers:,} answers in {filling.count(full, ResponseRow):,} responses stored"
    yield _cpu(f"A turn by page with {there}, against none", _each(web, len(script.on_pages)), 1.05)
    yield _cpu("A turn by text, the same", _each(texts, len(script.by_text)), 1.05)


def _each(survey: Compared, turns: int) -> Compared:
    return Compared(survey.first / turns, survey.second / turns)


def _cpu(name: str, compared: Compared, target: float) -> Measure:
    return against(name, "ms", compared.first, compared.second, compared.ratio, target)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    parser.add_argument("--tiny", action="store_true", help="a size in which no number means anything, to try it out")
    given = parser.parse_args()
    found: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="svvoice-benchmarks-") as folder:
        for measure in measures(TINY if given.tiny else Size(), Path(folder)):
            print(*measure.cells, sep="  ", flush=True)
            found.append(measure)
    print("", report.machine(), "", report.table(found), "", report.misses(found), sep="\n")
    if given.write:
        report.write(found, "make bench", clock.now())
    return 0


if __name__ == "__main__":
    sys.exit(main())
