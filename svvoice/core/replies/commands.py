"""Words that steer a conversation: STOP in every language, the others in the contact's language and English.

A command is the whole message. "Stop the buses being late" is somebody's answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from svvoice.core.replies.heard import found_in, phrase_at, trim
from svvoice.core.replies.meaning import Command
from svvoice.core.replies.normalise import Parts, bare, is_sign, key, normalise, parts, phrase, tidy
from svvoice.core.replies.words import (
    ENGLISH,
    all_polite,
    command_words,
    documents,
    language_courtesies,
    stop_sentences,
)
from svvoice.core.survey import Language

TWILIO_STOPS = ("stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel")
"""The words on which Twilio itself stops texts to a number."""

TWILIO_WORDS = (*TWILIO_STOPS, "start", "unstop", "help", "info")
"""Every word that Twilio may answer by itself. (It also takes YES for START; here YES is always an answer.)"""

_LONGEST_COMMAND = 200
"""Letters; a longer message is never a command."""


@dataclass(frozen=True)
class LanguageName:
    """One of the languages that svvoice knows. `direction` is `ltr` or `rtl`."""

    code: Language
    name: str
    english_name: str
    direction: str
    also: tuple[str, ...]


@cache
def languages() -> Mapping[Language, LanguageName]:
    """All known languages by code, in the order of `svvoice/data/languages.json`."""
    document = json.loads((files("svvoice") / "data" / "languages.json").read_text(encoding="utf-8"))
    return {
        entry["code"]: LanguageName(
            entry["code"], entry["name"], entry["english_name"], entry["dir"], tuple(entry["also"])
        )
        for entry in document["languages"]
    }


def reading_languages() -> tuple[Language, ...]:
    """The languages whose replies can be read, in their usual order: a wider list than `svvoice.language.SHIPPED`."""
    return tuple(code for code in languages() if code in documents())


def read_command(text: str, language: Language) -> Command | None:
    """The command that a whole message is, or None."""
    if len(text) > _LONGEST_COMMAND:
        return None
    tidied = tidy(text)
    if tidied and not tidied.strip("? \n"):
        return Command.HELP
    pieces = parts(tidied)
    polite = all_polite()
    for variant in (pieces, trim(pieces, polite, polite)):
        command = _command(key(variant), language)
        if command is not None:
            return command
    return Command.STOP if _asks_to_stop(trim(pieces, polite, polite)) else None


_LONGEST_STOP = 9
"""Words; a longer message says more than that."""


def _asks_to_stop(pieces: Parts) -> bool:
    """Whether a message says in its own words, and says nothing else, that no more texts should come."""
    spoken = tuple(piece for piece in pieces if not is_sign(piece))
    if not 1 < len(spoken) <= _LONGEST_STOP or not any(piece in _words_of_asking() for piece in map(bare, spoken)):
        return False
    return any(_says_only(spoken, *stop_sentences(code)) for code in documents())


def _says_only(spoken: Parts, ask: frozenset[str], about: frozenset[str]) -> bool:
    place, asked = 0, False
    while place < len(spoken):
        length = phrase_at(spoken, place, lambda words: found_in(words, ask))
        asked = asked or bool(length)
        length = length or phrase_at(spoken, place, lambda words: found_in(words, about))
        if not length:
            return False
        place += length
    return asked


@cache
def _words_of_asking() -> frozenset[str]:
    phrases = (bare(phrase) for code in documents() for phrase in stop_sentences(code)[0])
    return frozenset(word for phrase in phrases for word in phrase.split(" "))


def _command(words: str, language: Language) -> Command | None:
    for form in dict.fromkeys((words, bare(words))):
        if form in _stop_words():
            return Command.STOP
        command = command_words(language).get(form) or command_words(ENGLISH).get(form)
        if command is not None:
            return command
    return None


@cache
def _stop_words() -> frozenset[str]:
    ours = {words for code in documents() for words, name in command_words(code).items() if name is Command.STOP}
    return frozenset(ours.union(TWILIO_STOPS))


def read_language(text: str) -> Language | None:
    """The language whose name was written alone, in whatever language and spelling; None otherwise."""
    if len(text) > _LONGEST_COMMAND:
        return None
    pieces = parts(tidy(text))
    around = language_courtesies()
    for variant in (pieces, trim(pieces, around, around)):
        code = _language_names().get(key(variant)) or _language_names().get(bare(key(variant)))
        if code is not None:
            return code if code in documents() else None
    return None


@cache
def _language_names() -> Mapping[str, Language]:
    names = {
        phrase(name): language.code
        for language in languages().values()
        for name in (language.name, language.english_name, *language.also)
    }
    return {**{bare(name): code for name, code in names.items()}, **names}


@cache
def reserved_words() -> frozenset[str]:
    """Every command word and language name, as `normalise` writes them: no option, alias or keyword may be one."""
    ours = {words for code in documents() for words in command_words(code)}
    return frozenset(normalise(words) for words in ours.union(TWILIO_WORDS, _language_names()))


def is_reserved(words: str) -> bool:
    """Whether a label, alias or keyword would be taken for a command or for the name of a language."""
    written = normalise(words)
    return written in reserved_words() or bare(written) in reserved_words()
