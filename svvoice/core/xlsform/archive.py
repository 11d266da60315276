"""Whether a file may be opened as a workbook at all: its size, what it unpacks to, and no declarations of entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

BIGGEST_FILE = 2_000_000
"""Bytes, packed."""
BIGGEST_UNPACKED = 30_000_000
"""Bytes of all parts together."""
BIGGEST_PART = 8_000_000
"""Bytes of a part that has to be read as a whole, such as the shared words; the rows of a sheet are read one by one."""
STEEPEST = 150
"""How many times larger a part may get; sheets full of empty, coloured cells reach about 40."""
SMALL_PART = 500_000
"""Bytes below which a part may be as repetitive as it likes."""
MOST_PARTS = 500

_OLD_FILE = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)

NOT_A_WORKBOOK = "This is not an Excel workbook (.xlsx) that can be read."
BOMB = "This workbook unpacks to far more than a form needs, and was not opened. Copy the sheets into a new one."


def faults(content: bytes) -> str | None:
    """Why the file must not be opened, as a sentence; None where it may."""
    if len(content) > BIGGEST_FILE:
        return f"This file has {len(content):,} bytes. The most is {BIGGEST_FILE:,}."
    if content.startswith(_OLD_FILE):
        return "This is an old .xls file, or one with a password. Save it as .xlsx without a password."
    if not content.startswith(b"PK"):
        return NOT_A_WORKBOOK
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _sizes(archive.infolist()) or _declarations(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return NOT_A_WORKBOOK


def has_formulas(content: bytes) -> bool:
    """Whether any sheet holds a formula, of a file without faults."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = (part for part in archive.infolist() if "worksheets/" in part.filename)
        return any(_FORMULA.search(archive.read(part)) for part in sheets)


def _sizes(parts: list[zipfile.ZipInfo]) -> str | None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > BIGGEST_UNPACKED:
        return BOMB
    for part in parts:
        steep = part.file_size > SMALL_PART and part.file_size > STEEPEST * max(part.compress_size, 1)
        if steep or (part.file_size > BIGGEST_PART and "worksheets/" not in part.filename):
            return BOMB
    if not any(part.filename.lower().lstrip("/") == "xl/workbook.xml" for part in parts):
        return "This file is packed like a workbook, but holds none. Save it as .xlsx and try again."
    return None


def _declarations(archive: zipfile.ZipFile) -> str | None:
    """XML may declare words that grow without end, or that are fetched from elsewhere. No workbook needs them."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            text = archive.read(part)
            if any(declaration in text for declaration in _DECLARATIONS):
                return "This workbook declares entities, which no form needs. It was not opened."
    return None
