"""What a reader sees as one letter or sign: a base with its marks, a joined emoji, a flag, a Hangul syllable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

JOINER = "\u200d"
NON_JOINER = "\u200c"
INVISIBLE_LINKS = frozenset((JOINER, NON_JOINER))
SKIN_TONES = range(0x1F3FB, 0x1F400)
EMOJI_TAGS = range(0xE0020, 0xE0080)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
PICTURES = (range(0x203C, 0x2050), range(0x2100, 0x2C00), range(0x3030, 0x32A0), range(0x1F000, 0x1FB00))
# The scripts whose virama ties the next consonant to the letter before it.
CONJUNCTS = {
    "\u094d": "DEVANAGARI",
    "\u09cd": "BENGALI",
    "\u0acd": "GUJARATI",
    "\u0b4d": "ORIYA",
    "\u0c4d": "TELUGU",
    "\u0d4d": "MALAYALAM",
}
# Arabic signs that are written under the number after them.
NUMBER_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd")


def graphemes(text: str) -> Iterator[str]:
    """The text in pieces that must not be torn apart; joined together they are the text again."""
    cluster = ""
    for letter in text:
        if cluster and not _belongs(cluster, letter):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _belongs(cluster: str, letter: str) -> bool:
    last = cluster[-1]
    if last in "\r\n" or letter in "\r\n":
        return last == "\r" and letter == "\n"
    if unicodedata.category(last) in ("Cc", "Zl", "Zp") or unicodedata.category(letter) in ("Cc", "Zl", "Zp"):
        return False
    return (
        last in NUMBER_SIGNS
        or _is_mark(letter)
        or _is_joined_picture(cluster, letter)
        or _is_conjunct(cluster, letter)
        or _is_hangul(last, letter)
    )


def _is_mark(letter: str) -> bool:
    code = ord(letter)
    return (
        unicodedata.category(letter) in ("Mn", "Me", "Mc")
        or letter in INVISIBLE_LINKS
        or code in SKIN_TONES
        or code in EMOJI_TAGS
    )


def _is_joined_picture(cluster: str, letter: str) -> bool:
    if ord(letter) in FLAG_LETTERS:
        return len(cluster) % 2 == 1 and all(ord(other) in FLAG_LETTERS for other in cluster)
    return cluster[-1] == JOINER and _is_picture(letter) and _is_picture(cluster[0])


def _is_picture(letter: str) -> bool:
    return letter in "©®" or any(ord(letter) in block for block in PICTURES)


def _is_conjunct(cluster: str, letter: str) -> bool:
    """A consonant after base + virama of its own script (marks and a joiner may stand between)."""
    if unicodedata.category(letter) != "Lo":
        return False
    script = next((CONJUNCTS[mark] for mark in cluster if mark in CONJUNCTS), None)
    if script is None or not unicodedata.name(letter, "").startswith(f"{script} LETTER"):
        return False
    after = cluster[max(cluster.rfind(mark) for mark in CONJUNCTS) :]
    between = after[1:]
    return all(mark == JOINER or unicodedata.combining(mark) for mark in between)


def _is_hangul(last: str, letter: str) -> bool:
    first, second = ord(last), ord(letter)
    lead, vowel, tail = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
    syllable = range(0xAC00, 0xD7A4)
    if first in lead:
        return second in lead or second in vowel or second in syllable
    open_syllable = first in syllable and (first - 0xAC00) % 28 == 0
    if first in vowel or open_syllable:
        return second in vowel or second in tail
    return (first in tail or first in syllable) and second in tail
