"""A workbook as sheets of rows of text. Nothing is calculated, nothing fetched, and reading has an end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from svvoice.core.xlsform import archive
from svvoice.core.xlsform.report import Report

FORM_SHEETS = ("settings", "survey", "choices")
MOST_ROWS = 10_000
"""Rows with something in them, of one sheet."""
MOST_BLANK = 1_000
"""Blank rows one after another, after which a sheet counts as ended: some claim a million rows and hold forty."""
MOST_COLUMNS = 200
MOST_LETTERS = 4_000_000
"""Of all sheets together."""
MOST_CELLS = 1_500_000
"""Of one sheet, empty ones before the last counted: what ten seconds are enough for."""


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells by the number of their column, blank ones not."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its first row with something in it, as written, and the rows under it."""

    name: str
    head: Row
    rows: tuple[Row, ...]


class UnreadableError(Exception):
    """The file cannot be read; the message says why."""


def read_sheets(content: bytes, report: Report) -> Mapping[str, Sheet]:
    """The sheets of a form by name. Raises UnreadableError with a sentence for people."""
    if fault := archive.faults(content):
        raise UnreadableError(fault)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(content, report)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # what a broken workbook makes openpyxl raise has no common family
        raise UnreadableError(archive.NOT_A_WORKBOOK) from error


def _read(content: bytes, report: Report) -> Mapping[str, Sheet]:
    values = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    # That has the results that formulas had when the file was saved. Which cells are formulas takes a second look.
    formulas = values
    if archive.has_formulas(content):
        formulas = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheets: dict[str, Sheet] = {}
    letters = 0
    for worksheet in values.worksheets:
        name = str(worksheet.title).strip().lower()
        if name not in FORM_SHEETS or name in sheets:
            report.dropped(str(worksheet.title), 0, "this sheet is no part of a form that we read")
            continue
        rows = _rows(worksheet, None if formulas is values else formulas[worksheet.title], name, report)
        letters += sum(len(cell) for row in rows for cell in row.cells.values())
        if letters > MOST_LETTERS:
            raise UnreadableError(f"There are more than {MOST_LETTERS:,} letters in this workbook.")
        if rows:
            sheets[name] = Sheet(name, rows[0], tuple(rows[1:]))
    return sheets


def _rows(values: Any, formulas: Any, name: str, report: Report) -> list[Row]:
    found: list[Row] = []
    blank = cells_read = 0
    # The size that a sheet claims for itself may be wrong either way.
    values.reset_dimensions()
    for number, (row, same) in enumerate(_pairs(values, formulas), start=1):
        cells_read += len(row)
        if cells_read > MOST_CELLS:
            raise UnreadableError(f"The sheet {name} claims too many cells. Copy the form into a new workbook.")
        cells = _texts(row, same, name, number, report)
        if not cells:
            blank += 1
            if blank >= MOST_BLANK:
                break
            continue
        blank = 0
        if len(found) > MOST_ROWS:
            raise UnreadableError(f"The sheet {name} has more than {MOST_ROWS:,} rows.")
        found.append(Row(number, cells))
    return found


def _pairs(values: Any, formulas: Any) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Each row as values and as formulas; twice the same where there are no formulas."""
    if formulas is None:
        return ((row, row) for row in values.iter_rows())
    formulas.reset_dimensions()
    return zip(values.iter_rows(), formulas.iter_rows(), strict=True)


def _texts(row: tuple[Any, ...], same: tuple[Any, ...], sheet: str, number: int, report: Report) -> Mapping[int, str]:
    cells: dict[int, str] = {}
    for column, (cell, formula) in enumerate(zip(row, same, strict=True)):
        text = _text(cell.value)
        if text.strip():
            if column >= MOST_COLUMNS:
                raise UnreadableError(f"The sheet {sheet} has more than {MOST_COLUMNS} columns.")
            cells[column] = text
        if formula.data_type == "f":
            _tell_formula(sheet, number, formula.coordinate, bool(text.strip()), report)
    return cells


def _tell_formula(sheet: str, number: int, where: str, has_result: bool, report: Report) -> None:
    if has_result:
        report.changed(sheet, number, f"{where} holds a formula; its last saved result was read")
    else:
        report.dropped(
            sheet, number, f"{where} holds a formula without a saved result, and formulas are not calculated"
        )


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
