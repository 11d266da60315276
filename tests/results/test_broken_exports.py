"""A file that does not hold what is stored breaks off, and nobody mistakes it for a whole one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from svvoice import clock
from svvoice.results.exports import ExportFailed, Format, begin_export
from svvoice.store import exporting
from svvoice.store.database import Database
from tests.cast import Cast
from tests.results.park import Park, published


@pytest.fixture
def park(database: Database, cast: Cast) -> Park:
    park = published(database, cast.hillside)
    park.answers({"first": "yes", "likes": ("trees", "pond")}, times=3)
    return park


@pytest.fixture
def one_row_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exporting.stream

    def all_but_one(*args: Any, **kwargs: Any) -> Iterator[exporting.Stored]:
        rows = whole(*args, **kwargs)
        next(rows)
        yield from rows

    monkeypatch.setattr(exporting, "stream", all_but_one)


@pytest.mark.usefixtures("one_row_lost")
def test_a_lost_row_breaks_the_file_off(park: Park, cast: Cast) -> None:
    export = begin_export(park.database, cast.hillside, "park", Format.CODE, None, None, clock.now())

    with pytest.raises(ExportFailed, match="as many rows as there are responses"):
        list(export.pieces)


def test_a_choice_that_no_version_had_breaks_the_file_off(park: Park, cast: Cast) -> None:
    park.answers({"likes": ("trees", "slides")})
    export = begin_export(park.database, cast.hillside, "park", Format.CODE, None, None, clock.now())

    with pytest.raises(ExportFailed, match="as many ticks as choices were made"):
        list(export.pieces)


@pytest.mark.usefixtures("one_row_lost")
def test_the_next_page_says_why_the_download_broke_off(park: Park, cast: Cast) -> None:
    ben = cast.client("ben")
    response = ben.get("/o/hillside/surveys/park/responses.csv")

    assert (response.status_code, response.headers["Location"]) == (303, "/o/hillside/surveys/park/results")
    assert "Your last download broke off" in ben.get("/o/hillside/surveys/park/results").text
    assert "Your last download broke off" not in cast.client("ada").get("/o/hillside/surveys/park/results").text


def test_a_large_file_breaks_off_in_the_middle(park: Park, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    park.answers({"more": "long " * 900}, times=60)
    monkeypatch.setattr(exporting, "count_by_status", lambda *_: {"partial": 62})

    with pytest.raises(ExportFailed):
        cast.client("ben").get("/o/hillside/surveys/park/responses.csv").get_data()

    assert "Your last download broke off" in cast.client("ben").get("/o/hillside/surveys/park/results").text


def test_after_a_good_download_nothing_is_said(park: Park, cast: Cast) -> None:
    ben = cast.client("ben")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "count_by_status", lambda *_: {"partial": 4})
        assert ben.get("/o/hillside/surveys/park/responses.csv").status_code == 303
    ben.get("/o/hillside/surveys/park/responses.csv")

    assert "Your last download broke off" not in ben.get("/o/hillside/surveys/park/results").text


def test_a_download_that_is_given_up_lets_the_database_go(park: Park, cast: Cast) -> None:
    for _ in range(12):  # more often than there are connections
        export = begin_export(park.database, cast.hillside, "park", Format.CODE, None, None, clock.now())
        next(export.pieces)
        export.pieces.close()  # type: ignore[attr-defined]
    assert park.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    park.answers({"first": "no"})
