"""The words that people of one language use in replies, from `svvoice/data/replies/<language>.json`.

A further language is one more file there. People mix English in, so every language also knows the English words that
mean nothing else in it (`not_english` names those that do: Polish "no" is a yes).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from svvoice.core.replies.meaning import Command
from svvoice.core.replies.normalise import Parts, bare, phrase, tidy
from svvoice.core.survey import Language

ENGLISH = "en"
MEANINGS = ("yes", "no", "not_sure", "maybe", "none", "other", "prefer_not_to_say")
"""What an option can mean in any survey, so that it borrows the language's words for it."""

LISTS = (
    "and", "or", "to", "all", "both", "not", "articles", "option", "option_tail", "polite", "lead_ins", "closings",
    "reasons", "after_yes_or_no", "out_of", "out_of_before", "stars", "bounds", "years", "under", "or_under", "over",
    "or_over", "last", "halves", "age_lead_ins",
)  # fmt: skip
_CLAIMING = ("and", "or", "to", "all", "both", "not", "last")
"""Lists whose words are taken: an English word spelt alike is not read as English."""


@dataclass(frozen=True)
class WordShapes:
    """How one word changes its form in a language (`inflection.py`). All without Latin accents."""

    endings: tuple[str, ...] = ()
    """What may stand at the end of a word, the longest first."""
    softenings: Mapping[str, str] = field(default_factory=dict)
    """How the end of a root sounds before some endings, and what it is without them: Lithuanian `dz` for `d`."""
    mutations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How a word may begin, and how it begins by itself: Welsh `b` for `p`."""
    attached_articles: tuple[str, ...] = ()
    attached_and: str = ""
    """An "and" that is written together with the word after it."""


@dataclass(frozen=True)
class ReplyWords:
    """One language's words, as keys (`normalise.key`), each with and without its Latin accents."""

    language: Language
    meanings: Mapping[str, frozenset[str]]
    labels: Mapping[str, frozenset[str]]
    """The few words by which an option shows that it has a meaning ("never" is said for no, but labels how often)."""
    letters: Mapping[str, str]
    """`y` to `yes`: single letters, read inside yes/no questions only."""
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    """`mins` to `minutes`: what a number may count."""
    decimal_mark: str
    group_marks: str
    not_english: frozenset[str]
    shapes: WordShapes

    def means(self, words: str) -> str | None:
        """The meaning of a whole phrase, or None."""
        return next((meaning for meaning in MEANINGS if words in self.meanings[meaning]), None)

    def labelled(self, label: str) -> str | None:
        """The meaning that an option with this label has, or None."""
        return next((meaning for meaning in MEANINGS if label in self.labels[meaning]), None)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@cache
