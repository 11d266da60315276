"""Workbooks as files: made to do harm, broken, or only odd."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import openpyxl
import pytest

from svvoice.core import xlsform
from svvoice.core.xlsform import Imported, Refused
from svvoice.core.xlsform.archive import BIGGEST_FILE, BOMB, NOT_A_WORKBOOK
from tests.core.xlsform.forms import BASIC, HEAD, Form, Row, pack, workbook

WITHIN = 10.0
"""Seconds, for whatever somebody sends."""
MOST_MEMORY = 300_000_000
"""Bytes."""

ROW = '<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>text</t></is></c></row>'
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    return packed({**parts_of(workbook(BASIC)), name: part})


def with_sheet(rows: str, dimension: str = "") -> bytes:
    return with_part("xl/worksheets/sheet1.xml", SHEET.format(f"{dimension}<sheetData>{rows}</sheetData>").encode())


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    words = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst><si><t>&a9;</t></si></sst>'
    return with_part("xl/sharedStrings.xml", words.encode())


def file_of_the_machine() -> bytes:
    words = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>'
    return with_part("xl/sharedStrings.xml", words.encode("utf-16"))


def many_cells() -> bytes:
    """Every row reaches the last column that there is."""
    wide = '<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>x</t></is></c><c r="XFD{row}" s="0"/></row>'
    return with_sheet("".join(wide.format(row=row) for row in range(1, 10_000)))


HARMFUL: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a bomb of zeros": (lambda: with_part("xl/worksheets/sheet9.xml", b"0" * 200_000_000), BOMB),
    "a steep part": (lambda: with_part("xl/media/image1.png", b"\0" * 20_000_000), BOMB),
    "shared words without end": (lambda: with_part("xl/sharedStrings.xml", b"<a>" + bytes(range(256)) * 40_000), BOMB),
    "many parts": (lambda: packed({**parts_of(workbook(BASIC)), **{f"x{n}.xml": b"<x/>" for n in range(600)}}), BOMB),
    "a billion laughs": (billion_laughs, "This workbook declares entities, which no form needs. It was not opened."),
    "a file of the machine": (
        file_of_the_machine,
        "This workbook declares entities, which no form needs. It was not opened.",
    ),
    "too large": (lambda: b"PK" + b"x" * BIGGEST_FILE, "This file has 2,000,002 bytes. The most is 2,000,000."),
    "rows without end": (
        lambda: with_sheet("".join(ROW.format(row=row) for row in range(1, 60_000))),
        "The sheet survey has more than 10,000 rows.",
    ),
    "columns without end": (many_cells, "The sheet survey claims too many cells. Copy the form into a new workbook."),
    "an old file": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "This is an old .xls file, or one with a password. Save it as .xlsx without a password.",
    ),
    "nothing": (lambda: b"", NOT_A_WORKBOOK),
    "a table of text": (lambda: b"type,name,label\ntext,a,A?\n", NOT_A_WORKBOOK),
    "half a file": (lambda: workbook(BASIC)[:2_000], NOT_A_WORKBOOK),
    "another archive": (
        lambda: packed({"word/document.xml": b"<x/>"}),
        "This file is packed like a workbook, but holds none. Save it as .xlsx and try again.",
    ),
    "broken XML": (lambda: with_part("xl/workbook.xml", b"<workbook><sheets>"), NOT_A_WORKBOOK),
    "a sheet that is none": (
        lambda: with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        NOT_A_WORKBOOK,
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_do_harm_ends_soon_with_a_sentence(name: str) -> None:
    make, sentence = HARMFUL[name]
    content = make()
    began = time.monotonic()
    read = xlsform.read(content)
    assert time.monotonic() - began < WITHIN
    assert isinstance(read, Refused)
    assert list(map(str, read.problems)) == [f"the file: {sentence}"]


@pytest.mark.parametrize("name", ["a bomb of zeros", "shared words without end", "a steep part", "columns without end"])
def test_a_file_made_to_do_harm_takes_little_memory(name: str) -> None:
    content = HARMFUL[name][0]()
    tracemalloc.start()
    xlsform.read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def test_the_largest_form_that_is_read_at_all_takes_little_time_and_memory() -> None:
    choices: list[Row] = [
        ["list_name", "name", "label"],
        *(["s", number, f"Place {number} " + "x" * 150] for number in range(9_000)),
    ]
    content = workbook(Form([HEAD, ["select_one s", "a", "A?"], ["text", "b", "B?"]], choices))
    began = time.monotonic()
    assert isinstance(xlsform.read(content), Imported)
    assert time.monotonic() - began < WITHIN
    tracemalloc.start()
    xlsform.read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def test_a_sheet_that_claims_a_million_rows_and_holds_three_is_read_at_once() -> None:
    claimed = with_sheet(
        "".join(
            f'<row r="{row}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"
            for row, cells in ((1, HEAD), (2, ("text", "a", "A?")), (1_048_576, ("text", "z", "Z?")))
        ),
        '<dimension ref="A1:XFD1048576"/>',
    )
    began = time.monotonic()
    read = xlsform.read(claimed)
    assert time.monotonic() - began < 1.0
    assert isinstance(read, Imported)
    assert [each.id for each in read.document.questions] == ["a"]


def test_a_formula_is_never_calculated_and_always_told() -> None:
    read = xlsform.read(workbook(Form([HEAD, ["text", "a", "A?"], ["text", "b", '=HYPERLINK("http://x.test")']])))
    assert isinstance(read, Imported)
    assert read.document.questions[1].text == {"en": "B"}
    told = "survey row 3: dropped: C3 holds a formula without a saved result, and formulas are not calculated"
    assert told in list(map(str, read.report))


def test_the_saved_result_of_a_formula_is_read_and_told() -> None:
    formula = '<c r="B2" t="str"><f>1&amp;"x"</f><v>asked</v></c>'
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c>{formula}</row>'
    head = (
        '<row r="1">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ("type", "name")) + "</row>"
    )
    read = xlsform.read(with_sheet(head + row))
    assert isinstance(read, Imported)
    assert [each.id for each in read.document.questions] == ["asked"]
    assert "survey row 2: changed: B2 holds a formula; its last saved result was read" in list(map(str, read.report))


def test_macros_and_links_are_passed_over() -> None:
    parts = {**parts_of(workbook(BASIC)), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}
    assert isinstance(xlsform.read(packed(parts)), Imported)


def test_cells_that_hold_no_text_are_read_as_people_see_them() -> None:
    choices: list[Row] = [
        ["list_name", "name", "label"],
        ["s", 1.5, 2024],
        ["s", True, date(2026, 11, 24)],
        ["s", 3.0, 1e20],
    ]
    read = xlsform.read(workbook(Form([HEAD, ["select_one s", "a", "A?"]], choices)))
    assert isinstance(read, Imported)
    labels = [option.text["en"] for option in read.document.questions[0].options]
    assert labels == ["2024", "2026-11-24T00:00:00", "100000000000000000000"]
    assert read.document.questions[0].choice_ids == ("o1_5", "true", "o3")


def test_sheets_are_found_whatever_case_they_are_in_and_others_are_told() -> None:
    sheets = {" Survey ": BASIC.survey, "CHOICES": BASIC.choices, "Notes": [["ask Ben"]]}
    read = xlsform.read(pack(sheets), "gardens")
    assert isinstance(read, Imported)
    assert "sheet Notes: dropped: this sheet is no part of a form that we read" in list(map(str, read.report))


def test_more_columns_than_any_form_has_are_refused() -> None:
    wide: list[Row] = [[*HEAD, *([None] * 250), "far"], ["text", "a", "A?"]]
    read = xlsform.read(workbook(Form(wide)))
    assert isinstance(read, Refused)
    assert str(read.problems[0]) == "the file: The sheet survey has more than 200 columns."


def test_what_we_write_holds_no_formulas_and_opens_in_other_programs() -> None:
    read = xlsform.read(workbook(Form([HEAD, ["text", "a", "'"], ["note", "b", "@SUM(A1)"]])))
    assert isinstance(read, Imported)
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write(read.document, lambda language: lambda words: words)))
    assert book.sheetnames == ["survey", "choices", "settings"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in book["survey"][1]][:3] == ["type", "name", "label::English (en)"]
