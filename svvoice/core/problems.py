"""What can be wrong with a survey: a code for each fault, its place in the document, and its English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_PROBLEMS = 1_000
"""Of one document. Nobody reads more, and a file made to be tiresome should not take long."""


class Severity(StrEnum):
    BLOCK = "block"
    """Has to be put right first."""
    WARN = "warn"
    """Worth a look; nothing is held up."""


class Code(StrEnum):
    # The file
    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    BAD_NUMBER = "bad_number"
    TOO_DEEP = "too_deep"
    REPEATED_KEY = "repeated_key"
    BAD_CHARACTER = "bad_character"
    # The shape of a field
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    NOT_WORDS = "not_words"
    NOT_A_FLAG = "not_a_flag"
    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DAY = "not_a_day"
    NOT_ONE_OF = "not_one_of"
    NOT_A_VALUE = "not_a_value"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VERSION = "unknown_version"
    BAD_ID = "bad_id"
    BAD_SLUG = "bad_slug"
    BAD_KEYWORD = "bad_keyword"
    BAD_LANGUAGE = "bad_language"
    BAD_CODE = "bad_code"
    NOT_A_CONDITION = "not_a_condition"
    SEVERAL_RULES = "several_rules"
    # The sense of a survey
    REPEATED_ID = "repeated_id"
    RESERVED_ID = "reserved_id"
    REPEATED_LANGUAGE = "repeated_language"
    DEFAULT_NOT_LISTED = "default_not_listed"
    NO_DEFAULT_WORDS = "no_default_words"
    UNLISTED_LANGUAGE = "unlisted_language"
    MEANS_NOTHING = "means_nothing"
    NO_OPTIONS = "no_options"
    ONE_OPTION = "one_option"
    TOO_MANY_CHOICES = "too_many_choices"
    SAME_LABEL = "same_label"
    BAD_RANGE = "bad_range"
    SCALE_TOO_WIDE = "scale_too_wide"
    SCALE_NOT_WHOLE = "scale_not_whole"
    TOO_MANY_DIGITS = "too_many_digits"
    MAX_CHOICES_TOO_MANY = "max_choices_too_many"
    UNKNOWN_QUESTION = "unknown_question"
    LOOKS_FORWARD = "looks_forward"
    NAMES_A_NOTE = "names_a_note"
    CANNOT_COMPARE = "cannot_compare"
    NOT_AN_ANSWER = "not_an_answer"
    NOTHING_ASKED = "nothing_asked"
    KEYWORD_IS_COMMAND = "keyword_is_command"
    KEYWORD_IS_LABEL = "keyword_is_label"
    RESERVED_WORD = "reserved_word"
    ANONYMOUS_KEYWORD = "anonymous_keyword"
    ANONYMOUS_TELL_BACK = "anonymous_tell_back"
    CLOSES_BEFORE_OPENING = "closes_before_opening"
    # Before it goes out
    NO_WORDS_IN = "no_words_in"
    NO_WHY = "no_why"
    EXACT_AGE = "exact_age"
    LABEL_IS_A_NUMBER = "label_is_a_number"
    NEVER_SHOWN = "never_shown"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_LONG = "text_long"
    TEXT_OVER_LIMIT = "text_over_limit"
    LAST_NOTE_HIDES = "last_note_hides"
    MEASURE_TWICE = "measure_twice"
    LANGUAGE_NOT_SPOKEN = "language_not_spoken"
    ALREADY_CLOSED = "already_closed"


@dataclass(frozen=True)
class Problem:
    """`place` names the field from the top of the document: `questions[3].options[1].text.cy`; empty: the whole."""

    place: str
    code: Code
    details: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.BLOCK


Problems = tuple[Problem, ...]


def sentence(problem: Problem) -> str:
    """What is wrong and what to do, for staff."""
    text = SENTENCES[problem.code] % problem.details
    perhaps = problem.details.get("perhaps")
    return f'{text} Did you mean "{perhaps}"?' if perhaps else text


def line(problem: Problem) -> str:
    """The problem with its place in front, for the command line."""
    return f"{problem.place or 'the file'}: {sentence(problem)}"


SENTENCES: Mapping[Code, str] = {
    Code.TOO_BIG: "This file is too big. The most is %(most)s bytes.",
    Code.NOT_UTF8: "This file is not UTF-8 text. Save it as UTF-8 and try again.",
    Code.NOT_JSON: "This is not JSON: %(why)s, line %(line)s, column %(column)s.",
    Code.BAD_NUMBER: '"%(value)s" is not a number that can be kept.',
    Code.TOO_DEEP: "Lists and objects lie inside one another too deeply. The most is %(most)s levels.",
    Code.REPEATED_KEY: 'The field "%(field)s" stands here twice. Keep one.',
    Code.BAD_CHARACTER: "There is a character here that cannot be shown (%(character)s). Take it out.",
    Code.NOT_AN_OBJECT: "This has to be an object: { … }.",
    Code.NOT_A_LIST: "This has to be a list: [ … ].",
    Code.NOT_TEXT: 'This has to be text in "quotes".',
    Code.NOT_WORDS: 'Words are given by language: {"en": "…"}.',
    Code.NOT_A_FLAG: "This is either true or false, without quotes.",
    Code.NOT_WHOLE: "This has to be a whole number, without quotes.",
    Code.NOT_A_NUMBER: "This has to be a number, without quotes.",
    Code.NOT_A_DAY: "This has to be a day that exists, written like 2026-11-24.",
    Code.NOT_ONE_OF: '"%(value)s" is not known here. Choose one of: %(allowed)s.',
    Code.NOT_A_VALUE: "An answer to compare with is text or a whole number.",
    Code.OUT_OF_RANGE: "This has to be from %(least)s to %(most)s.",
    Code.TOO_LONG: "This is too long: %(length)s letters. The most is %(most)s.",
    Code.TOO_MANY: "There are too many here: %(number)s. The most is %(most)s.",
    Code.TOO_FEW: "There is nothing in this list. Add at least one.",
    Code.MISSING: "This field is missing.",
    Code.UNKNOWN_FIELD: 'There is no field called "%(field)s" here.',
    Code.UNKNOWN_VERSION: "This product reads version %(known)s of the survey document.",
    Code.BAD_ID: (
        '"%(value)s" cannot be an id. Use a small letter, then small letters, digits and single underscores, '
        "30 in all at most."
    ),
    Code.BAD_SLUG: '"%(value)s" cannot be a slug. Use small letters and digits, with single hyphens between them.',
    Code.BAD_KEYWORD: (
        '"%(value)s" cannot be a keyword. Use 3 to 12 capital letters A-Z and digits, with a letter first.'
    ),
    Code.BAD_LANGUAGE: '"%(value)s" is not a language tag. Write it like en, cy or pt-BR.',
    Code.BAD_CODE: '"%(value)s" cannot be a code. It may not begin or end with a space, or be empty.',
    Code.NOT_A_CONDITION: (
        'This is not a condition. It names a "question" with is, at_least, at_most, includes or answered, '
        "or it is all, any or not."
    ),
    Code.SEVERAL_RULES: "A condition holds one rule; here are %(rules)s. Put them into all or any.",
    Code.REPEATED_ID: 'The id "%(id)s" is taken already, at %(first)s. Ids are used once.',
    Code.RESERVED_ID: 'The id "%(id)s" is taken by a column of the export. Choose another.',
    Code.REPEATED_LANGUAGE: 'The language "%(language)s" is listed twice.',
    Code.DEFAULT_NOT_LISTED: 'The default language "%(language)s" is not in the list of languages.',
    Code.NO_DEFAULT_WORDS: 'The words in the survey\'s default language "%(language)s" are missing.',
    Code.UNLISTED_LANGUAGE: 'These words are in "%(language)s", which is not in the list of languages.',
    Code.MEANS_NOTHING: 'The field "%(field)s" means nothing in a question of the kind "%(kind)s". Take it out.',
    Code.NO_OPTIONS: "This question has no options to choose from.",
    Code.ONE_OPTION: "This question has one option only. Nobody can choose.",
    Code.TOO_MANY_CHOICES: "With “something else” there are %(number)s options. The most is %(most)s.",
    Code.SAME_LABEL: '"%(label)s" stands for two options in "%(language)s": here and at %(first)s.',
    Code.BAD_RANGE: "The smallest (%(min)s) has to be less than the largest (%(max)s).",
    Code.SCALE_TOO_WIDE: "This scale has %(points)s points. The most is %(most)s, such as 0 to 10.",
    Code.SCALE_NOT_WHOLE: "The ends of a scale are whole numbers from 0 up.",
    Code.TOO_MANY_DIGITS: "This number has too many digits. The most is %(most)s.",
    Code.MAX_CHOICES_TOO_MANY: "People may choose up to %(number)s, but there are %(options)s options to choose from.",
    Code.UNKNOWN_QUESTION: 'There is no question called "%(question)s".',
    Code.LOOKS_FORWARD: 'A condition can only look back, and "%(question)s" is not asked before this.',
    Code.NAMES_A_NOTE: '"%(question)s" is a note, which nobody answers.',
    Code.CANNOT_COMPARE: '"%(rule)s" cannot be asked of "%(question)s", which is of the kind "%(kind)s".',
    Code.NOT_AN_ANSWER: '"%(value)s" is never an answer to "%(question)s".',
    Code.NOTHING_ASKED: "This survey asks nothing. Add a question.",
    Code.KEYWORD_IS_COMMAND: 'The keyword "%(keyword)s" is a command, such as STOP or HELP. Choose another.',
    Code.KEYWORD_IS_LABEL: 'The keyword "%(keyword)s" is also an answer, at %(label)s. Choose another.',
    Code.RESERVED_WORD: (
        '"%(label)s" is a command word, such as STOP or HELP, and would not be read as an answer. Use other words.'
    ),
    Code.ANONYMOUS_KEYWORD: "An anonymous survey has no keyword: a text always shows a phone number.",
    Code.ANONYMOUS_TELL_BACK: "An anonymous survey cannot tell people what happened: it does not know them.",
    Code.CLOSES_BEFORE_OPENING: "The survey closes on %(closes)s, before it opens on %(opens)s.",
    Code.NO_WORDS_IN: 'The words in "%(language)s" are missing.',
    Code.NO_WHY: "A sensitive question has to say why it is asked.",
    Code.EXACT_AGE: "Ask people under 18 for an age band, never for an exact age or a birthday.",
    Code.LABEL_IS_A_NUMBER: (
        'The option "%(label)s" is number %(number)s of the list. By text "%(label)s" would choose another option.'
    ),
    Code.NEVER_SHOWN: "Nobody can ever reach this: its condition is never true.",
    Code.TEXT_TOO_LONG: 'As a text in "%(language)s" this takes %(segments)s parts. The most is %(most)s.',
    Code.TEXT_LONG: 'As a text in "%(language)s" this takes %(segments)s parts. Shorter words cost less.',
    Code.TEXT_OVER_LIMIT: 'As a text in "%(language)s" this has %(length)s letters. The most is %(most)s.',
    Code.LAST_NOTE_HIDES: "This last note goes out with the thanks, and only to some. Say it in the thanks instead.",
    Code.MEASURE_TWICE: 'Two questions measure "%(measure)s": here and %(first)s. Results count only one meaning.',
    Code.LANGUAGE_NOT_SPOKEN: 'Our own words do not exist in "%(language)s": people will read them in English.',
    Code.ALREADY_CLOSED: "The survey has closed already, on %(closes)s.",
}
"""Staff words. Names in `%(…)s` are the details of the problem."""
