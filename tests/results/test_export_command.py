"""`flask responses export`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from svvoice.store import exporting
from svvoice.store.database import Database
from tests.cast import Cast
from tests.results.park import Park, published


def run(cast: Cast, *words: str | Path) -> Result:
    return cast.app.test_cli_runner().invoke(args=["responses", "export", *(str(word) for word in words)])


@pytest.fixture
def park(database: Database, cast: Cast) -> Park:
    park = published(database, cast.hillside)
    park.answers({"first": "yes", "more": "=1+1"})
    park.answers({"first": "no"}, status="test")
    return park


def test_it_writes_the_same_file_as_the_page(park: Park, cast: Cast, tmp_path: Path) -> None:
    for format_, address in (
        ("csv", "responses.csv"),
        ("csv-labels", "responses.csv?format=labels"),
        ("codebook", "codebook.csv"),
    ):
        file = tmp_path / f"{format_}.csv"
        result = run(cast, "park", "--format", format_, "--output", file)
        assert result.exit_code == 0, result.output
        assert file.read_bytes() == cast.client("ben").get(f"/o/hillside/surveys/park/{address}").data


def test_it_says_what_the_file_holds(park: Park, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "park.csv"
    result = run(cast, "park", "--format", "csv", "--output", file)

    assert result.stdout == f"Wrote {file}: 2 responses.\n"
    assert result.stderr == (
        "1 of them made up (status test): results leave them out.\n1 cells begin like a formula and got a ' in front.\n"
    )


def test_labels_come_in_the_language_asked_for(park: Park, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "park.csv"
    result = run(cast, "park", "--format", "csv-labels", "--language", "ur", "--output", file)
    assert result.exit_code == 0, result.output
    assert "کیا یہ پہلی بار ہے؟ [first]" in file.read_text(encoding="utf-8-sig")


def test_trouble_is_a_sentence_and_leaves_no_file(park: Park, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "park.csv"
    for words, said in (
        (("river", "--output", file), "There is no survey called river.\n"),
        (("park", "--organisation", "riverside", "--output", file), "There is no survey called park.\n"),
        (("park", "--language", "pl", "--format", "csv-labels", "--output", file), "The survey is not in pl.\n"),
        (
            ("park", "--output", tmp_path / "away" / "park.csv"),
            f"{tmp_path}/away/park.csv could not be written: No such file or directory.\n",
        ),
    ):
        result = run(cast, *words)
        assert (result.exit_code, result.stderr) == (1, said)
    assert list(tmp_path.glob("*.csv")) == []


def test_a_failed_check_leaves_the_old_file_as_it_was(
    park: Park, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "park.csv"
    file.write_text("older")
    monkeypatch.setattr(exporting, "count_by_status", lambda *_: {"partial": 3})

    result = run(cast, "park", "--output", file)

    assert result.exit_code == 1
    assert result.stderr == "The file does not have as many rows as there are responses.\nNo file was written.\n"
    assert file.read_text() == "older"
    assert sorted(tmp_path.glob(".*")) == []
