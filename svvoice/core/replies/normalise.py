"""How a reply is made comparable: one spelling for the many ways in which phones write the same letters and digits.

Only copies are changed. What people wrote is kept as it came.
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

LINE_BREAK = "\n"
THUMBS_UP = "👍"
THUMBS_DOWN = "👎"
STAR = "★"
EMPTY_STAR = "☆"

_BEFORE_NFKC = str.maketrans(
    {
        # NFKC would write 3½ as 31/2
        "½": ".5", "¼": ".25", "¾": ".75",
        "🔟": "10", "💯": "100",
        "✅": THUMBS_UP, "✔": THUMBS_UP, "☑": THUMBS_UP, "❌": THUMBS_DOWN, "✘": THUMBS_DOWN, "✖": THUMBS_DOWN,
        "⭐": STAR, "🌟": STAR,
        "\r": LINE_BREAK, "\u2028": LINE_BREAK, "\u2029": LINE_BREAK, "\v": LINE_BREAK, "\f": LINE_BREAK,
        "\u3164": " ", "\u115f": " ", "\u1160": " ", "\uffa0": " ", "\u2800": " ",  # letters that show nothing
        "\u02bc": None, "\u02bb": None, "\u02b9": None,  # apostrophes that count as letters
    }
)  # fmt: skip

_FIXED_FOLDS: dict[str, str | None] = {
    LINE_BREAK: LINE_BREAK, "\t": " ",
    THUMBS_UP: THUMBS_UP, THUMBS_DOWN: THUMBS_DOWN, STAR: STAR, EMPTY_STAR: EMPTY_STAR,
    "'": None, "’": None, "‘": None, "‛": None, "`": None, "´": None, "′": None,
    "،": ",", "、": ",", "٬": None, "٫": ".", "؛": ";", "؟": "?", "۔": ".", "।": ".", "॥": ".", "·": ".", "٪": "%",
    "−": "-", "⁄": "/", "∕": "/", "÷": "/",
    "ـ": None, "\u20e3": None,
    # Arabic script: one letter for each sound that keyboards of different languages write differently
    "ٱ": "ا", "ى": "ی", "ي": "ی", "ك": "ک", "ه": "ہ", "ھ": "ہ", "ە": "ہ", "ة": "ہ", "ں": "ن",
    # marks that people leave out: nukta and chandrabindu; in Gurmukhi also bindi, tippi and addak
    "\u0a3c": None, "\u09bc": None, "\u0981": None, "\u0a01": None, "\u0a02": None, "\u0a70": None, "\u0a71": None,
    # joined and split spellings of one Bengali sign
    "\u09ce": "\u09a4",
}  # fmt: skip

_PLAIN_LATIN = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n"}
_LATIN_LOOK_ALIKES = str.maketrans("iaeopcxy", "іаеорсху")  # a Latin i in a Ukrainian word
_MIXED_WORD = re.compile(r"[a-z\u0430-\u045f\u0490\u0491]*[\u0430-\u045f\u0490\u0491][a-z\u0430-\u045f\u0490\u0491]*")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[\s]*")


def _fold(letter: str) -> str | None:
    """What one letter, already NFKC and casefolded, becomes; None drops it."""
    if letter in _FIXED_FOLDS:
        return _FIXED_FOLDS[letter]
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if letter.isascii():
        return letter if letter.isprintable() else " "
    category = unicodedata.category(letter)
    if "\u0600" <= letter <= "\u06ff":
        return None if category in {"Mn", "Cf"} else "*" if category[0] in "PS" else _arabic(letter)
    if category in {"Cf", "Cs", "Cn", "Co", "Sk", "Me"} or "\ufe00" <= letter <= "\ufe0f":
        return None
    return _sign(letter, category)


def _arabic(letter: str) -> str | None:
    base = unicodedata.normalize("NFD", letter)[0]
    return _FIXED_FOLDS.get(base, base)


def _sign(letter: str, category: str) -> str:
    """Signs as their nearest ASCII one, so that afterwards every character is a letter, a mark, a digit or ASCII."""
    if category == "Pd":
        return "-"
    if category in {"Pi", "Pf", "Ps", "Pe"}:
        return '"'
    if category == "Sc" or category[0] in "ZC":
        return " "
    return "*" if category[0] in "PS" else letter


class _Folds(dict[int, str | None]):
    """`_fold` as a table for `str.translate`, filled as letters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _fold(chr(code))
        return self[code]


class _BareLetters(dict[int, str | None]):
    """Latin letters without their accents, for `str.translate`; other letters stay."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        plain = _PLAIN_LATIN.get(letter, base if base.isascii() else letter)
        self[code] = None if 0x300 <= code <= 0x36F else plain
        return self[code]


_FOLDS = _Folds()
_BARE = _BareLetters()


def tidy(text: str) -> str:
    """A comparable copy: small letters, ASCII digits and signs, single spaces; line breaks stay."""
    text = unicodedata.normalize("NFKC", text.translate(_BEFORE_NFKC)).casefold().translate(_FOLDS)
    if not text.isascii():
        text = _MIXED_WORD.sub(lambda word: word[0].translate(_LATIN_LOOK_ALIKES), text)
    return _BREAKS.sub(LINE_BREAK, _SPACES.sub(" ", text)).strip()


def bare(text: str) -> str:
    """A tidy text without Latin accents."""
    return text if text.isascii() else text.translate(_BARE)


def shows_nothing(text: str) -> bool:
    """Whether a text is blank, or made only of characters that cannot be seen."""
    return not any(_visible(letter) for letter in text)


def _visible(letter: str) -> bool:
    category = unicodedata.category(letter)
    blank = letter in "\u3164\u115f\u1160\uffa0\u2800\u034f" or "\ufe00" <= letter <= "\ufe0f" or letter == "\u0640"
    return not blank and category[0] not in "ZC" and category not in {"Mn", "Me"}


_SIGNS = r"\s!-/:-@\[-`{-~👍👎★☆"
_PARTS = re.compile(rf"(?:(?<!\S)-)?[0-9]+(?:[.,][0-9]+)*|(?<!\S)\.[0-9]+|[^{_SIGNS}0-9]+|[{_SIGNS}]")
_SIGN = frozenset(string.punctuation + LINE_BREAK + THUMBS_UP + THUMBS_DOWN + STAR + EMPTY_STAR)

_DIGITS = frozenset(string.digits)

Parts = tuple[str, ...]
"""A tidy text in pieces: numbers (`3`, `-3`, `1,3`), words, and single signs."""


def parts(tidied: str) -> Parts:
    """The words, numbers and signs of a tidy text, in order; spaces fall away."""
    return tuple(part for part in _PARTS.findall(tidied) if part != " ")


def is_number(part: str) -> bool:
    return part[-1] in _DIGITS


def is_sign(part: str) -> bool:
    return part in _SIGN


def is_word(part: str) -> bool:
    return not is_number(part) and not is_sign(part)


def key(pieces: Parts) -> str:
    """What two spellings of the same words share: the words without signs; where there are none, all as it stands."""
    spoken = [piece for piece in pieces if piece not in _SIGN]
    if any(piece[-1] not in _DIGITS for piece in spoken):
        return " ".join(spoken)
    return "".join(pieces)


@lru_cache(maxsize=8192)
def phrase(text: str) -> str:
    """The key of words that come again and again: labels, aliases, command words."""
    return key(parts(tidy(text)))


def normalise(text: str) -> str:
    """A text as command words are compared: small letters, no signs around or between words."""
    return key(parts(tidy(text))).strip(r""" !"#$%&()*,-./:;<=>@[\]^_{|}~""" + LINE_BREAK)
