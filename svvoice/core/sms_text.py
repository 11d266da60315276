"""What goes out as a text message: tidied letters, the segments it costs, and a question in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from svvoice.core import words
from svvoice.core.answers import written
from svvoice.core.graphemes import graphemes
from svvoice.core.survey import Kind, Language, Option, Question, Survey, Words
from svvoice.core.words import Say

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
    **dict.fromkeys("‐‑‒–—―−•‣⁃", "-"),
    **dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
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
# A joiner with nothing before it to act on. After Arabic, Indic and emoji signs joiners belong to the spelling.
_LOOSE_JOINER = re.compile("(?<![^\x00-\u02ff\u2000-\u206f])[\u200c\u200d]")


def tidy(text: str) -> str:
    """The same words with plain quotes, dashes, spaces and dots. Letters, accents and emoji stay as they are (NFC)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isascii():
        return lines.translate(_PLAIN_TABLE)
    composed = unicodedata.normalize("NFC", lines)
    plain = composed.translate(_PLAIN_TABLE)
    unmarked = _DIRECTION_MARKS.sub("", plain)
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in unmarked):
        plain = unmarked
    return unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", plain))


_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_LATIN_WORD = r"[A-Za-z0-9@#+][\x21-\x7e]*[A-Za-z0-9/#]|[A-Za-z]"
_LATIN_RUN = re.compile(
    rf"{_ISOLATE}[^{_END_ISOLATE}]*{_END_ISOLATE}"  # already kept apart
    rf"|(?:{_LATIN_WORD})(?: (?:{_LATIN_WORD}))*"
)


def is_right_to_left(language: Language) -> bool:
    parts = language.lower().split("-")
    return "arab" in parts or ("latn" not in parts and parts[0] in _RIGHT_TO_LEFT)


def isolate(text: str) -> str:
    """Right-to-left text whose phone numbers, links and codes keep their own order: each is put between isolates."""
    return _LATIN_RUN.sub(lambda run: _isolated(run.group()), text)


def _isolated(run: str) -> str:
    # A lone number up to four digits reads the same either way; marks around it would only cost.
    if run.startswith(_ISOLATE) or re.fullmatch(r"[0-9]{1,4}", run):
        return run
    return f"{_ISOLATE}{run}{_END_ISOLATE}"


_SENTENCE_ENDS = (".", "?", "!", "؟", "۔", "।")


def intro_text(survey: Survey, language: Language, *, organisation: str, link: str, say: Say) -> str:
    """The first words of a conversation: the survey's own `sms_intro`, else one made of organisation and title.

    `{link}` in `sms_intro` stands for the survey's address, which its author cannot know.
    """
    own = _one_of(survey, language, survey.sms_intro)
    if own:
        return _in_direction(tidy(own.replace("{link}", link)), language)
    title = survey.words(survey.title, language).strip()
    title += "" if title.endswith(_SENTENCE_ENDS) else "."
    sentences = (
        say(words.INTRO_WHO) % {"organisation": organisation, "title": title},
        say(words.INTRO_HOW_MANY) % {"questions": len(survey.asked)},
        say(words.INTRO_NOTICE) % {"link": link},
        say(words.INTRO_LANGUAGES) if len(survey.languages) > 1 else "",
        say(words.INTRO_STOP),
    )
    return _in_direction(tidy(" ".join(filter(None, sentences))), language)


def question_text(question: Question, language: Language, *, survey: Survey, heading: str = "", say: Say) -> str:
    """The question as one text: heading, words, why it is asked if it is sensitive, and how to answer.

    Choices stand one a line behind their numbers, the same numbers as on the page. `heading` (an intro, a note, a
    correction) is put in front as it is.
    """
    body = [_question_words(question, survey, language)]
    if question.sensitive:
        body.append(survey.words(question.why, language))
    body += _how_to_answer(question, survey, language, say)
    lines = [tidy(line) for line in (heading, *body) if line]
    return _in_direction("\n".join(lines), language)


