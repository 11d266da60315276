"""The product's own words in each language, for pages, texts and the worker alike."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

SHIPPED = ("en", "cy", "ur", "pl")
"""The languages in which every word of ours that a respondent can meet exists."""

OWN_NAMES = {"en": "English", "cy": "Cymraeg", "ur": "اردو", "pl": "Polski"}
"""Each language as its speakers write it."""

ENGLISH_NAMES = {"en": "English", "cy": "Welsh", "ur": "Urdu", "pl": "Polish"}

NOT_YET_READ = ("cy", "ur", "pl")
"""Languages whose words no native speaker has read yet: said so to officers, in the docs and at publishing."""


@dataclass(frozen=True)
class Speech:
    """Our words in one language. `say` takes the English sentence and fills in its `%(name)s` places."""

    language: str
    catalogue: gettext.NullTranslations

    def say(self, sentence: str, /, **values: object) -> str:
        translated = self.catalogue.gettext(sentence) if sentence else ""
        return translated % values if values else translated

    def say_many(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The sentence in the plural form that this language has for `number`, itself `%(number)s` in the words."""
        return self.catalogue.ngettext(one, many, number) % {"number": number, **values}

    def day(self, day: date) -> str:
        """A day as it is said: 12 December 2026."""
        return format_date(day, "d MMMM y", locale=Locale.parse(self.language))

    @property
    def direction(self) -> str:
        return direction(self.language)


@cache
def speech(language: str) -> Speech:
    """Our words in this language; in English where we do not have it (the survey's own words may still be in it)."""
    return Speech(language if language in SHIPPED else "en", _catalogue(language))


@cache
def direction(language: str) -> str:
    """`rtl` or `ltr`, for `dir`."""
    return Locale.parse(language.replace("-", "_")).text_direction


def name_of(language: str) -> str:
    """A language as its speakers write it, else its tag."""
    return OWN_NAMES.get(language, language)


def choose(wanted: Iterable[str], offered: tuple[str, ...], default: str) -> str:
    """The first wanted language that is offered (`cy-GB` is content with `cy`), else the default."""
    for tag in wanted:
        for candidate in (tag, tag.split("-")[0].lower()):
            if candidate in offered:
                return candidate
    return default


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Read straight from the .po file, so that there is no compiled copy to go stale."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if language not in SHIPPED or not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
