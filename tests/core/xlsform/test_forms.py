"""Forms as people have them: each comes in with a line for every loss, or says why not."""

from __future__ import annotations

import time

import pytest

from svvoice.core import xlsform
from svvoice.core.survey import All, Answered, AtLeast, AtMost, Includes, Is, Kind, Not, Question, Survey
from svvoice.core.xlsform import Imported, Refused
from tests.core.xlsform.accounts import unaccounted
from tests.core.xlsform.forms import IMPORTING, REFUSED, workbook

READ_WITHIN = 2.0
"""Seconds for a form of ordinary size."""


def imported(name: str) -> Imported:
    read = xlsform.read(workbook(IMPORTING[name]), file_name="a form")
    assert isinstance(read, Imported), [str(problem) for problem in read.problems]
    return read


def survey(name: str) -> Survey:
    return imported(name).document


def question(name: str, question_id: str) -> Question:
    found = survey(name).question(question_id)
    assert found is not None
    return found


def lines(name: str) -> list[str]:
    return [str(line) for line in imported(name).report]


@pytest.mark.parametrize("name", IMPORTING)
def test_a_form_comes_in_and_nothing_vanishes_without_a_line(name: str) -> None:
    began = time.monotonic()
    read = imported(name)
    assert time.monotonic() - began < READ_WITHIN
    assert unaccounted(IMPORTING[name], read) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_that_cannot_come_in_says_every_reason_with_its_row(name: str) -> None:
    form, reasons = REFUSED[name]
    read = xlsform.read(workbook(form), file_name="a form")
    assert isinstance(read, Refused)
    assert tuple(map(str, read.problems)) == reasons


def test_words_come_in_each_language_with_the_default_first() -> None:
    assert survey("two languages").languages == ("en", "cy")
    assert survey("Welsh first").languages == ("cy", "en")
    assert question("two languages", "more").hint == {"en": "Tick all", "cy": "Ticiwch"}


def test_a_label_that_the_default_language_lacks_is_stood_in_for_and_a_hint_is_not() -> None:
    assert question("hidden columns", "q3").text == {"en": "Et alors ?", "fr": "Et alors ?"}
    assert question("hidden columns", "q1").hint == {}
    assert "survey row 2: dropped: hint “Dites tout” in fr is left out: there is none in en" in lines("hidden columns")


def test_the_same_words_in_two_columns_count_once() -> None:
    assert question("plain and labelled", "q1").text == {"en": "Why?", "pl": "Dlaczego?"}


def test_a_list_that_says_yes_and_no_is_a_question_of_yes_or_no_whatever_its_names_are() -> None:
    assert [each.kind for each in survey("odd choices").asked] == [Kind.SINGLE_CHOICE, Kind.YES_NO, Kind.SINGLE_CHOICE]
    assert question("basic", "grow").show_if == Is("garden", ("yes",))


def test_names_are_tidied_and_conditions_follow_them() -> None:
    assert [each.id for each in survey("numbered choices").questions] == ["q1", "q2", "q2_2", "q3_comment"]
    assert question("numbered choices", "q1").choice_ids == ("o1", "o2", "minus_99", "o99")
    assert question("numbered choices", "q2").show_if == Is("q1", ("o1", "o2"))
    assert question("numbered choices", "q2_2").show_if == Not(Is("q1", ("o99",)))
    assert "choices row 4: changed: the name “-99” is now “minus_99”" in lines("numbered choices")


def test_the_condition_of_a_group_stands_at_each_of_its_questions() -> None:
    assert question("groups", "what").show_if == Is("work", ("yes",))
    assert question("groups", "hours").show_if == All((Is("work", ("yes",)), Answered("what", True)))
    assert question("groups", "end_words").show_if is None


def test_a_repeat_and_all_in_it_are_dropped() -> None:
    assert [each.id for each in survey("repeats").questions] == ["people", "thanks"]


