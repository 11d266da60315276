"""`flask surveys import` and `export` with XLSForm workbooks."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from svvoice.store import surveys
from svvoice.store.database import Database
from tests.cast import Cast
from tests.core.xlsform.forms import BASIC, GROUPS, HEAD, Form, workbook

SURVEYS = Path(__file__).parent.parent / "surveys"


def run(cast: Cast, *words: str | Path) -> Result:
    return cast.app.test_cli_runner().invoke(args=["surveys", *(str(word) for word in words)])


def imported(cast: Cast, file: Path) -> Result:
    return run(cast, "import", file, "--organisation", "hillside")


def draft(database: Database, cast: Cast, slug: str) -> str | None:
    with database.reading() as session:
        record = surveys.survey_called(session, cast.hillside, slug)
    return record.draft if record else None


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "Gardens of 2026.xlsx"
    file.write_bytes(workbook(BASIC))
    return file


def test_import_says_what_became_of_each_row_and_keeps_the_draft(database: Database, cast: Cast, form: Path) -> None:
    result = imported(cast, form)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert "survey row 2: kept: “who” as text" in lines
    assert "settings row 2: changed: the form_id “gardens_v1” is now the slug “gardens-v1”" in lines
    assert lines[-1] == "Kept gardens-v1 as a draft: 4 questions, en."
    kept = json.loads(draft(database, cast, "gardens-v1") or "")
    assert [question["id"] for question in kept["questions"]] == ["who", "age", "garden", "grow"]


def test_a_form_without_an_id_is_called_like_its_file(database: Database, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "My Form.xlsx"
    file.write_bytes(workbook(GROUPS))
    assert imported(cast, file).exit_code == 0
    assert draft(database, cast, "my-form") is not None


def test_a_form_that_cannot_come_in_says_every_problem_and_stores_nothing(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(
        workbook(Form([HEAD, ["select_one x", "a", "A?"], ["end group", None, None], ["text", "b", "B?"]]))
    )
    result = imported(cast, file)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "survey row 2: The list “x” is not on the sheet choices.",
        "survey row 3: This ends a group or repeat that is not open here.",
        "Nothing was stored.",
    ]
    assert draft(database, cast, "broken") is None


@pytest.mark.parametrize("ending", [".xlsx", ".XLSX", ".xls", ".xlsm"])
def test_a_file_that_only_calls_itself_a_workbook_is_a_sentence(cast: Cast, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"form{ending}"
    file.write_bytes(b"type,name,label\n")
    result = imported(cast, file)
    assert result.exit_code == 1
    said = ["the file: This is not an Excel workbook (.xlsx) that can be read.", "Nothing was stored."]
    assert result.stderr.splitlines() == said


def test_a_survey_goes_out_as_a_workbook_and_comes_back_the_same(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    assert imported(cast, SURVEYS / "every_kind.json").exit_code == 0
    before = draft(database, cast, "your-park-2026")
    file = tmp_path / "out.xlsx"
    result = run(cast, "export", "your-park-2026", "--output", file)
    assert (result.exit_code, result.stdout) == (0, f"Wrote {file}.\n")

    result = imported(cast, file)
    assert result.exit_code == 0, result.output
    assert "dropped" not in result.stdout
    assert "changed" not in result.stdout
    assert draft(database, cast, "your-park-2026") == before


def test_yes_and_no_go_out_in_each_language(cast: Cast, tmp_path: Path) -> None:
    assert imported(cast, SURVEYS / "every_kind.json").exit_code == 0
    file = tmp_path / "out.xlsx"
    run(cast, "export", "your-park-2026", "--output", file)
    book = openpyxl.load_workbook(file)
    rows = [[cell.value for cell in row] for row in book["choices"].iter_rows()]
    yes = dict(zip(rows[0], next(row for row in rows if row[:2] == ["YES_NO", "yes"]), strict=True))
    assert yes["label::English (en)"] == "Yes"
    assert yes["label::Polski (pl)"] == "Tak"


def test_other_endings_of_workbooks_are_not_written(cast: Cast, tmp_path: Path) -> None:
    assert imported(cast, SURVEYS / "tiny.json").exit_code == 0
    result = run(cast, "export", "park", "--output", tmp_path / "out.xls")
    assert (result.exit_code, result.stderr) == (1, "A workbook is written as .xlsx only.\n")
    assert list(tmp_path.glob("out*")) == []


def test_a_json_document_goes_in_and_out_as_before(cast: Cast, tmp_path: Path) -> None:
    assert imported(cast, SURVEYS / "tiny.json").exit_code == 0
    file = tmp_path / "out.json"
    assert run(cast, "export", "park", "--output", file).exit_code == 0
    assert file.read_bytes() == (SURVEYS / "tiny.json").read_bytes()