def _one_of(survey: Survey, language: Language, *wordings: Words) -> str:
    """The first wording there is in this language, else the first in the survey's own."""
    for tongue in (language, survey.default_language):
        for wording in wordings:
            if wording.get(tongue, "").strip():
                return wording[tongue].strip()
    return ""


def _question_words(question: Question, survey: Survey, language: Language) -> str:
    return _one_of(survey, language, question.sms_text, question.text)


def _how_to_answer(question: Question, survey: Survey, language: Language, say: Say) -> list[str]:
    match question.kind:
        case Kind.YES_NO:
            return [*_reply_hint(question, survey, say), f"1 {say(words.YES)}", f"2 {say(words.NO)}"]
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return [*_reply_hint(question, survey, say), *_choices(question, survey, language, say)]
        case Kind.MULTI_CHOICE:
            return [_several_hint(question, say), *_choices(question, survey, language, say)]
        case Kind.SCALE:
            return [_scale_ends(question, survey, language, say)]
        case Kind.NUMBER | Kind.TEXT | Kind.POSTCODE_DISTRICT:
            return _format_hint(question, survey, language, say)
        case Kind.NOTE:
            return []
        case _:
            assert_never(question.kind)


def _reply_hint(question: Question, survey: Survey, say: Say) -> list[str]:
    """How to reply is said once, at the first question: people remember it, and each text is paid for."""
    return [say(words.REPLY_WITH_A_NUMBER)] if survey.asked and survey.asked[0].id == question.id else []


def _several_hint(question: Question, say: Say) -> str:
    if question.max_choices is None or question.max_choices >= len(question.choices):
        return say(words.SEVERAL_ALLOWED)
    return say(words.SEVERAL_UP_TO) % {"most": question.max_choices}


def _choices(question: Question, survey: Survey, language: Language, say: Say) -> list[str]:
    return [f"{number} {_label(choice, survey, language, say)}" for number, choice in enumerate(question.choices, 1)]


def _label(choice: Option, survey: Survey, language: Language, say: Say) -> str:
    own = _one_of(survey, language, choice.sms_text, choice.text)
    return own or say(words.SOMETHING_ELSE)


def _scale_ends(question: Question, survey: Survey, language: Language, say: Say) -> str:
    least, most = question.points[0], question.points[-1]
    low, high = survey.words(question.min_label, language), survey.words(question.max_label, language)
    if low and high:
        return say(words.SCALE_ENDS) % {"min": least, "min_label": low, "max": most, "max_label": high}
    lines = [say(words.NUMBER_BETWEEN) % {"min": least, "max": most}]
    lines += [
        say(words.SCALE_END) % {"point": point, "label": label}
        for point, label in ((least, low), (most, high))
        if label
    ]
    return "\n".join(lines)


def _format_hint(question: Question, survey: Survey, language: Language, say: Say) -> list[str]:
    """What the answer should look like, unless the author's words for a text say so already."""
    if question.sms_text.get(language, "").strip():
        return []
    hint = survey.words(question.hint, language)
    return [hint or _made_hint(question, say)]


def _made_hint(question: Question, say: Say) -> str:
    if question.kind is Kind.TEXT:
        return say(words.OWN_WORDS)
    if question.kind is Kind.POSTCODE_DISTRICT:
        return say(words.POSTCODE_FORMAT)
    least, most = question.min, question.max
    if least is not None and most is not None:
        return say(words.NUMBER_BETWEEN) % {"min": written(least), "max": written(most)}
    if least is not None:
        return say(words.NUMBER_AT_LEAST) % {"min": written(least)}
    if most is not None:
        return say(words.NUMBER_AT_MOST) % {"max": written(most)}
    return say(words.REPLY_WITH_A_NUMBER)


def _in_direction(text: str, language: Language) -> str:
    return isolate(text) if is_right_to_left(language) else text