def documents() -> Mapping[Language, Mapping[str, Any]]:
    """The data file of every language that is read, by code."""
    folder = files("svvoice") / "data" / "replies"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name)
    return {file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8")) for file in found}


def base_language(language: Language) -> Language:
    """`cy` for `cy-GB`: the words belong to the language, not to a region."""
    return language.split("-")[0].lower()


@cache
def words_of(language: Language) -> ReplyWords:
    """A language's own words, and English ones beside them; a language without a file has the English ones."""
    english = _own_words(ENGLISH)
    code = base_language(language)
    if code == ENGLISH or code not in documents():
        return english
    return _beside(_own_words(code), english)


@cache
def command_words(language: Language) -> Mapping[str, Command]:
    """One language's own commands by key."""
    document = documents().get(base_language(language), {})
    commands = document.get("commands", {})
    return {words: Command(name) for name, phrases in commands.items() for words in _spellings(phrases)}


@cache
def stop_sentences(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """How a language asks for no more texts in its own words: the asking ("stop", "do not send"), and what about."""
    document = documents()[language].get("stop_sentences", {})
    return _spellings(document.get("ask", ())), _spellings(document.get("about", ()))


@dataclass(frozen=True)
class Phrases:
    """Phrases to look for at the ends of a reply, with the words that begin and end them, and the longest one."""

    phrases: frozenset[Parts]
    first: frozenset[str]
    final: frozenset[str]
    longest: int

    def __contains__(self, pieces: Parts) -> bool:
        return pieces in self.phrases


def phrases(keys: Iterable[str]) -> Phrases:
    """Keys as parts; a phrase with an accent counts without it too."""
    split = frozenset(tuple(key.split(" ")) for key in keys)
    return Phrases(
        phrases=split,
        first=frozenset(pieces[0] for pieces in split),
        final=frozenset(pieces[-1] for pieces in split),
        longest=max((len(pieces) for pieces in split), default=0),
    )


NO_PHRASES = phrases(())


@cache
def trimmings(language: Language) -> tuple[Phrases, Phrases]:
    """What may stand before an answer and after it without meaning anything."""
    words = words_of(language)
    return phrases(words["polite"] | words["lead_ins"]), phrases(words["polite"] | words["closings"])


@cache
def all_polite() -> Phrases:
    """Courtesies of every language."""
    return phrases(key for code in documents() for key in words_of(code)["polite"])


@cache
def language_courtesies() -> Phrases:
    """What may stand around the name of a language: courtesies, "in", "language"."""
    return phrases({*(" ".join(pieces) for pieces in all_polite().phrases), "in", "language"})


def spelled_out(pattern: str) -> Iterator[str]:
    """Every phrase of a pattern: `stop texting|messaging me|us|` holds six, the last ones without a third word."""
    for choice in product(*(slot.split("|") for slot in pattern.split(" "))):
        yield " ".join(word.replace("_", " ") for word in choice if word)


def _spellings(patterns: Iterable[str]) -> frozenset[str]:
    keys = {phrase(words) for pattern in patterns for words in spelled_out(pattern)}
    return frozenset(keys | {bare(key) for key in keys})


def _own_words(language: Language) -> ReplyWords:
    document = documents()[language]
    return ReplyWords(
        language=language,
        meanings={meaning: _spellings(document["meanings"].get(meaning, ())) for meaning in MEANINGS},
        labels={meaning: _spellings(document["labels"].get(meaning, ())) for meaning in MEANINGS},
        letters=document["letters"],
        numbers=_numbers(document),
        ordinals=_numbered(document["ordinals"]),
        lists={name: _spellings(document["lists"].get(name, ())) for name in LISTS},
        units={word: unit for unit, patterns in document["units"].items() for word in _spellings(patterns)},
        decimal_mark=document["decimal_mark"],
        group_marks=document["group_marks"],
        not_english=_spellings(document.get("not_english", ())),
        shapes=_shapes(document),
    )


def _shapes(document: Mapping[str, Any]) -> WordShapes:
    endings = {bare(tidy(ending)) for ending in document.get("endings", ())} - {""}
    mutations = document.get("mutations", {})
    return WordShapes(
        endings=tuple(sorted(endings, key=lambda ending: (-len(ending), ending))),
        softenings=document.get("softenings", {}),
        mutations={begins: tuple(radicals) for begins, radicals in mutations.items()},
        attached_articles=tuple(tidy(article) for article in document.get("attached_article", ())),
        attached_and=tidy(document.get("attached_and", "")),
    )


def _numbered(document: Mapping[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, patterns in document.items() for word in _spellings(patterns)}


def _numbers(document: Mapping[str, Any]) -> dict[str, int]:
    """Number words: those listed, and tens with a unit after them ("twenty-five") or before ("خمسة وعشرون")."""
    listed = _numbered(document["numbers"])
    tens = _numbered(document.get("tens", {}))
    units = {word: number for word, number in listed.items() if 0 < number < 10}
    joined = {
        phrase(f"{ten} {joiner} {unit}"): tens[ten] + units[unit]
        for ten in tens
        for joiner in document.get("tens_joiners", [""])
        for unit in units
    }
    turned = {
        phrase(f"{unit} {joiner}{ten}"): tens[ten] + units[unit]
        for ten in tens
        for joiner in document.get("unit_joiners", [])
        for unit in units
    }
    return {**turned, **joined, **tens, **listed}


def _beside(own: ReplyWords, english: ReplyWords) -> ReplyWords:
    taken = own.not_english.union(own.numbers, own.ordinals, own.letters, *own.meanings.values())
    taken = taken.union(*(own.lists[name] for name in _CLAIMING))
    return ReplyWords(
        language=own.language,
        meanings={name: own.meanings[name] | (english.meanings[name] - taken) for name in MEANINGS},
        labels=own.labels,
        letters={letter: english.letters[letter] for letter in english.letters if letter not in taken}
        | dict(own.letters),
        numbers=_added(own.numbers, english.numbers, taken),
        ordinals=_added(own.ordinals, english.ordinals, taken),
        lists={name: own.lists[name] | (english.lists[name] - taken) for name in LISTS},
        units={word: unit for word, unit in english.units.items() if word not in taken} | dict(own.units),
        decimal_mark=own.decimal_mark,
        group_marks=own.group_marks,
        not_english=own.not_english,
        shapes=own.shapes,
    )


def _added(own: Mapping[str, int], english: Mapping[str, int], taken: frozenset[str]) -> dict[str, int]:
    return {word: number for word, number in english.items() if word not in taken} | dict(own)
