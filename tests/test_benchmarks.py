"""The benchmarks run from end to end in a tiny size, so that they cannot rot; what a page weighs is held for good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import pages, product, report
from benchmarks.report import Measure, against, at_most
from benchmarks.survey import example


@pytest.mark.parametrize("language", example().document["languages"])
def test_the_first_page_comes_compressed_in_one_small_request_without_script(language: str, tmp_path: Path) -> None:
    served = product.make(product.sqlite_url(tmp_path, "page"), example())
    weight = pages.weigh(served.app, example(), language)
    served.close()
    assert weight.size <= 10_000
    assert (weight.requests, weight.scripts) == (1, 0)


def test_what_a_page_fetches_and_runs_is_counted() -> None:
    loads = pages.Loads()
    loads.feed('<link href="a.css"><style>b{background:url(c.png)}</style>')
    loads.feed('<img src="d.png"><p onclick="e()"><script>f()</script>')
    assert loads.fetched == ["a.css", "from a style sheet", "d.png"]
    assert loads.scripts == 2


def test_every_measure_is_taken(tmp_path: Path) -> None:
    found = list(benchmarks.measures(benchmarks.TINY, tmp_path))
    assert [measure.name for measure in found if measure.target is None] == [
        "The same by page through gunicorn",
        "The same by text through gunicorn",
        "…of that, before the first row",
    ]
    assert len(found) == 13
    assert len(report.table(found).splitlines()) == 15


def test_the_table_says_what_was_missed(tmp_path: Path) -> None:
    measures = [
        against("A survey by page, CPU", "ms", 20.04, 10.0, 2.004, 1.5),
        against("Rate", "surveys/s", 120.0, 100.0, 1.2, None),
        at_most("First page", "bytes", 4374, 10_000),
    ]
    page = tmp_path / "benchmarks.md"
    page.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.write(measures, "make bench", datetime(2026, 2, 3, tzinfo=UTC), page)
    assert (
        page.read_text(encoding="utf-8")
        == f"""\
Before
{report.BEGIN}
Measured on 3 February 2026 by `make bench` on {report.machine()}.

| Measure | svvoice | Ceiling | Ratio | To reach | Reached |
| --- | --: | --: | --: | --: | --- |
| A survey by page, CPU | 20 ms | 10 ms | 2.00 × | ≤ 1.5 × | **no** |
| Rate | 120 surveys/s | 100 surveys/s | 1.20 × | – | – |
| First page | 4,374 bytes | – | – | ≤ 10,000 bytes | yes |

Missed: A survey by page, CPU (2.00 ×).
{report.END}
after
"""
    )


def test_a_table_without_a_miss_says_so() -> None:
    assert report.misses([Measure("Anything", "1", value=1, target=1)]) == "Every target was reached."


def test_the_page_has_a_place_for_the_table() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert text.index(report.BEGIN) < text.index(report.END)
