"""Words out of cells: by language, without the marks of other programs that people here would read as they stand."""

from __future__ import annotations

import html
import re

from svvoice.core.safe_cells import Touched, clean
from svvoice.core.survey import Language
from svvoice.core.xlsform.headings import Cells
from svvoice.core.xlsform.languages import Languages
from svvoice.core.xlsform.report import Report, shown

_PIPED = re.compile(r"\$\{[^{}]*\}")
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITIES = re.compile(r"&(?:[A-Za-z]+|#[0-9]+);")
_STRONG = re.compile(r"(\*\*|__)(\S(?:.*?\S)?)\1")
_HEADINGS = re.compile(r"^#{1,6} +", re.MULTILINE)


class Wording:
    """Takes the words of one workbook. In one that we wrote (`literal`), words are taken letter by letter."""

    def __init__(self, languages: Languages, report: Report, *, literal: bool) -> None:
        self._languages = languages
        self._report = report
        self._literal = literal

    def words(self, sheet: str, cells: Cells, base: str) -> dict[Language, str]:
        """The words of a column and its translations, in the order of the form's languages."""
        found: dict[Language, str] = {}
        for name, cell in cells.words.get(base, {}).items():
            tag = self._languages.tags.get(name)
            if tag is None:
                continue  # told once, at the column
            text = self._tidied(sheet, cells.row, base, cell)
            if tag in found and text != found[tag]:
                sentence = f"“{shown(text)}” is left out: {base} in {tag} stands in two columns, and the first counts"
                self._report.dropped(sheet, cells.row, sentence)
            elif text:
                found[tag] = text
        return {tag: found[tag] for tag in self._languages.order if tag in found}

    def needed(self, sheet: str, cells: Cells, base: str) -> dict[Language, str]:
        """Like `words`; where the default language has none, those of the first language that has some stand in."""
        words = self.words(sheet, cells, base)
        default = self._languages.default
        if not words or default in words:
            return words
        stands_in, text = next(iter(words.items()))
        sentence = f"there is no {base} in {default}: the one in {stands_in} stands in for it, “{shown(text)}”"
        self._report.changed(sheet, cells.row, sentence)
        return {default: text, **words}

    def optional(self, sheet: str, cells: Cells, base: str) -> dict[Language, str]:
        """Like `words`; words that the default language lacks are left out, as nobody could fall back on them."""
        words = self.words(sheet, cells, base)
        if words and self._languages.default not in words:
            for tag, text in words.items():
                sentence = f"{base} “{shown(text)}” in {tag} is left out: there is none in {self._languages.default}"
                self._report.dropped(sheet, cells.row, sentence)
            return {}
        return words

    def made_up(self, sheet: str, cells: Cells, text: str) -> dict[Language, str]:
        """Words for a row without any, from its name."""
        self._report.changed(sheet, cells.row, f"there is no label: “{shown(text)}” was made from the name")
        return {self._languages.default: text}

    def _tidied(self, sheet: str, row: int, base: str, cell: str) -> str:
        if self._literal:
            return cell
        text = plain(cell)
        if text != cell.strip():
            was = "an answer is not put into words here" if _PIPED.search(cell) else "marks and signs are taken out"
            self._report.changed(sheet, row, f"{base}: {was}, it reads “{shown(text)}”")
        return text


def plain(cell: str) -> str:
    """The words alone: no answers put in (`${name}` is `…`), no HTML, no marks for bold or headings."""
    text = _PIPED.sub("…", cell)
    text = html.unescape(_TAGS.sub("", text)) if _TAGS.search(text) or _ENTITIES.search(text) else text
    text = _HEADINGS.sub("", _STRONG.sub(r"\2", text))
    return clean(text, Touched()).strip()
