"""What goes out as a text message: tidied letters, the segments it costs, and a question in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from svvoice.core.graphemes import INVISIBLE_LINKS, graphemes

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("^{}\\[~]|€\f")
"""Written as an escape and a letter: two units that stay together."""


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


# Units that fit: alone in one segment, and in each of several (a header takes the rest).
ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


@dataclass(frozen=True)
class Segments:
    """What a text costs: `count` is what the network bills for it."""

    encoding: Encoding
    units: int
    """Septets (GSM-7) or UTF-16 units (UCS-2)."""
    count: int
    long_letters: tuple[str, ...]
    """The letters outside GSM-7 that make the whole text UCS-2, each once, in the order they come."""


def segments(text: str) -> Segments:
    """How many segments this text takes, exactly as written (`tidy` it first)."""
    long_letters = tuple(dict.fromkeys(letter for letter in text if not _in_gsm(letter)))
    encoding = Encoding.UCS_2 if long_letters else Encoding.GSM_7
    pieces = [_units(piece, encoding) for piece in graphemes(text)]
    units = sum(map(sum, pieces))
    alone, each = ROOM[encoding]
    count = min(units, 1) if units <= alone else _packed(pieces, each)
    return Segments(encoding, units, count, long_letters)


def _in_gsm(letter: str) -> bool:
    return letter in GSM_BASIC or letter in GSM_EXTENSION


def _units(piece: str, encoding: Encoding) -> list[int]:
    """The units of each letter of a piece."""
    if encoding is Encoding.GSM_7:
        return [2 if letter in GSM_EXTENSION else 1 for letter in piece]
    return [2 if ord(letter) > 0xFFFF else 1 for letter in piece]


def _packed(pieces: Iterable[list[int]], room: int) -> int:
    """Segments of `room` units that hold the pieces in order; only a piece longer than a segment is torn."""
    count, used = 1, 0
    for piece in pieces:
        parts = [sum(piece)] if sum(piece) <= room else piece
        for units in parts:
            if used + units > room:
                count, used = count + 1, 0
            used += units
    return count


# What phones show alike and GSM-7 can write. Letters of a language are never among them.
_PLAIN: dict[str, str | None] = {
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−•‣⁃·", "-"),
    **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u2060\ufeff\u00ad\u180e"),
    **dict.fromkeys("\u2028\u2029\u0085\v\f", "\n"),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "…": "...",
    "‼": "!!",
    "¼": "1/4",
    "½": "1/2",
    "¾": "3/4",
}
_PLAIN_TABLE = str.maketrans(_PLAIN)
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LOOSE_LINK = re.compile("(?<![^\x00-\u02ff\u2000-\u206f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff\u2000-\u206f])")


def tidy(text: str) -> str:
    """The same words with plain quotes, dashes, spaces and dots. Letters, accents and emoji stay as they are (NFC)."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN_TABLE))
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in plain):
        plain = _DIRECTION_MARKS.sub("", plain)
    # Joiners belong to the spelling of Arabic, Indic and emoji; beside Latin letters they are left-overs of pasting.
    while (tidied := _LOOSE_LINK.sub("", plain)) != plain:
        plain = tidied
    return plain
