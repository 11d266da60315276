"""Survey documents in and out: the same again both ways, and every fault by its place."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svvoice.core.document import from_document, from_json, parse, read_survey, to_document, to_json
from svvoice.core.json_text import BIGGEST_FILE, DEEPEST
from svvoice.core.problems import MOST_PROBLEMS, SENTENCES, Code, Problem, line, sentence
from svvoice.core.survey import AtLeast, Question, Survey
from tests.core.made_surveys import surveys

SURVEYS = Path(__file__).parent.parent / "surveys"
GOOD = ("tiny", "every_kind", "anonymous_youth")
BROKEN = ("broken_shape", "broken_sense", "broken_conditions")

TINY: dict[str, object] = {
    "svvoice": 1,
    "slug": "park",
    "default_language": "en",
    "languages": ["en"],
    "title": {"en": "Your park"},
    "questions": [{"id": "near", "kind": "yes_no", "text": {"en": "Do you live near the park?"}}],
}


def _file(name: str) -> bytes:
    return (SURVEYS / f"{name}.json").read_bytes()


def _faults(text: bytes) -> list[tuple[str, Code]]:
    found = read_survey(text)
    return [] if isinstance(found, Survey) else [(problem.place, problem.code) for problem in found]


def _with(**fields: object) -> bytes:
    return json.dumps({**TINY, **fields}).encode()


def _tree(depth: int) -> object:
    return {"any": [_tree(depth - 1)] * 15} if depth else {"question": "nobody", "is": ["x"]}


def _question(**fields: object) -> bytes:
    return _with(questions=[{"id": "near", "kind": "yes_no", "text": {"en": "Near?"}, **fields}])


@pytest.mark.parametrize("name", GOOD)
def test_a_file_comes_out_as_it_went_in(name: str) -> None:
    survey = read_survey(_file(name))
    assert isinstance(survey, Survey)
    assert to_json(survey).encode() == _file(name)


@pytest.mark.parametrize("name", GOOD)
def test_a_survey_comes_back_as_it_was(name: str) -> None:
    survey = read_survey(_file(name))
    assert isinstance(survey, Survey)
    assert read_survey(to_json(survey).encode()) == survey
    assert from_document(to_document(survey)) == survey


@settings(max_examples=60, deadline=None)
@given(surveys())
def test_any_survey_comes_back_as_it_was(survey: Survey) -> None:
    text = to_json(survey)
    again = read_survey(text.encode())
    assert again == survey
    assert from_document(json.loads(text)) == survey
    assert to_json(survey) == to_json(again if isinstance(again, Survey) else survey)


def test_a_draft_without_questions_can_be_kept_but_not_imported() -> None:
    draft = from_document({**TINY, "questions": [], "title": {"en": ""}})
    assert isinstance(draft, Survey)
    assert from_json(to_json(draft)) == draft
    assert _faults(to_json(draft).encode()) == [
        ("title.en", Code.NO_DEFAULT_WORDS),
        ("questions", Code.NOTHING_ASKED),
    ]


def test_a_kept_document_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(ValueError, match="missing"):
        from_json("{}")


def test_fields_stand_in_the_order_of_the_document_and_defaults_are_left_out() -> None:
    document = dict(reversed(TINY.items())) | {"promise": "private", "tell_back": False, "intro": {}}
    survey = from_document(document)
    assert isinstance(survey, Survey)
    assert json.dumps(to_document(survey)) == json.dumps(TINY)


def test_decimals_are_exact_and_whole_numbers_are_whole() -> None:
    question = {"id": "n", "kind": "number", "text": {"en": "How many?"}, "min": 0.1, "max": 4.0}
    survey = read_survey(_with(questions=[question]))
    assert isinstance(survey, Survey)
    assert survey.questions == (
        Question(survey.questions[0].id, survey.questions[0].kind, {"en": "How many?"}, min=Decimal("0.1"), max=4),
    )
    assert isinstance(survey.questions[0].max, int)
    assert '"min": 0.1,' in to_json(survey)


def test_a_file_from_a_windows_editor_may_begin_with_a_byte_order_mark() -> None:
    assert read_survey(b"\xef\xbb\xbf" + _file("tiny")) == read_survey(_file("tiny"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", Problem("", Code.NOT_JSON, {"why": "Expecting value", "line": 1, "column": 1})),
        (
            b'{"a": 1,}',
            Problem(
                "", Code.NOT_JSON, {"why": "Expecting property name enclosed in double quotes", "line": 1, "column": 9}
            ),
        ),
        (b"\xff{}", Problem("", Code.NOT_UTF8)),
        (b'{"a": NaN}', Problem("", Code.BAD_NUMBER, {"value": "NaN"})),
        (b'{"a": -Infinity}', Problem("", Code.BAD_NUMBER, {"value": "-Infinity"})),
        (b'{"a": 1e999999999999999999999}', Problem("", Code.BAD_NUMBER, {"value": "1e999999999999999999999"})),
        (b'{"a": 1e-400}', Problem("", Code.BAD_NUMBER, {"value": "1e-400"})),
        (b"1" * 101, Problem("", Code.BAD_NUMBER, {"value": "1" * 40})),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), Problem("", Code.TOO_DEEP, {"most": DEEPEST})),
        (b"[" * 200_000, Problem("", Code.TOO_DEEP, {"most": DEEPEST})),
        (b" " * (BIGGEST_FILE + 1), Problem("", Code.TOO_BIG, {"most": BIGGEST_FILE})),
        (b'{"a": {"b": 1, "c": 2, "b": 3}}', Problem("a.b", Code.REPEATED_KEY, {"field": "b"})),
        (b'{"a": ["x", "y\\u0000"]}', Problem("a[1]", Code.BAD_CHARACTER, {"character": "U+0000"})),
        (b'{"a": "\\ud83d"}', Problem("a", Code.BAD_CHARACTER, {"character": "U+D83D"})),
        (b'{"\\udc00": 1}', Problem('"\\udc00"', Code.BAD_CHARACTER, {"character": "U+DC00"})),
        (b'{"a": "\\u001b[2J"}', Problem("a", Code.BAD_CHARACTER, {"character": "U+001B"})),
    ],
    ids=range(16),
)
def test_a_file_that_is_not_sound_json_is_refused(text: bytes, problem: Problem) -> None:
    assert parse(text) == (problem,)
    found = read_survey(text)
    assert not isinstance(found, Survey)
    assert found[0] == problem


def test_sound_json_is_read_with_exact_decimals() -> None:
    assert parse('{"a": [0.1, 1, true, null, "ŵ😀\\n"]}'.encode()) == {"a": [Decimal("0.1"), 1, True, None, "ŵ😀\n"]}


def test_small_faults_of_json_are_told_together_with_the_rest() -> None:
    text = _with(slug="A").replace(b'"title"', b'"title": {"en": "Park"}, "title"')
    assert _faults(text) == [("title", Code.REPEATED_KEY), ("slug", Code.BAD_SLUG)]


BROKEN_SHAPE = [
    ("svvoice", "unknown_version"),
    ("questons", "unknown_field"),
    ("slug", "bad_slug"),
    ("default_language", "missing"),
    ("languages[1]", "bad_language"),
    ("title", "not_words"),
    ("keyword", "bad_keyword"),
    ("promise", "not_one_of"),
    ("opens", "not_a_day"),
    ("questions[0].id", "bad_id"),
    ("questions[0].kind", "not_one_of"),
    ("questions[0].text.english", "bad_language"),
    ("questions[0].required", "not_a_flag"),
    ("questions[1]", "not_an_object"),
    ("questions[2].text.en", "not_text"),
    ("questions[2].options[0].txt", "unknown_field"),
    ("questions[2].options[0].text", "missing"),
    ("questions[2].options[1].text.en", "too_long"),
    ("questions[2].options[1].aliases.en", "not_a_list"),
    ("questions[2].max_choices", "out_of_range"),
    ("questions[2].min", "not_a_number"),
    ("questions[3].max_label", "not_words"),
    ("questions[3].show_if.is", "not_a_list"),
    ("questions[3].measure", "not_one_of"),
    ("questions[3].informs[0]", "bad_code"),
    ("questions[4].max_length", "not_whole"),
    ("questions[4].show_if.all[0]", "several_rules"),
    ("questions[4].show_if.all[1].question", "bad_id"),
    ("questions[4].show_if.all[1].at_least", "not_a_number"),
    ("questions[4].show_if.all[2].questions", "unknown_field"),
    ("questions[4].show_if.all[2]", "not_a_condition"),
    ("questions[4].show_if.all[3].any", "too_few"),
    ("languages[2]", "repeated_language"),
]


def test_every_fault_of_shape_is_told_and_none_that_only_follows_from_another() -> None:
    assert _faults(_file("broken_shape")) == BROKEN_SHAPE


@pytest.mark.parametrize("document", [None, [], "park", 3, True])
def test_a_document_is_an_object(document: object) -> None:
    assert from_document(document) == (
        Problem("", Code.NOT_AN_OBJECT),
        Problem("svvoice", Code.MISSING),
    )


@pytest.mark.parametrize("version", [None, 0, 2, "1", True, [1]])
def test_other_versions_are_refused(version: object) -> None:
    assert _faults(_with(svvoice=version)) == [("svvoice", Code.UNKNOWN_VERSION)]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"slug": "a--b"}, ("slug", Code.BAD_SLUG)),
        ({"slug": "a\n"}, ("slug", Code.BAD_SLUG)),
        ({"keyword": "AB"}, ("keyword", Code.BAD_KEYWORD)),
        ({"keyword": "1PARK"}, ("keyword", Code.BAD_KEYWORD)),
        ({"keyword": "PARKPARKPARKP"}, ("keyword", Code.BAD_KEYWORD)),
        ({"languages": []}, ("languages", Code.TOO_FEW)),
        ({"languages": ["en", 3]}, ("languages[1]", Code.NOT_TEXT)),
        ({"questions": []}, ("questions", Code.NOTHING_ASKED)),
        ({"questions": {}}, ("questions", Code.NOT_A_LIST)),
        ({"closes": "2026-1-1"}, ("closes", Code.NOT_A_DAY)),
        ({"closes": 2026}, ("closes", Code.NOT_A_DAY)),
        ({"tell_back": 1}, ("tell_back", Code.NOT_A_FLAG)),
        ({"audience": 18}, ("audience", Code.NOT_TEXT)),
        ({"thanks": {"en": "x" * 2001}}, ("thanks.en", Code.TOO_LONG)),
        ({"version": 3}, ("version", Code.UNKNOWN_FIELD)),
    ],
)
def test_a_field_of_the_survey_that_does_not_fit(fields: Mapping[str, object], fault: tuple[str, Code]) -> None:
    assert _faults(_with(**fields)) == [fault]


def test_too_many_questions_options_and_letters() -> None:
    question = {"kind": "yes_no", "text": {"en": "Near?"}}
    questions = [{"id": f"q{number}", **question} for number in range(101)]
    assert _faults(_with(questions=questions)) == [("questions", Code.TOO_MANY)]
    options = [{"id": f"o{number}", "text": {"en": f"Option {number}"}} for number in range(31)]
    assert _faults(_question(kind="single_choice", options=options)) == [("questions[0].options", Code.TOO_MANY)]
    assert _faults(_question(text={"en": "x" * 2001})) == [("questions[0].text.en", Code.TOO_LONG)]


def test_a_misspelt_field_comes_with_the_one_that_was_meant() -> None:
    (problem,) = from_document({**TINY, "keywrod": "PARK"})  # type: ignore[misc]
    assert problem == Problem("keywrod", Code.UNKNOWN_FIELD, {"field": "keywrod", "perhaps": "keyword"})
    assert line(problem) == 'keywrod: There is no field called "keywrod" here. Did you mean "keyword"?'


def test_a_misspelt_kind_comes_with_the_one_that_was_meant() -> None:
    (problem,) = read_survey(_question(kind="single_choise"))  # type: ignore[misc]
    assert sentence(problem).endswith('Did you mean "single_choice"?')


def test_conditions_of_every_form_are_read() -> None:
    survey = read_survey(_file("every_kind"))
    assert isinstance(survey, Survey)
    by_id = {question.id: question.show_if for question in survey.questions}
    assert by_id["miles"] == AtLeast("minutes", Decimal("30.5"))
    rules = json.dumps(to_document(survey))
    for rule in ("is", "at_least", "at_most", "includes", "answered", "all", "any", "not"):
        assert f'"{rule}": ' in rules


def test_a_fault_is_one_line_however_long_or_strange_the_value() -> None:
    for problem in _problems(_with(slug="a\nb" * 100, **{"key\nwith\u202eline": 1})):
        assert "\n" not in line(problem)
        assert len(line(problem)) < 400


@pytest.mark.parametrize("name", BROKEN)
def test_every_fault_has_a_whole_sentence(name: str) -> None:
    for problem in _problems(_file(name)):
        text = sentence(problem)
        assert text[-1] in ".?}]", text
        assert "%(" not in text


TIRESOME = {
    "many questions": _with(questions=[{}] * 60_000),
    "many options": _question(kind="single_choice", options=[{}] * 60_000),
    "many fields": json.dumps({**TINY, **{f"fiel{number}": 1 for number in range(30_000)}}).encode(),
    "many languages": _question(hint={f"x{number}": "" for number in range(30_000)}),
    "many values": _question(show_if={"question": "near", "is": [0.5] * 60_000}),
    "many conditions": _question(show_if={"all": [{"nots": 1}] * 40_000}),
    "many control letters": _with(title={"en": "\0" * 60_000}),
    "a tree of conditions": _question(show_if=_tree(4)),
}


@pytest.mark.parametrize("name", TIRESOME)
def test_a_tiresome_file_is_refused_soon(name: str) -> None:
    begun = time.process_time()
    problems = _problems(TIRESOME[name])
    assert time.process_time() - begun < 5
    assert 0 < len(problems) <= 2 * MOST_PROBLEMS


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=10), children, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*TINY, "intro", "keyword", "opens", "promise"]), JSON))
def test_whatever_stands_in_a_file_there_is_an_answer(fields: dict[str, object]) -> None:
    text = json.dumps({**TINY, **fields}).encode()
    found = read_survey(text)
    if isinstance(found, Survey):
        assert read_survey(to_json(found).encode()) == found
    else:
        assert all(isinstance(problem, Problem) and line(problem) for problem in found)


@given(st.binary(max_size=60))
def test_no_bytes_are_too_strange(text: bytes) -> None:
    assert not isinstance(read_survey(text), Survey)


def _problems(text: bytes) -> tuple[Problem, ...]:
    found = read_survey(text)
    assert not isinstance(found, Survey)
    return found
