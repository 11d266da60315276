"""The JSON Schema says of a document's shape what the reader says."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from svvoice.core.document import from_document, to_json
from svvoice.core.schema import schema
from svvoice.core.survey import Kind, Measure, Survey
from tests.core.made_surveys import surveys

SURVEYS = sorted((Path(__file__).parent.parent / "surveys").glob("*.json"))
VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _every_kind() -> Any:
    return json.loads(next(path for path in SURVEYS if path.stem == "every_kind").read_text())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


def test_the_schema_knows_every_kind_and_measure() -> None:
    question: Any = schema()["properties"]["questions"]["items"]["properties"]  # type: ignore[index]
    assert question["kind"] == {"enum": [str(kind) for kind in Kind]}
    assert question["measure"] == {"enum": [str(measure) for measure in Measure]}
    assert question["required"] == {"type": "boolean", "default": False}


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.stem)
def test_schema_and_reader_agree_on_every_example(path: Path) -> None:
    document = json.loads(path.read_text())
    assert VALIDATOR.is_valid(document) == isinstance(from_document(document), Survey)


def test_the_examples_hold_both_sound_and_broken_shapes() -> None:
    verdicts = {path.stem: VALIDATOR.is_valid(json.loads(path.read_text())) for path in SURVEYS}
    broken = {name: verdict for name, verdict in verdicts.items() if name.startswith("broken_")}
    assert broken == {
        "broken_conditions": True,
        "broken_sense": False,  # an unknown field
        "broken_shape": False,
    }
    assert all(verdict for name, verdict in verdicts.items() if name not in broken)


@settings(max_examples=30, deadline=None)
@given(surveys())
def test_every_survey_that_we_write_is_valid(survey: Survey) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(to_json(survey)))) == []


def _paths(value: object, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield before
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _paths(part, (*before, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _paths(part, (*before, number))


PATHS = [path for path in _paths(_every_kind()) if path]
# One path for each field: the same field of the next question or language says nothing new.
FIELDS = list({re.sub(r"\.(cy|ur|pl)\b|\d+", "*", ".".join(map(str, path))): path for path in PATHS}.values())

# Without line breaks: Python's `$` lets one pass at the end of a pattern, where JavaScript's does not.
STRANGE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from([10**12, 10**12 + 1, -(10**13), 0.5, 2.0, 1e300, 0, 32])
    | st.sampled_from(
        ["", "en", "EN", "pt-BR", "yes", "near", "PARK", "a__b", "a_", "text", "2026-02-28", "2026-02-29"]
    )
    | st.sampled_from(["x" * 200, "x" * 201, "x" * 2000, "x" * 2001, " a", "20260228"]),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(
            st.sampled_from(["en", "cy", "question", "is", "all", "not", "id", "text", "kind", "X"]), part
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), STRANGE)
def test_schema_and_reader_agree_on_a_document_with_one_strange_value(
    path: tuple[str | int, ...], value: object
) -> None:
    document = copy.deepcopy(_every_kind())
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert VALIDATOR.is_valid(document) == isinstance(from_document(document), Survey)


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_schema_and_reader_agree_on_what_may_be_left_out(path: tuple[str | int, ...]) -> None:
    document = copy.deepcopy(_every_kind())
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert VALIDATOR.is_valid(document) == isinstance(from_document(document), Survey)
