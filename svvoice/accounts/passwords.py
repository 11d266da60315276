"""Passwords: which ones are refused, and how the others are kept and checked."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, ADVISED, LONGEST = 8, 15, 1000

COMMON = Path(__file__).resolve().parent.parent / "data" / "common-passwords.txt"

# Argon2id with 32 MiB and three passes: above OWASP's least (19 MiB, two), and eight at once fit a small machine.
_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)


class Weak(StrEnum):
    """Why a password is refused. There is no rule about kinds of letters: they make passwords worse."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    ABOUT_YOU = "about_you"


def weakness(password: str, about: Iterable[str]) -> Weak | None:
    """What is wrong with a password; `about` are the person's and the organisation's names."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return Weak.TOO_SHORT
    if len(plain) > LONGEST:
        return Weak.TOO_LONG
    guesses = {plain.casefold(), _core(plain)}
    if guesses & _common() or len(set(plain)) < 3:
        return Weak.COMMON
    if _core(plain) in {_core(name) for name in about} - {""}:
        return Weak.ABOUT_YOU
    return None


def hashed(password: str) -> str:
    return _HASHER.hash(_plain(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password. Where none is kept, a stand-in is checked: the answer takes as long and is no."""
    stand_in = _stand_in()
    try:
        _HASHER.verify(kept or stand_in, _plain(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Made with other costs than today's: to be hashed anew while the password is at hand."""
    return _HASHER.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


def _core(words: str) -> str:
    """The letters and digits without what people add at the end: `Hillside Trust 2026!` is `hillsidetrust`."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", words).casefold() if letter.isalnum())
    return re.sub(r"\d+$", "", letters)


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _stand_in() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
