"""Cells that no spreadsheet takes for a formula, and that hold nothing but writing."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_SPACES = (
    " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)

_LOOK_AT = _STARTS | frozenset(_SPACES)

_NOT_WRITING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but TAB, CR and LF, halves of characters, and the two that are none."""


@dataclass
class Touched:
    """How many cells had to be changed, for the words beside a download."""

    guarded: int = 0
    """Cells that got a `'` before a character that may begin a formula."""
    cleaned: int = 0
    """Cells from which control characters were taken."""


def clean(text: str, touched: Touched) -> str:
    """The text without control characters and halves of characters; line breaks and tabs stay."""
    if text.isprintable():
        return text
    cleaned = _NOT_WRITING.sub("", text)
    touched.cleaned += cleaned != text
    return cleaned


def safe_cell(text: str, touched: Touched) -> str:
    """A text cell or header for CSV: clean, and with a leading `'` where a spreadsheet might begin to calculate."""
    if not text.isprintable():
        text = clean(text, touched)
    if text[:1] in _LOOK_AT and text.lstrip(_SPACES)[:1] in _STARTS:
        touched.guarded += 1
        return "'" + text
    return text
