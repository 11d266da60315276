"""Which passwords are refused, and how the others are kept."""

from __future__ import annotations

import pytest

from svvoice.accounts import passwords
from svvoice.accounts.passwords import COMMON, Weak, weakness

ABOUT = ("Noor Aziz", "noor.aziz@example.org", "Hillside Trust")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("seven77", Weak.TOO_SHORT),
        ("xyz" * 334, Weak.TOO_LONG),
        ("password", Weak.COMMON),
        ("Password1!", Weak.COMMON),
        ("WELCOME2026", Weak.COMMON),
        ("12345678", Weak.COMMON),
        ("trustno1", Weak.COMMON),
        ("correct horse battery staple", Weak.COMMON),
        ("zzzzzzzzzzzz", Weak.COMMON),
        ("hillsidetrust", Weak.ABOUT_YOU),
        ("Hillside Trust 2026!", Weak.ABOUT_YOU),
        ("noor.aziz@example.org", Weak.ABOUT_YOU),
        ("NoorAziz99", Weak.ABOUT_YOU),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, weak: Weak) -> None:
    assert weakness(password, ABOUT) is weak


@pytest.mark.parametrize(
    "password",
    [
        "kettles8",
        "alllowercase",
        "        x y z",
        "пароль із слів",
        "اردو کا لفظ",
        "abc!" * 16,
        "nine blue " * 100,
        "7302914856",
    ],
)
def test_any_letters_will_do_and_a_thousand_of_them(password: str) -> None:
    assert weakness(password, ABOUT) is None


def test_every_common_password_in_the_list_is_refused() -> None:
    lines = [line for line in COMMON.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) >= 200
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if weakness(line, ()) not in {Weak.COMMON, Weak.TOO_SHORT}] == []


def test_a_password_is_kept_as_a_salted_argon2id_hash_that_only_it_opens() -> None:
    kept, again = passwords.hashed("nine blue kettles"), passwords.hashed("nine blue kettles")
    assert kept.startswith("$argon2id$v=19$m=32768,t=3,p=1$")
    assert kept != again
    assert passwords.is_right(kept, "nine blue kettles")
    assert not passwords.is_right(kept, "nine blue kettle")
    assert not passwords.is_right(kept, "Nine blue kettles")
    assert not passwords.is_right(kept, "")


def test_the_end_of_a_long_password_counts() -> None:
    kept = passwords.hashed("long " * 199 + "ends")
    assert not passwords.is_right(kept, "long " * 199 + "else")


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    assert passwords.is_right(passwords.hashed(composed), decomposed)


def test_nothing_opens_an_account_without_a_password() -> None:
    assert not passwords.is_right(None, "")
    assert not passwords.is_right(None, "nine blue kettles")


def test_a_hash_of_lower_cost_is_made_anew() -> None:
    assert passwords.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$oWYA/SVxbGkXRw2sVaChrg")
    assert not passwords.is_outdated(passwords.hashed("nine blue kettles"))
