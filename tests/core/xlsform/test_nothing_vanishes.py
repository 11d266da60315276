"""Whatever a form holds: its questions, options, languages and conditions come in, or a line says where they went."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svvoice.core import xlsform
from svvoice.core.xlsform import Imported, Outcome, Refused
from tests.core.xlsform.accounts import unaccounted
from tests.core.xlsform.forms import BASIC, Form, Row, workbook

TYPES = (
    *(
        "text",
        "integer",
        "decimal",
        "range",
        "note",
        "date",
        "acknowledge",
        "geopoint",
        "calculate",
        "nonsense",
        " TEXT ",
    ),
    *("select_one two", "select_one yn", "select_multiple many", "select_multiple two or_other", "rank many"),
    *("select_one huge", "select_one single", "select_one_from_file x.csv", None, "start"),
)
NAMES = ("a", "b", "c", "A b", "1", "status", "ünï", "a_very_long_name_that_no_id_can_be_at_all", None)
CONDITIONS = (
    *(None, None, None, "${a} = 'yes'", "${b} > 3", "selected(${a}, 'x')", "${a} != ''", "not(${b} = 1)", "${c} = 'x'"),
    *("${a} = 'x' or ${b} = 'x'", "${a} = 'x' and ${b} + 1 = 2", "${nobody} = 1", "count-selected(${a}) > 0", "((("),
)
LABELS = ("Why?", "What <b>else</b>?", "And ${a}?", None, "=1+1", "ہاں", "x" * 200)
LANGUAGES = ("", "::English (en)", "::Cymraeg (cy)", "::polski", "::Klingon")

CHOICES: list[Row] = [
    *(["two", "x", "Ex"], ["two", "Y y", "Why"]),
    *(["yn", 1, "Yes"], ["yn", 0, "No"]),
    *(["many", "x", "Ex"], ["many", "x", "Ex again"], ["many", None, "No name"], ["many", "bare", None]),
    *(["huge", number, f"Number {number} of many"] for number in range(40)),
    ["single", "ok", "I agree"],
    [None, "stray", "Stray"],
]


@st.composite
def forms(draw: st.DrawFn) -> Form:
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    rows: list[Row] = [["type", "name", "relevant", "required", "default", *(f"label{each}" for each in languages)]]
    for _ in range(draw(st.integers(1, 8))):
        rows += draw(sections(len(languages)))
    rows.append(["text", "last", None, None, None, *(["Anything else?"] * len(languages))])
    choices = [["list_name", "name", f"label{languages[0]}"], *CHOICES]
    return Form(rows, choices, draw(st.sampled_from([(), [["form_title", "default_language"], ["T", "Cymraeg (cy)"]]])))


@st.composite
def sections(draw: st.DrawFn, languages: int) -> list[Row]:
    """One row, or a group or repeat of a few."""
    rows: list[Row] = [draw(lines(languages)) for _ in range(draw(st.integers(1, 3)))]
    kind = draw(st.sampled_from((None, None, "group", "repeat")))
    if kind is None:
        return rows
    begin: Row = [f"begin {kind}", "g", draw(st.sampled_from(CONDITIONS)), None, None, draw(st.sampled_from(LABELS))]
    return [begin, *rows, [f"end {kind}"]]


@st.composite
def lines(draw: st.DrawFn, languages: int) -> Row:
    type_, name, condition = (draw(st.sampled_from(of)) for of in (TYPES, NAMES, CONDITIONS))
    labels = [draw(st.sampled_from(LABELS)) for _ in range(languages)]
    # A row with nothing in it at all is no row.
    return [
        type_,
        name or ("n" if type_ is None else None),
        condition,
        draw(st.sampled_from(("yes", None, "maybe"))),
        None,
        *labels,
    ]


@settings(max_examples=80, deadline=None)
@given(forms())
def test_no_question_option_language_or_condition_vanishes_without_a_line(form: Form) -> None:
    read = xlsform.read(workbook(form), "made-up")
    if isinstance(read, Refused):
        assert all(problem.sentence for problem in read.problems)
        assert read.problems
    else:
        assert unaccounted(form, read) == []


@settings(max_examples=30, deadline=None)
@given(forms())
def test_what_came_in_goes_out_and_comes_in_again_the_same(form: Form) -> None:
    read = xlsform.read(workbook(form), "made-up")
    if isinstance(read, Imported):
        again = xlsform.read(xlsform.write(read.document, lambda language: lambda words: words))
        assert isinstance(again, Imported)
        assert again.document == read.document
        assert {line.outcome for line in again.report} == {Outcome.KEPT}


def test_an_account_notices_what_is_missing() -> None:
    read = xlsform.read(workbook(BASIC))
    assert isinstance(read, Imported)
    silent = Imported(read.document, ())
    without = Form([*BASIC.survey, ["text", "lost", "Lost?", None, None, "${garden} = 'no'"]], BASIC.choices)
    assert unaccounted(without, read) != []
    assert unaccounted(BASIC, silent) != []
