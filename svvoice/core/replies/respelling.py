"""A last look at a reply that nothing read: its unknown words as the known ones that they were probably meant to be.

Romanised words ("paanch", "panch", "punch") have no fixed spelling: those of one sound are one word. Elsewhere one slip
in a word of five letters or more is forgiven where only one known word is that near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from svvoice.core.replies.heard import Heard
from svvoice.core.replies.normalise import Parts, bare, is_word
from svvoice.core.replies.words import LISTS, ReplyWords, documents, words_of
from svvoice.core.survey import Language

SHORTEST_SLIP = 5
"""Letters of a word in which a slip is forgiven."""

MOST_WORDS = 8
"""A longer reply is a sentence of its own, and not looked at again."""

_SOUNDS = (
    (re.compile(r"ee|ea|ey|ie|y"), "i"),
    (re.compile(r"oo|ou|ow"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q|ck"), "k"),
    (re.compile(r"z"), "j"),
    (re.compile(r"(?<=[bcdgjkpst])h"), ""),
    (re.compile(r"h$"), ""),
    # letters that are written for one another in Ukrainian and in Bengali
    (re.compile(r"[иыї]"), "і"),
    (re.compile(r"[єэё]"), "е"),
    (re.compile(r"[ьъ]"), ""),
    (re.compile("\u09c0"), "\u09bf"),
    (re.compile("\u09c2"), "\u09c1"),
    (re.compile("ণ"), "ন"),
    (re.compile("[ষস]"), "শ"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def respelled(heard: Heard) -> Heard | None:
    """The reply with its unknown words respelled; None where there are none to respell."""
    if len(heard.parts) > MOST_WORDS:
        return None
    language = heard.words.language
    pieces: Parts = tuple(_meant(piece, language) if is_word(piece) else piece for piece in heard.parts)
    return replace(heard, parts=pieces) if pieces != heard.parts else None


@lru_cache(maxsize=4096)
def _meant(word: str, language: Language) -> str:
    plain = bare(word)
    known, wanted = _known(language), _wanted(language)
    if word in known or plain in known:
        return word
    if _own_script(language):
        same = _by_sound(language).get(sound(plain))
        if same or plain.isascii():
            return same or word
    return _by_slip(plain, wanted) or word


def sound(word: str) -> str:
    """What the romanised spellings of one word share."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def _by_slip(word: str, wanted: frozenset[str]) -> str | None:
    if len(word) < SHORTEST_SLIP:
        return None
    near = [
        other
        for other in wanted
        if other[0] == word[0] and len(other) >= SHORTEST_SLIP - 1 and OSA.distance(word, other, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else None


@cache
def _own_script(language: Language) -> bool:
    """Whether a language is written in another script than the Latin one, so that Latin letters are a romanisation."""
    name = "".join(documents().get(language, {"meanings": {"yes": ["a"]}})["meanings"]["yes"][:1])
    return not bare(name).isascii()


@cache
def _by_sound(language: Language) -> dict[str, str]:
    """The one known word of each sound; a sound that two words of different meaning share has none."""
    found: dict[str, set[str]] = {}
    for word in _wanted(language):
        if len(sound(word)) > 1:
            found.setdefault(sound(word), set()).add(word)
    words = words_of(language)
    return {heard: min(spelt) for heard, spelt in found.items() if len({_meaning(word, words) for word in spelt}) == 1}


def _meaning(word: str, words: ReplyWords) -> tuple[int | None, int | None, str | None]:
    return words.numbers.get(word), words.ordinals.get(word), words.means(word)


@cache
def _wanted(language: Language) -> frozenset[str]:
    """Words that a reply is read by: numbers, yes and no and the like, in all their phrases."""
    words = words_of(language)
    phrases = [*words.numbers, *words.ordinals, *(name for names in words.meanings.values() for name in names)]
    return frozenset(word for name in phrases for word in bare(name).split(" ") if len(word) > 1 and word.isalpha())


@cache
def _known(language: Language) -> frozenset[str]:
    return _wanted(language) | frozenset(_listed(words_of(language)))


def _listed(words: ReplyWords) -> Iterator[str]:
    for name in (*(name for list_ in LISTS for name in words[list_]), *words.units):
        yield from name.split(" ")
