"""What a change to a published survey means: told apart by kind, with what each does to people, answers and results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from svvoice.core.drafting import called
from svvoice.core.survey import Kind, Option, Question, Survey, Words


class Change(StrEnum):
    """How a survey differs from its published version."""

    WORDING = "wording"
    OPTION_ADDED = "option_added"
    OPTION_RETIRED = "option_retired"
    OPTIONS_MOVED = "options_moved"
    QUESTION_ADDED = "question_added"
    QUESTION_RETIRED = "question_retired"
    QUESTIONS_MOVED = "questions_moved"
    PATH = "path"
    HOW_IT_IS_ASKED = "how_it_is_asked"
    SURVEY = "survey"
    MEANING = "meaning"


@dataclass(frozen=True)
class Effects:
    """One sentence each, for staff."""

    name: str
    people: str
    answers: str
    results: str
    exports: str


_FINISH = (
    "People who have begun finish on the version that they began. Whoever begins after you publish meets the new one."
)
_STAY = "Every answer stays."

EFFECTS: Mapping[Change, Effects] = {
    Change.WORDING: Effects(
        "Better words",
        _FINISH,
        f"{_STAY} Old and new answers are counted together, so both wordings must ask the same thing.",
        "Shown under the new words.",
        "The same column. The codebook keeps the words of each version.",
    ),
    Change.OPTION_ADDED: Effects(
        "A new option",
        _FINISH,
        f"{_STAY} Nobody who answered before could choose it.",
        "It is counted from now on; say so when you compare it with the others.",
        "A question with several choices gets one more column. Others get one more value.",
    ),
    Change.OPTION_RETIRED: Effects(
        "An option retired",
        _FINISH,
        f"{_STAY} Those who chose it stay counted as they were.",
        "It is still shown, with those who chose it.",
        "Its column and its value stay, since they come from all versions.",
    ),
    Change.OPTIONS_MOVED: Effects(
        "Options in another order",
        f"{_FINISH} By text the numbers change with the order.",
        _STAY,
        "Shown in the new order.",
        "Nothing changes: columns and values go by ids.",
    ),
    Change.QUESTION_ADDED: Effects(
        "A new question",
        f"{_FINISH} Those who have begun are not asked it.",
        _STAY,
        "It is counted from now on, with fewer people than the others.",
        "New columns; they are empty for everybody of an earlier version.",
    ),
    Change.QUESTION_RETIRED: Effects(
        "A question retired",
        f"{_FINISH} Those who have begun are still asked it.",
        _STAY,
        "It leaves the page of results. Findings that were made of it stay as they are.",
        "Its columns stay, since they come from all versions.",
    ),
    Change.QUESTIONS_MOVED: Effects(
        "Questions in another order",
        _FINISH,
        _STAY,
        "Shown in the new order.",
        "The same columns, perhaps in another order.",
    ),
    Change.PATH: Effects(
        "Who is asked it",
        _FINISH,
        _STAY,
        "Counted among those who were asked; that group changes from now on.",
        "The same columns.",
    ),
    Change.HOW_IT_IS_ASKED: Effects(
        "How it is asked",
        _FINISH,
        f"{_STAY} They are not checked against a new limit.",
        "Counted together with the earlier answers.",
        "The same columns.",
    ),
    Change.SURVEY: Effects("The survey's own words and days", _FINISH, _STAY, "Nothing changes.", "Nothing changes."),
    Change.MEANING: Effects(
        "Another meaning",
        "People would be counted together who were asked different things.",
        "Answers given before would be read as answers to something else.",
        "The numbers would be wrong.",
        "One column would hold two different things.",
    ),
}


@dataclass(frozen=True)
class Found:
    """One difference. `about`: the words it is about; `detail`: what exactly, in a sentence, where it helps."""

    change: Change
    question: str = ""
    about: str = ""
    detail: str = ""

    @property
    def effects(self) -> Effects:
        return EFFECTS[self.change]

    @property
    def is_refused(self) -> bool:
        return self.change is Change.MEANING

    @property
    def needs_a_word(self) -> bool:
        """Somebody has to say that it still asks the same thing: no program can know."""
        return self.change is Change.WORDING


def changes_between(before: Survey, after: Survey, earlier: Mapping[str, Question] | None = None) -> tuple[Found, ...]:
    """Everything in which `after` differs from the published `before`.

    `earlier` holds the questions of versions before that one, by id, so that a retired id does not come back as
    something else.
    """
    known = {**(earlier or {}), **{one.id: one for one in before.questions}}
    return (*_survey(before, after), *_questions(before, after, known))


def refused(found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(one for one in found if one.is_refused)


def of_versions(versions: Sequence[Survey]) -> dict[str, Question]:
    """Every question that was ever published, each as it stood last; versions oldest first."""
    return {question.id: question for version in versions for question in version.questions}


def options_of_versions(versions: Sequence[Survey]) -> dict[str, frozenset[str]]:
    """The ids of all options that each question ever had."""
    found: dict[str, frozenset[str]] = {}
    for question in (question for version in versions for question in version.questions):
        found[question.id] = found.get(question.id, frozenset()) | {option.id for option in question.options}
    return found


def _survey(before: Survey, after: Survey) -> Iterator[Found]:
    if before.promise is not after.promise:
        yield Found(
            Change.MEANING, about="What you promise", detail="People answered under another promise. Make a copy."
        )
    fields = (
        "title",
        "intro",
        "sms_intro",
        "thanks",
        "keyword",
        "opens",
        "closes",
        "tell_back",
        "languages",
        "audience",
    )
    if any(getattr(before, name) != getattr(after, name) for name in fields):
        yield Found(Change.SURVEY, about="The survey itself")


def _questions(before: Survey, after: Survey, known: Mapping[str, Question]) -> Iterator[Found]:
    then, now = [one.id for one in before.questions], [one.id for one in after.questions]
    for question in after.questions:
        if question.id in known and question.id in then:
            yield from question_changes(known[question.id], question, after)
        elif question.id in known:
            meaning = [one for one in question_changes(known[question.id], question, after) if one.is_refused]
            yield from meaning or [Found(Change.QUESTION_ADDED, question.id, called(after, question))]
        else:
            yield Found(Change.QUESTION_ADDED, question.id, called(after, question))
    for question in before.questions:
        if question.id not in now:
            yield Found(Change.QUESTION_RETIRED, question.id, called(before, question))
    if [one for one in then if one in now] != [one for one in now if one in then]:
        yield Found(Change.QUESTIONS_MOVED, about="The order of the questions")


def question_changes(old: Question, new: Question, survey: Survey) -> Iterator[Found]:
    """How one question differs from its published form; `survey` says in which language its words are compared."""
    about, language = called(survey, new), survey.default_language
    for detail in _other_meaning(old, new, language):
        yield Found(Change.MEANING, new.id, about, detail)
    if _differs(old.text, new.text, language) or _differs(old.sms_text, new.sms_text, language):
        yield Found(Change.WORDING, new.id, about, _how_words_changed(old.text, new.text, language))
    yield from _options(old, new, about, language)
    if old.show_if != new.show_if:
        yield Found(Change.PATH, new.id, about)
    fields = ("hint", "why", "max_choices", "integer", "max_length", "required", "sensitive", "topic", "informs")
    limits = old.kind is new.kind is Kind.NUMBER and (old.min, old.max) != (new.min, new.max)
    if limits or any(getattr(old, name) != getattr(new, name) for name in fields):
        yield Found(Change.HOW_IT_IS_ASKED, new.id, about)


def _options(old: Question, new: Question, about: str, language: str) -> Iterator[Found]:
    then, now = {one.id: one for one in old.choices}, {one.id: one for one in new.choices}
    for option in new.choices:
        if option.id not in then:
            yield Found(Change.OPTION_ADDED, new.id, about, f"“{_label(option, language)}”")
        elif _differs(then[option.id].text, option.text, language):
            detail = f"“{_label(then[option.id], language)}” becomes “{_label(option, language)}”"
            yield Found(Change.WORDING, new.id, about, detail)
    for option in old.choices:
        if option.id not in now:
            yield Found(Change.OPTION_RETIRED, new.id, about, f"“{_label(option, language)}”")
    if [one for one in then if one in now] != [one for one in now if one in then]:
        yield Found(Change.OPTIONS_MOVED, new.id, about)


def _other_meaning(old: Question, new: Question, language: str) -> Iterator[str]:
    """What a program can know to be another meaning, each with its reason."""
    if old.kind is not new.kind:
        yield "It is answered in another way."
    elif old.kind is Kind.SCALE and old.points != new.points:
        yield "The scale has other ends, so a 5 is no longer the same 5."
    if old.kind is Kind.SCALE and _swapped(old.min_label, old.max_label, new.min_label, new.max_label, language):
        yield "The two ends of the scale have changed places."
    if old.measure is not new.measure and old.measure is not None:
        yield "Results know this question by what it measures."
    by_label = {_plain(_label(option, language)): option.id for option in old.options}
    for option in new.options:
        had = by_label.get(_plain(_label(option, language)))
        if had not in {None, option.id} and old.choice(option.id) is not None:
            yield f"“{_label(option, language)}” was another option before. Move options instead of writing over them."


def _swapped(low: Words, high: Words, new_low: Words, new_high: Words, language: str) -> bool:
    then, now = (low.get(language, ""), high.get(language, "")), (new_low.get(language, ""), new_high.get(language, ""))
    return all(then) and then[0] != then[1] and then == now[::-1]


_DENIALS = frozenset(("not", "no", "never", "none", "without", "isn't", "don't", "doesn't", "can't", "won't"))
_ALIKE = 0.6


def _how_words_changed(old: Words, new: Words, language: str) -> str:
    """A warning where the words look like another question."""
    before, after = old.get(language, ""), new.get(language, "")
    if len(_DENIALS & set(_said(before))) != len(_DENIALS & set(_said(after))):
        return "A word such as “not” came or went: this may turn the question round."
    if before and SequenceMatcher(None, _said(before), _said(after)).ratio() < _ALIKE:
        return "Most of the words are others now. Is it still the same question?"
    return ""


def _said(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold().replace("’", "'"))


def _plain(text: str) -> str:
    return " ".join(_said(text)) or text


def _label(option: Option, language: str) -> str:
    return option.text.get(language, "") or option.id


def _differs(old: Words, new: Words, language: str) -> bool:
    return old.get(language, "").strip() != new.get(language, "").strip()