def test_limits_come_out_of_constraints_and_ranges() -> None:
    limits = {each.id: (each.min, each.max) for each in survey("limits").questions}
    assert limits["visits"] == (0, 31)
    assert limits["adults"] == (1, 9)
    assert [float(end or 0) for end in limits["weight"]] == [0.5, 99.5]
    assert question("limits", "words").max_length == 140
    assert question("limits", "three").max_choices == 3
    assert [each.id for each in question("limits", "none_alone").options if each.exclusive] == ["none"]
    assert (question("limits", "happy").kind, limits["happy"]) == (Kind.SCALE, (0, 10))
    assert (question("limits", "percent").kind, limits["percent"]) == (Kind.NUMBER, (0, 100))


def test_forms_of_old_say_the_same_in_other_words() -> None:
    kinds = [(each.id, each.kind) for each in survey("old style").questions]
    assert kinds == [
        ("colour", Kind.SINGLE_CHOICE),
        ("second", Kind.SINGLE_CHOICE),
        ("hate", Kind.MULTI_CHOICE),
        ("why", Kind.TEXT),
        ("many", Kind.NUMBER),
        ("more", Kind.TEXT),
    ]
    assert question("old style", "why").show_if == Includes("hate", "blue")


def test_what_was_meant_but_cannot_be_kept_has_its_line() -> None:
    said = lines("limits")
    assert [line for line in said if line.startswith("survey row 6: dropped: the constraint “regex(")] != []
    assert "survey row 12: dropped: parameters “start=a” are not understood" in said
    assert "survey row 3: dropped: choice_filter “region=${region}” is left out" in lines("cascade")
    assert "survey row 2: dropped: required “${x} = 1” is left out: it can be skipped" in lines("plain and labelled")
    assert "survey row 2: dropped: media::image “face.png” is left out" in lines("marked up")
    assert "settings row 2: dropped: version “vQ3” is left out" in lines("Kobo")


def test_or_other_is_other_and_can_be_asked_about() -> None:
    assert question("other", "how").other
    assert question("other", "which").show_if == Is("how", ("other",))


def test_marks_of_other_programs_are_not_read_out_to_people() -> None:
    assert question("marked up", "hello").text == {"en": 'Hello\n…, this is "us".'}
    assert question("marked up", "red").text == {"en": "Careful"}


def test_logic_means_the_same_here() -> None:
    conditions = {each.id: each.show_if for each in survey("logic").questions}
    assert conditions["a"] == All((AtLeast("age", 18), AtMost("age", 65), Not(AtLeast("age", 65))))
    assert conditions["m"] == All((Is("a", ("yes",)), Is("age", (20, 30))))
    assert conditions["t1"] == All((Includes("m", "x"), Not(Includes("m", "y"))))
    assert conditions["t2"] == Answered("m", True)
    assert conditions["t3"] == Answered("t1", True)
    assert conditions["t4"] == Is("a", ("yes",))
    assert conditions["t5"] == All((AtLeast("age", 18), Not(AtMost("age", 18))))


def test_a_condition_that_cannot_be_kept_whole_is_left_out_whole() -> None:
    conditions = {each.id: each.show_if for each in survey("logic").questions}
    assert [conditions[f"bad{number}"] for number in range(1, 10)] == [None] * 9


def test_a_condition_that_our_checks_do_not_accept_is_left_out_and_told() -> None:
    assert (
        "survey row 3: dropped: the condition is left out, and the question is asked without it: "
        '"11" is never an answer to "happy".'
    ) in lines("never an answer")
    assert question("never an answer", "after").show_if is None


def test_the_address_comes_from_the_caller_the_form_or_the_file() -> None:
    content = workbook(IMPORTING["basic"])
    chosen = xlsform.read(content, "our-gardens")
    assert isinstance(chosen, Imported)
    assert chosen.document.slug == "our-gardens"
    assert survey("basic").slug == "gardens-v1"
    assert survey("dates").slug == "a-form"


def test_lines_stand_in_the_order_of_sheets_and_rows() -> None:
    rows = [(line.sheet, line.row) for line in imported("logic").report]
    sheets = ["settings", "survey", "choices"]
    assert rows == sorted(rows, key=lambda place: (sheets.index(place[0]), place[1]))
