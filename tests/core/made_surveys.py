"""Surveys made at random, sound in shape and sense, with every kind of question and condition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Audience,
    Condition,
    Includes,
    Is,
    Kind,
    Measure,
    Not,
    Option,
    Promise,
    Question,
    Survey,
    Words,
)

LANGUAGES = ("en", "cy", "ur", "pl", "pt-BR", "pa-Arab")
LETTERS = st.sampled_from("aeiouknr ŵŷąćہاں😀“’&<>{}%")


@st.composite
def words(draw: st.DrawFn, languages: tuple[str, ...], start: str = "q") -> Words:
    return {language: start + draw(st.text(LETTERS, max_size=12)) for language in languages}


def maybe(draw: st.DrawFn, languages: tuple[str, ...]) -> Words:
    return draw(st.just({}) | words(languages))


@st.composite
def options(draw: st.DrawFn, languages: tuple[str, ...], exclusive: bool) -> tuple[Option, ...]:
    number = draw(st.integers(2, 5))
    made = []
    for place in range(number):
        # Labels differ by a number at the end, whatever stands before it.
        label = {language: f"{text} kind {place + 50}" for language, text in draw(words(languages)).items()}
        aliases = {languages[0]: (f"alias {place + 70}",)} if draw(st.booleans()) else {}
        made.append(Option(f"o{place}", label, aliases=aliases, exclusive=exclusive and draw(st.booleans())))
    return tuple(made)


@st.composite
def questions(draw: st.DrawFn, languages: tuple[str, ...], earlier: tuple[Question, ...]) -> Question:
    kind = draw(st.sampled_from(Kind))
    fields: dict[str, object] = {"sms_text": maybe(draw, languages)}
    fields["show_if"] = draw(st.none() | conditions(earlier)) if any(q.is_asked for q in earlier) else None
    fields["topic"] = draw(st.none() | st.sampled_from(["places", "say"]))
    if kind is not Kind.NOTE:
        fields |= {"hint": maybe(draw, languages), "why": maybe(draw, languages)}
        fields |= {"required": draw(st.booleans()), "sensitive": draw(st.booleans())}
        fields |= {"measure": draw(st.none() | st.sampled_from(Measure))}
        fields |= {"informs": draw(st.just(()) | st.just(("SDG11", "WFG-W5")))}
    fields |= draw(_fields_of(kind, languages))
    return Question(f"q{len(earlier)}", kind, draw(words(languages)), **fields)  # type: ignore[arg-type]


@st.composite
def _fields_of(draw: st.DrawFn, kind: Kind, languages: tuple[str, ...]) -> dict[str, object]:
    match kind:
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            other = kind is Kind.SINGLE_CHOICE and draw(st.booleans())
            return {"options": draw(options(languages, exclusive=False)), "other": other}
        case Kind.MULTI_CHOICE:
            made = draw(options(languages, exclusive=True))
            most = draw(st.none() | st.integers(1, len(made)))
            return {"options": made, "other": draw(st.booleans()), "max_choices": most}
        case Kind.SCALE:
            ends = draw(st.sampled_from([(None, None), (0, 10), (1, 7), (0, None), (None, 3)]))
            return {"min": ends[0], "max": ends[1], "min_label": maybe(draw, languages)}
        case Kind.NUMBER:
            smallest = draw(st.none() | st.integers(-9, 9) | st.sampled_from([Decimal("0.1"), Decimal("-2.5")]))
            largest = draw(st.none() | st.integers(10, 99) | st.just(Decimal("12345678.25")))
            return {"min": smallest, "max": largest, "integer": draw(st.booleans())}
        case Kind.TEXT:
            return {"max_length": draw(st.none() | st.integers(1, 5000))}
        case _:
            return {}


def conditions(earlier: tuple[Question, ...]) -> st.SearchStrategy[Condition]:
    simple = st.one_of([_simple(question) for question in earlier if question.is_asked])
    return st.recursive(
        simple,
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=3).map(lambda made: All(tuple(made))),
            st.lists(part, min_size=1, max_size=3).map(lambda made: AnyOf(tuple(made))),
            part.map(Not),
        ),
        max_leaves=4,
    )


def _simple(question: Question) -> st.SearchStrategy[Condition]:
    answered = st.booleans().map(lambda answered: Answered(question.id, answered))
    match question.kind:
        case Kind.YES_NO:
            return answered | st.sampled_from([Is(question.id, ("yes",)), Is(question.id, ("no", "yes"))])
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return answered | st.sampled_from(question.choice_ids).map(lambda option: Is(question.id, (option,)))
        case Kind.MULTI_CHOICE:
            return answered | st.sampled_from(question.choice_ids).map(lambda option: Includes(question.id, option))
        case Kind.SCALE:
            point = st.sampled_from(list(question.points))
            return st.one_of(
                point.map(lambda value: Is(question.id, (value,))),
                point.map(lambda value: AtLeast(question.id, value)),
                point.map(lambda value: AtMost(question.id, value)),
            )
        case Kind.NUMBER:
            return st.sampled_from(
                [AtLeast(question.id, Decimal("9.5")), AtMost(question.id, 9), AtLeast(question.id, 9)]
            )
        case Kind.POSTCODE_DISTRICT:
            return answered | st.just(Is(question.id, ("LS9", "BD3")))
        case _:
            return answered


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    made: tuple[Question, ...] = (Question("first", Kind.YES_NO, draw(words(languages))),)
    for _ in range(draw(st.integers(0, 7))):
        made = (*made, draw(questions(languages, made)))
    promise = draw(st.sampled_from(Promise))
    keyword = draw(st.none() | st.just("ZZ9PLURAL")) if promise is Promise.PRIVATE else None
    opens = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30)))
    return Survey(
        slug=draw(st.sampled_from(["park", "your-park-2026", "a1"])),
        default_language=draw(st.sampled_from(languages)),
        languages=languages,
        title=draw(words(languages)),
        questions=made,
        intro=maybe(draw, languages),
        thanks=maybe(draw, languages),
        keyword=keyword,
        promise=promise,
        audience=draw(st.sampled_from(Audience)),
        tell_back=promise is Promise.PRIVATE and draw(st.booleans()),
        opens=opens,
        closes=draw(st.none() | st.dates(date(2026, 7, 1), date(2027, 6, 30))),
    )
