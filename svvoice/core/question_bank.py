"""The questions that come with the product, by everyday topic and by word; sources: `data/questions/README.md`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from svvoice.core.document_reading import from_document
from svvoice.core.survey import Question, Survey, Words

FOLDER = Path(__file__).resolve().parent.parent / "data" / "questions"
_OWN_FIELDS = ("group", "placeholders", "notes", "source")

GROUPS = {
    "voice": "Places and lives",
    "wellbeing": "Well-being",
    "quality": "About this survey",
    "follow-up": "What happens next",
    "about-you": "About the person",
}


@dataclass(frozen=True)
class BankQuestion:
    """One question of the bank. `placeholders` are the words in curly brackets that the author fills in."""

    question: Question
    group: str
    placeholders: tuple[str, ...]
    source: str
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        return self.question.text["en"]

    @property
    def searched(self) -> str:
        """Everything in which a word is looked for."""
        labels = " ".join(option.text.get("en", "") for option in self.question.options)
        return f"{self.words} {labels} {self.question.id.replace('_', ' ')}".casefold()


@dataclass(frozen=True)
class Topic:
    id: str
    label: str


@cache
def topics() -> tuple[Topic, ...]:
    """The everyday topics, in their order."""
    return tuple(Topic(one["id"], one["label"]) for one in _file("everyday-topics.json")["topics"])


@cache
def bank() -> tuple[BankQuestion, ...]:
    """Every question, in the order of the file."""
    return tuple(_read(entry) for entry in _file("question-bank.json")["questions"])


def search(topic: str = "", word: str = "") -> tuple[BankQuestion, ...]:
    """Those of a topic (or of a group, for questions without one) whose words hold every word asked for."""
    wanted = word.casefold().split()
    return tuple(
        one
        for one in bank()
        if topic in {"", one.question.topic, one.group} and all(each in one.searched for each in wanted)
    )


def called(question_id: str) -> BankQuestion | None:
    return next((one for one in bank() if one.question.id == question_id), None)


def filled(one: BankQuestion, words: Mapping[str, str]) -> Question:
    """The question with its placeholders filled in."""

    def fill(wording: Words) -> Words:
        return {language: _fill(text, words) for language, text in wording.items()}

    question = one.question
    options = tuple(
        replace(option, text=fill(option.text), sms_text=fill(option.sms_text)) for option in question.options
    )
    return replace(
        question, text=fill(question.text), sms_text=fill(question.sms_text), hint=fill(question.hint), options=options
    )


def _fill(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _read(entry: Mapping[str, Any]) -> BankQuestion:
    question = {name: value for name, value in entry.items() if name not in _OWN_FIELDS}
    read = from_document(
        {
            "svvoice": 1,
            "slug": "bank",
            "default_language": "en",
            "languages": ["en"],
            "title": {"en": "The question bank"},
            "questions": [question],
        }
    )
    if not isinstance(read, Survey):
        raise ValueError(f"{entry['id']}: {read[0].place} {read[0].code}")
    notes = tuple(f"{name}: {value}" for name, value in entry.get("notes", {}).items())
    names = tuple(name.strip("{}") for name in entry.get("placeholders", ()))
    return BankQuestion(read.questions[0], entry["group"], names, _source(entry["source"]), notes)


def _source(source: Mapping[str, str]) -> str:
    """Whose words they are, in one line; empty for our own."""
    return "" if source["wording"] == "ours" else ". ".join(source.values())


def _file(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
