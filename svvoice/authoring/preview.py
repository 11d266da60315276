"""A question as people will meet it: what the respondents' own page is given, and the text with what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from svvoice.core.sms_text import intro_text, question_text, segments
from svvoice.core.survey import OTHER, Kind, Promise, Question, Survey, Words
from svvoice.core.words import NO, SOMETHING_ELSE, YES
from svvoice.language import Speech, direction, speech
from svvoice.messaging.phone_screen import in_pence, pence_of
from svvoice.web.frame import Frame, LanguageLink, Piece, piece


@dataclass(frozen=True)
class ChoiceShown:
    value: str
    number: int
    label: Piece
    chosen: bool = False
    exclusive: bool = False
    has_box: bool = False


@dataclass(frozen=True)
class QuestionShown:
    """What `answering/question.html` is given for a question of which nothing is answered yet."""

    frame: Frame
    question_id: str
    words: Piece
    hint: Piece | None
    why: Piece | None
    notes: tuple[Piece, ...]
    control: str
    choices: tuple[ChoiceShown, ...]
    low_label: Piece | None
    high_label: Piece | None
    longest: int | None
    most: int | None
    required: bool
    sensitive: bool
    is_scale: bool
    number: int
    of_about: int
    typed: str = ""
    other: str = ""
    action: str = ""
    turn: str = ""
    back: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class TextShown:
    """One text message: its words, what it costs, and the letters that make it dear."""

    words: str
    language: str
    direction: str
    parts: int
    price: str
    dear: tuple[str, ...]


def shown_with(survey: Survey, question: Question) -> tuple[Question, tuple[Question, ...]] | None:
    """The question that has the page, and the notes read on it; None for a last note, which stands with the thanks."""
    if question.is_asked:
        return question, ()
    later = survey.questions[survey.questions.index(question) + 1 :]
    following = next((one for one in later if one.is_asked), None)
    return (following, (question,)) if following else None


def page(
    survey: Survey, asked: Question, notes: tuple[Question, ...], language: str, organisation: str, is_example: bool
) -> QuestionShown:
    """The page of a question in a language."""
    voice = speech(language)

    def words(of: Words) -> Piece:
        return piece(of, language, survey.default_language)

    links = tuple(
        LanguageLink(tag, tag, direction(tag), "", tag == language) for tag in survey.languages if tag == language
    )
    return QuestionShown(
        frame=Frame(voice, organisation, is_example, words(survey.title), links, ""),
        question_id=asked.id,
        words=words(asked.text),
        hint=words(asked.hint) if asked.hint else None,
        why=words(asked.why) if asked.why else None,
        notes=tuple(words(note.text) for note in notes),
        control=_control(asked.kind),
        choices=_choices(survey, asked, voice, language),
        low_label=words(asked.min_label) if asked.min_label else None,
        high_label=words(asked.max_label) if asked.max_label else None,
        longest=asked.max_length,
        most=asked.max_choices,
        required=asked.required,
        sensitive=asked.sensitive,
        is_scale=asked.kind is Kind.SCALE,
        number=survey.asked.index(asked) + 1,
        of_about=len(survey.asked),
    )


def text(
    survey: Survey, question: Question, language: str, *, organisation: str, link: str, pence: str
) -> TextShown | None:
    """The question as one text, the first with the words that begin a conversation; None where none ever goes out."""
    if survey.promise is Promise.ANONYMOUS:
        return None
    say = speech(language).say
    first = bool(survey.asked) and survey.asked[0].id == question.id
    heading = intro_text(survey, language, organisation=organisation, link=link, say=say) if first else ""
    words = question_text(question, language, survey=survey, heading=heading, say=say)
    cost = segments(words)
    price = in_pence(cost.count * pence_of(pence))
    return TextShown(words, language, direction(language), cost.count, price, cost.long_letters[:8])


def _control(kind: Kind) -> str:
    match kind:
        case Kind.YES_NO | Kind.SINGLE_CHOICE | Kind.AGE_BAND | Kind.SCALE:
            return "radios"
        case Kind.MULTI_CHOICE:
            return "checkboxes"
        case Kind.NUMBER:
            return "number"
        case Kind.POSTCODE_DISTRICT:
            return "line"
        case Kind.TEXT | Kind.NOTE:
            return "box"
        case _:
            assert_never(kind)


def _choices(survey: Survey, asked: Question, voice: Speech, language: str) -> tuple[ChoiceShown, ...]:
    def ours(words: str) -> Piece:
        return Piece(voice.say(words), voice.language, voice.direction)

    if asked.kind is Kind.YES_NO:
        return (ChoiceShown("yes", 1, ours(YES)), ChoiceShown("no", 2, ours(NO)))
    if asked.kind is Kind.SCALE:
        return tuple(ChoiceShown(str(point), point, Piece(str(point), language, "ltr")) for point in asked.points)
    return tuple(
        ChoiceShown(
            choice.id,
            number,
            piece(choice.text, language, survey.default_language) if choice.text else ours(SOMETHING_ELSE),
            exclusive=choice.exclusive,
            has_box=asked.other and choice.id == OTHER,
        )
        for number, choice in enumerate(asked.choices, 1)
    )
