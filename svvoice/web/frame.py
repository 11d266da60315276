"""What stands around every page that residents can see, whichever feature it belongs to (`templates/base.html`)."""

from __future__ import annotations

from dataclasses import dataclass

from svvoice.core.survey import Language, Survey, Words
from svvoice.language import Speech, direction, name_of


@dataclass(frozen=True)
class LanguageLink:
    """One language that this page can be read in."""

    tag: Language
    name: str
    direction: str
    address: str
    here: bool


@dataclass(frozen=True)
class HelpLine:
    """Somebody to talk to: `number` as it is dialled, shown left to right in every language."""

    name: str
    number: str


HELP_LINES = (HelpLine("Childline", "0800 1111"), HelpLine("Samaritans", "116 123"), HelpLine("", "999"))
"""Free and open all day in the whole of the United Kingdom; checked at each release (docs/help-lines.md)."""


@dataclass(frozen=True)
class Piece:
    """Words with the language that they are really in (a missing translation falls back)."""

    words: str
    language: Language
    direction: str


@dataclass(frozen=True)
class Frame:
    speech: Speech
    organisation: str
    is_example: bool
    survey_title: Piece
    languages: tuple[LanguageLink, ...]
    """All the survey's languages, this one included."""
    home: str
    """The survey's first page."""
    help_lines: tuple[HelpLine, ...] = HELP_LINES


def piece(words: Words, language: Language, default: Language) -> Piece:
    """The words in the language asked for, else in the default one, said so that they can be read out rightly."""
    found = language if words.get(language) else default
    return Piece(words.get(found, ""), found, direction(found))


def language_links(survey: Survey, here: Language, page: str) -> tuple[LanguageLink, ...]:
    """This page in each of the survey's languages."""
    return tuple(
        LanguageLink(tag, name_of(tag), direction(tag), f"{page}?lang={tag}", tag == here) for tag in survey.languages
    )
