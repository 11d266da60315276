"""Replies to a postcode question. Only the outward code is read ("CF10" of "CF10 3AT"); the rest is never kept."""

from __future__ import annotations

from collections.abc import Iterator

from svvoice.core.replies.heard import Heard
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import Parts, is_sign

_AREA_CODES = """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
    UB W WA WC WD WF WN WR WS WV YO ZE
"""
_AREAS = frozenset(_AREA_CODES.split())
"""The postcode areas of the United Kingdom, Jersey, Guernsey and the Isle of Man."""

_LAST_LETTERS = {"SW": "AEHPVWXY", "EC": "AMNPRVY", "WC": "ABEHNRVX", "NW": "W", "SE": "P"} | {
    "E": "W", "N": "CP", "W": "ABCDEFGHJKSTUW",
}  # fmt: skip
"""The London districts that end in a letter (SW1A, W1T)."""

_DISTRICT_ZERO = frozenset({"BL", "BS", "CM", "CR", "FY", "HA", "PR", "SL", "SS"})
_SHAPES = {2: ("A9",), 3: ("A99", "AA9", "A9A"), 4: ("AA99", "AA9A")}
_INWARD = "9AA"
_AS_LETTER = {"0": "O", "1": "I"}
_AS_DIGIT = {"O": "0", "I": "1", "L": "1"}
_LONGEST = 7


def read_postcode(heard: Heard) -> Reading:
    """The value is the outward code, in capitals without a space."""
    if heard.too_long:
        return NotUnderstood(Reason.NO_MATCH)
    if any(_may_be_a_sector(pieces) for pieces in heard.variants):
        return NotUnderstood(Reason.AMBIGUOUS)
    for pieces in heard.variants:
        compact = _compact(pieces)
        outward = outward_code(compact) if compact.isascii() and len(compact) <= _LONGEST else None
        if outward is not None:
            return Understood(outward, "postcode")
    found = frozenset(_in_sentence(heard.parts))
    if len(found) == 1:
        return Understood(min(found), "postcode_in_sentence")
    return NotUnderstood(Reason.AMBIGUOUS if found else Reason.NO_MATCH)


def _may_be_a_sector(pieces: Parts) -> bool:
    """ "B1 1" is the beginning of B1 1AA, or B11 with a space in it."""
    spoken = [piece for piece in pieces if not is_sign(piece)]
    if len(spoken) != 3 or len(spoken[0]) > 2 or len(spoken[2]) != 1 or not spoken[2].isdigit():
        return False
    return bool(outward_code(_compact(tuple(spoken[:2])))) and bool(outward_code(_compact(tuple(spoken))))


def outward_code(compact: str) -> str | None:
    """The outward code of a district or a full postcode in capitals without spaces; None for anything else."""
    if len(compact) > 4:
        return _outward(compact[:-3], sure=True) if _shaped(compact[-3:], _INWARD) else None
    return _outward(compact, sure=any(letter.isdigit() for letter in compact))


def _compact(pieces: Parts) -> str:
    return "".join(piece for piece in pieces if not is_sign(piece)).upper().replace(".", "").replace(",", "")


def _outward(written: str, sure: bool) -> str | None:
    """Letters and digits put in their places (SWIA is SW1A). Not `sure`: no digit was written, it may be a word."""
    read = [code for shape in _SHAPES.get(len(written), ()) if (code := _shaped(written, shape)) and _exists(code)]
    if not sure:
        read = [code for code in read if len(code) == 4 or (code[:2] in _DISTRICT_ZERO and code[2:] == "0")]
    nearest = sorted(read, key=lambda code: sum(one != other for one, other in zip(code, written, strict=True)))
    return nearest[0] if nearest else None


def _shaped(written: str, shape: str) -> str | None:
    swap = {"A": _AS_LETTER, "9": _AS_DIGIT}
    code = "".join(swap[place].get(letter, letter) for letter, place in zip(written, shape, strict=True))
    fits = all(
        letter.isdigit() if place == "9" else "A" <= letter <= "Z" for letter, place in zip(code, shape, strict=True)
    )
    return code if fits else None


def _exists(code: str) -> bool:
    area = code[: 2 if code[1].isalpha() else 1]
    district = code[len(area) :]
    if area not in _AREAS:
        return False
    if district[-1].isalpha():
        return district[-1] in _LAST_LETTERS.get(area, "")
    return district == "0" if area in _DISTRICT_ZERO and district[0] == "0" else district[0] != "0"


def _in_sentence(pieces: Parts) -> Iterator[str]:
    """Every district among the words: "it's CF10 3AT, near the station"."""
    groups = _groups(pieces)
    for place, group in enumerate(groups):
        if not (any(letter.isdigit() for letter in group) and any(letter.isalpha() for letter in group)):
            continue
        if len(group) == 3 and place and _shaped(group, _INWARD) and outward_code(groups[place - 1]):
            continue  # the second half of the postcode before it
        outward = outward_code(group)
        if outward is not None:
            yield outward


def _groups(pieces: Parts) -> list[str]:
    """Letters and digits that belong together, in capitals: `cf`, `10` is CF10, `3`, `at` is 3AT."""
    groups: list[str] = []
    for piece in pieces:
        before = groups[-1] if groups else ""
        digits = piece.isdigit()
        joins = len(before) <= 2 and before.isalpha() if digits else before.isdigit() and len(piece) <= 2
        ends = len(before) >= 2 and before[-1:].isdigit() and piece.isalpha() and len(piece) == 1
        if piece.isascii() and piece.isalnum() and (joins or ends):
            groups[-1] += piece.upper()
        else:
            groups.append(piece.upper())
    return groups
