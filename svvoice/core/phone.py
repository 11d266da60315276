"""Phone numbers as people write them, and as networks do (E.164: +447700900142)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

LONGEST = 40
"""Letters: more than any way of writing one number takes."""

# Ofcom keeps 07700 900000 to 900999 for films and tests. The library calls them invalid; here they are mobiles.
_FICTIONAL = re.compile(r"\+447700900\d{3}")
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class Wrong(StrEnum):
    """Why typed-in words are not a number that we can text."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    OTHER_COUNTRY = "other_country"
    NOT_A_MOBILE = "not_a_mobile"
    """A landline or a special number: a text there is lost, or read out by a machine."""


@dataclass(frozen=True)
class NotANumber:
    """These words are not a number that we can text."""

    reason: Wrong


def read_number(text: str, country: str = "GB") -> str | NotANumber:
    """A mobile number of this country in E.164, from any usual way of writing it and digits of any script."""
    plain = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cc"}).strip()
    if not plain:
        return NotANumber(Wrong.EMPTY)
    if len(plain) > LONGEST:
        return NotANumber(Wrong.TOO_LONG)
    if re.search(r"[^\W\d_]", plain):  # the library would read letters as keys of a phone: 0800 FLOWERS
        return NotANumber(Wrong.NOT_A_NUMBER)
    try:
        number = phonenumbers.parse(plain, country)
    except NumberParseException as error:
        return NotANumber(_UNREAD.get(error.error_type, Wrong.NOT_A_NUMBER))
    return _checked(number, country)


_UNREAD = {
    NumberParseException.TOO_SHORT_NSN: Wrong.TOO_SHORT,
    NumberParseException.TOO_SHORT_AFTER_IDD: Wrong.TOO_SHORT,
    NumberParseException.TOO_LONG: Wrong.TOO_LONG,
    NumberParseException.INVALID_COUNTRY_CODE: Wrong.OTHER_COUNTRY,
}


def is_fictional(number: str) -> bool:
    """One of the numbers that belong to nobody."""
    return _FICTIONAL.fullmatch(number) is not None


def as_written(number: str) -> str:
    """A number as people of its country write it: `07700 900142`; a foreign one as `+1 202-555-0123`.

    Words that are not a number come back as they are.
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    is_ours = parsed.country_code == phonenumbers.country_code_for_region("GB")
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if is_ours else PhoneNumberFormat.INTERNATIONAL
    )


def _checked(number: PhoneNumber, country: str) -> str | NotANumber:
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.extension:
        return NotANumber(Wrong.NOT_A_MOBILE)
    if number.country_code != phonenumbers.country_code_for_region(country):
        return NotANumber(Wrong.OTHER_COUNTRY)
    if country == "GB" and is_fictional(written):
        return written
    if not phonenumbers.is_valid_number(number):
        return NotANumber(_wrong_length(number))
    if phonenumbers.region_code_for_number(number) != country:
        # Jersey, Guernsey and the Isle of Man share +44 but not the price of a text.
        return NotANumber(Wrong.OTHER_COUNTRY)
    return written if phonenumbers.number_type(number) in _MOBILE else NotANumber(Wrong.NOT_A_MOBILE)


def _wrong_length(number: PhoneNumber) -> Wrong:
    match phonenumbers.is_possible_number_for_type_with_reason(number, PhoneNumberType.MOBILE):
        case phonenumbers.ValidationResult.TOO_SHORT | phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return Wrong.TOO_SHORT
        case phonenumbers.ValidationResult.TOO_LONG:
            return Wrong.TOO_LONG
        case _:
            return Wrong.NOT_A_NUMBER
