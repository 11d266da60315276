"""One question as a form: read back into a question, with a sentence for each field that does not fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from svvoice.core.conditions_in_words import Row, Rows, condition_from, number_in
from svvoice.core.document_fields import ID
from svvoice.core.drafting import free_id, taken_options
from svvoice.core.problems import Problems, sentence
from svvoice.core.survey import Condition, Kind, Option, Question, Words

KINDS: Mapping[Kind, str] = {
    Kind.SINGLE_CHOICE: "One choice from a list",
    Kind.MULTI_CHOICE: "Several choices from a list",
    Kind.YES_NO: "Yes or no",
    Kind.SCALE: "A scale, such as 1 to 5",
    Kind.TEXT: "In their own words",
    Kind.NUMBER: "A number",
    Kind.POSTCODE_DISTRICT: "The first part of a postcode",
    Kind.AGE_BAND: "An age band from a list",
    Kind.NOTE: "A note: nothing to answer",
}
WITH_OPTIONS = frozenset((Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.AGE_BAND))
MOST_NEW_OPTIONS = 31
_FIELD_OF_PLACE = {"text": "words", "sms_text": "sms", "show_if": "condition"}

Form = MultiDict[str, str]


@dataclass(frozen=True)
class Filled:
    """What was filled in: the question as far as it can be read, and what is wrong, by field."""

    question: Question
    wrong: Mapping[str, str] = field(default_factory=dict)
    rows: Rows | None = None
    """The condition as it was chosen, also where it makes no sense yet."""


def clean(text: str) -> str:
    """What somebody typed, without signs that cannot be shown or stored and without space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f")).strip()


def new_question(kind: Kind, words: str, options: str, language: str, question_id: str) -> Question:
    """A question as it is added: its words, and its options one on each line."""
    question = Question(question_id, kind, {language: clean(words)})
    if kind is Kind.SCALE:
        question = replace(question, min=1, max=5)
    return _with_more(question, options, language, ()) if kind in WITH_OPTIONS else question


def read(form: Form, before: Question, language: str, retired_options: Collection[str]) -> Filled:
    """The question in a form. Words in other languages stay as they are. `retired_options`: ids of earlier versions."""
    wrong: dict[str, str] = {}
    text = _words(form, "words", before.text, language)
    if not text.get(language):
        wrong["words"] = "Write the question."
    asked = replace(before, text=text, sms_text=_words(form, "sms", before.sms_text, language))
    rows, condition = _condition(form, before, wrong)
    asked = replace(asked, show_if=condition, topic=form.get("topic") or None)
    if asked.kind is not Kind.NOTE:
        asked = replace(
            asked,
            hint=_words(form, "hint", before.hint, language),
            why=_words(form, "why", before.why, language),
            required="required" in form,
            sensitive="sensitive" in form,
        )
    asked = _of_its_kind(form, asked, language, retired_options, wrong)
    return Filled(asked, wrong, rows)


def _of_its_kind(
    form: Form, asked: Question, language: str, retired: Collection[str], wrong: dict[str, str]
) -> Question:
    match asked.kind:
        case Kind.SINGLE_CHOICE | Kind.MULTI_CHOICE | Kind.AGE_BAND:
            asked = _options(form, asked, language, retired, wrong)
            if asked.kind is Kind.MULTI_CHOICE:
                asked = replace(asked, max_choices=_whole(form, "max_choices", wrong))
            return asked if asked.kind is Kind.AGE_BAND else replace(asked, other="other" in form)
        case Kind.SCALE:
            return replace(
                asked,
                min=_whole(form, "min", wrong),
                max=_whole(form, "max", wrong),
                min_label=_words(form, "min_label", asked.min_label, language),
                max_label=_words(form, "max_label", asked.max_label, language),
            )
        case Kind.NUMBER:
            ends = {"min": _number(form, "min", wrong), "max": _number(form, "max", wrong)}
            return replace(asked, **ends, integer="integer" in form)  # type: ignore[arg-type]
        case Kind.TEXT:
            return replace(asked, max_length=_whole(form, "max_length", wrong))
        case _:
            return asked


def misfits(problems: Problems) -> dict[str, str]:
    """The faults of shape as sentences by field of the form."""
    wrong: dict[str, str] = {}
    for one in problems:
        name = re.split(r"[.\[]", one.place)[0]
        wrong.setdefault(_FIELD_OF_PLACE.get(name, name), sentence(one))
    return wrong


def _options(form: Form, asked: Question, language: str, retired: Collection[str], wrong: dict[str, str]) -> Question:
    """The rows of options in their order, then those that were written one on each line."""
    known = {option.id: option for option in asked.options}
    alone, options = set(form.getlist("option-alone")), []
    for option_id, words, sms in zip(
        form.getlist("option"), form.getlist("option-words"), form.getlist("option-sms"), strict=False
    ):
        if not re.fullmatch(ID.expression, option_id) or len(option_id) > ID.longest:
            continue
        # A row that was new when the form was shown again, or that somebody else removed meanwhile, is kept.
        option = known.get(option_id) or Option(option_id, {})
        if not clean(words):
            wrong["options"] = "Write words for each option, or press Remove beside it."
        exclusive = option_id in alone and asked.kind is Kind.MULTI_CHOICE
        options.append(
            replace(
                option,
                text=_put(option.text, language, clean(words)),
                sms_text=_put(option.sms_text, language, clean(sms)),
                exclusive=exclusive,
            )
        )
    return _with_more(replace(asked, options=tuple(options)), form.get("more", ""), language, retired)


def _with_more(question: Question, lines: str, language: str, retired: Collection[str]) -> Question:
    options = list(question.options)
    for line in clean(lines).splitlines()[:MOST_NEW_OPTIONS]:
        if not line.strip():
            continue
        taken = taken_options(replace(question, options=tuple(options)), retired)
        name = free_id(line, taken, "option")
        options.append(Option(name, {language: line.strip()}))
    return replace(question, options=tuple(options))


def _condition(form: Form, before: Question, wrong: dict[str, str]) -> tuple[Rows | None, Condition | None]:
    if "keep-condition" in form:
        return None, before.show_if
    chosen = zip(form.getlist("if"), form.getlist("if-number"), strict=False)
    rows = Rows(
        "any" if form.get("if-how") == "any" else "all", tuple(Row(one, number) for one, number in chosen if one)
    )
    condition = condition_from(rows)
    if isinstance(condition, str):
        wrong["condition"] = condition
        return rows, before.show_if
    return rows, condition


def _words(form: Form, name: str, before: Words, language: str) -> Words:
    return _put(before, language, clean(form.get(name, "")))


def _put(before: Words, language: str, words: str) -> Words:
    """The words in this language, the others as they were. Without any in the survey's own there are none."""
    others = {tag: text for tag, text in before.items() if tag != language}
    return {language: words, **others} if words else {}


def _number(form: Form, name: str, wrong: dict[str, str]) -> int | Decimal | None:
    typed = clean(form.get(name, ""))
    number = number_in(typed)
    if typed and number is None:
        wrong[name] = "Write a number, such as 10, or leave it empty."
    return number


def _whole(form: Form, name: str, wrong: dict[str, str]) -> int | None:
    number = _number(form, name, wrong)
    if isinstance(number, Decimal):
        wrong[name] = "Write a whole number, or leave it empty."
        return None
    return number
