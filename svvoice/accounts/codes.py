"""The codes of the second step: what an app shows at a moment, and recovery codes on paper."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime

import pyotp

HALF_MINUTE = 30
"""Seconds for which an app shows one code."""

EITHER_WAY = 1
"""Codes of the half minute before and after are right too: clocks of phones differ."""

HOW_MANY = 10
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Of recovery codes: without i, l, o and u, which are read for others or spell words."""
HALF = 5

_READ_FOR = str.maketrans("ilo", "110")


def new_secret() -> str:
    """160 random bits, as people type them into an app."""
    return pyotp.random_base32()


def address(secret: str, sign_in_name: str) -> str:
    """What the picture says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name="svvoice")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute (counted from 1970) whose code this is, of those around now; None where it is of none."""
    here = int(now.timestamp()) // HALF_MINUTE
    counter = pyotp.TOTP(secret)
    found = None
    for step in range(here - EITHER_WAY, here + EITHER_WAY + 1):
        if secrets.compare_digest(counter.generate_otp(step).encode(), code.encode("utf-8", "surrogatepass")):
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 random bits, in two halves: `7k2mq-x9d4t`."""
    return [f"{_letters()}-{_letters()}" for _ in range(HOW_MANY)]


def tidy(typed: str) -> str:
    """A code as it was meant: digits of any script, without spaces and hyphens, capitals made small."""
    normal = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in normal if letter.isalnum())


def is_of_app(code: str) -> bool:
    """Whether a tidied code is of the kind that an app shows: six digits."""
    return len(code) == 6 and code.isdecimal()


def plain(recovery_code: str) -> str:
    """A recovery code as it is hashed, with letters that are easily misread made one."""
    return tidy(recovery_code).translate(_READ_FOR)


def in_fours(secret: str) -> str:
    """A secret as it is read aloud and typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))
