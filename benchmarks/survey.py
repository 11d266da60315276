"""What both sides ask: five questions, and what everybody answers to them, on a page and by text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUR_NUMBER = "+447700900142"

_NUMBERS = 800
_FIRST = 447700900200
_EXAMPLE = Path(__file__).parent.parent / "svvoice" / "example" / "survey.json"


@dataclass(frozen=True)
class Script:
    """A survey and one person's answers, the same for everybody: what is measured is the work, not the people."""

    document: Mapping[str, Any]
    on_pages: Mapping[str, Sequence[str]]
    """The values that the page sends, by question."""
    by_text: Sequence[str]
    """What is texted after the keyword."""

    @property
    def slug(self) -> str:
        return str(self.document["slug"])

    @property
    def keyword(self) -> str:
        return str(self.document["keyword"])


WISH = "A crossing near the school, and lights that work."


def five() -> Script:
    """Five questions of five kinds, in one language."""
    pages = {"near": ["yes"], "safe": ["not_very"], "better": ["lights", "trees"], "good": ["4"], "change": [WISH]}
    return Script(_read(Path(__file__).with_name("five.json")), pages, ["yes", "3", "1, 3", "4", WISH])


def example() -> Script:
    """The product's example survey: four languages, branches, a dozen questions."""
    pages = {
        "near": ["yes"],
        "safe": ["very"],
        "better": ["lights"],
        "good": ["4"],
        "years": ["5"],
        "change": [WISH],
        "first": ["no"],
        "area": ["BD3"],
        "age": ["from_25"],
        "heard_how": ["friend"],
        "before": ["no"],
    }
    texts = ["yes", "1", "lights", "4", "5", WISH, "2", "BD3", "30", "1", "2"]
    return Script(_read(_EXAMPLE), pages, texts)


def number_of(person: int) -> str:
    """The number that a person texts from, out of those set aside for made-up people."""
    return f"+{_FIRST + person % _NUMBERS}"


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
