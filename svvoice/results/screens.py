"""What the results pages show, in words: small frozen objects for the templates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """An author's words, and the language that they are in."""

    words: str
    language: str = "en"


@dataclass(frozen=True)
class Stat:
    """A figure that is a sentence."""

    figure: str
    words: str
    people: str


@dataclass(frozen=True)
class Bar:
    """One bar with the words at it. `share`: of 100; None where the number is hidden, and `figure` says so."""

    share: float | None
    figure: str
    people: str = ""
    reach: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Row:
    """One choice: everyone's bar, then that of the group compared."""

    label: Said
    bars: tuple[Bar, ...]
    retired: bool = False


@dataclass(frozen=True)
class Spoke:
    """One part of "who spoke": `rows` with one bar each, whose `figure` is the people."""

    heading: str
    people: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Panel:
    """One question. `sentences` say what is no bar: an average, a middle, how many wrote something."""

    id: str
    text: Said
    answered: str
    rows: tuple[Row, ...]
    more_rows: tuple[Row, ...]
    """In the table only."""
    sentences: tuple[str, ...]
    kept_back: bool
    is_asked_now: bool
    has_writing: bool
    can_be_finding: bool


@dataclass(frozen=True)
class Choice:
    """A group that can be compared, for the list: `value` as in the address."""

    value: str
    words: str


@dataclass(frozen=True)
class ResultsScreen:
    slug: str
    title: Said
    state: str
    stats: tuple[Stat, ...]
    spoke: tuple[Spoke, ...]
    panels: tuple[Panel, ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    """By the split they belong to."""
    compared: str
    """What the compared group is called; empty where none is."""
    one_way: bool
    """Whether the group is of people who gave one answer, so that some questions are not compared with it."""
    exported: tuple[str, ...]
    """What an export would hold, sentence by sentence."""
    languages: tuple[tuple[str, str], ...]
    """For the file with words: tag and English name."""
