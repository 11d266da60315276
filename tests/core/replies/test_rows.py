"""Replies from a table get the same verdicts, as plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from svvoice.core.replies.rows import read_row

WEEKLY = json.dumps(["Every week", "Every month", "Never"])
OBJECTS = json.dumps(
    [{"id": "w", "text": {"en": "Every week"}, "aliases": {"en": ["weekly"]}}, {"id": "n", "text": {"en": "Never"}}]
)


@pytest.mark.parametrize(
    ("language", "question_type", "options", "reply", "verdict"),
    [
        ("en", "yes_no", "", "yess", {"kind": "answer", "value": "yes"}),
        ("en", "single_choice", WEEKLY, "monthly? every month", {"kind": "reject", "reason": "no_match"}),
        ("en", "single_choice", WEEKLY, "every month", {"kind": "answer", "value": 2}),
        ("en", "single_choice", OBJECTS, "weekly", {"kind": "answer", "value": 1}),
        ("en", "multi_choice", WEEKLY, "3 1", {"kind": "answer", "value": [1, 3]}),
        ("cy", "scale_1_5", "", "4 allan o 5", {"kind": "answer", "value": 4}),
        ("pl", "scale_0_10", "", "dziesięć", {"kind": "answer", "value": 10}),
        ("pl", "number", "{}", "2,5", {"kind": "answer", "value": 2.5}),
        ("en", "number", '{"min": 1, "max": 5.5, "integer": true}', "6", {"kind": "reject", "reason": "out_of_range"}),
        ("en", "number", "", "1,200", {"kind": "answer", "value": 1200}),
        ("en", "postcode_district", "", "cf10 3at", {"kind": "answer", "value": "CF10"}),
        ("en", "age_band", '["Under 18", "18 or over"]', "44", {"kind": "answer", "value": 2}),
        ("en", "free_text", "", " More trees ", {"kind": "answer", "value": "More trees"}),
        ("en", "free_text", "[]", "STOP", {"kind": "command", "value": "stop"}),
        ("ur", "yes_no", "", "بند کریں", {"kind": "command", "value": "stop"}),
        ("en", "scale_1_5", "", "", {"kind": "reject", "reason": "empty"}),
        ("so", "scale_1_5", "", "٣", {"kind": "answer", "value": 3}),
    ],
)
def test_a_row_gets_its_verdict(
    language: str, question_type: str, options: str, reply: str, verdict: dict[str, Any]
) -> None:
    assert read_row(language, question_type, options, reply) == verdict
    assert json.loads(json.dumps(verdict)) == verdict


@pytest.mark.parametrize(
    ("language", "question_type", "options", "sentence"),
    [
        ("xx", "yes_no", "", "The language “xx” is not one of en, cy, pl, ro, ur, pa, bn, ar, so, pt, uk, lt."),
        ("en", "single_choice", "", "This question type needs options_json: a list of labels or of option objects."),
        ("en", "multi_choice", "[", "The options are not valid JSON."),
        ("en", "multi_choice", "[1]", "Option 1 is neither a label nor an option object."),
        ("en", "age_band", '[{"text": "x"}]', "The text of option 1 is an object of language and words."),
        ("en", "age_band", '[{"aliases": {"en": "x"}}]', "The aliases of option 1 are an object of lists of words."),
        ("en", "single_choice", '[{"id": "a"}, {"id": "a"}]', "Two options have the same id."),
        ("en", "number", "[1]", "The options of a number are an object with min, max and integer."),
        ("en", "number", '{"min": "1"}', "The min of a number is a number."),
        ("en", "number", '{"min": 2, "max": 1}', "The min of a number is above its max."),
        ("en", "number", '{"integer": 1}', "The integer of a number is true or false."),
    ],
)
def test_a_row_that_makes_no_sense_says_why(language: str, question_type: str, options: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + sentence.replace(".", r"\.") + "$"):
        read_row(language, question_type, options, "1")


def test_an_unknown_question_type_says_which_there_are() -> None:
    with pytest.raises(ValueError, match="The question type “note” is not one of yes_no, single_choice"):
        read_row("en", "note", "", "1")
