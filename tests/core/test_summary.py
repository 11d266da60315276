"""What people said, counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from svvoice.core.summary import (
    Cell,
    QuestionSummary,
    Rate,
    fewer_than_1,
    in_100,
    more_than_99,
    rate,
    summarise,
    wilson,
)
from svvoice.core.survey import Kind, Option, Question


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(one, {"en": one.title()}) for one in ids)


USE = Question("use", Kind.SINGLE_CHOICE, {"en": "How often?"}, options=options("weekly", "monthly", "never"))
LIKE = Question("like", Kind.MULTI_CHOICE, {"en": "What?"}, options=options("trees", "buses", "none"))
SAFE = Question("safe", Kind.SCALE, {"en": "How safe?"}, min=1, max=4)
MINUTES = Question("minutes", Kind.NUMBER, {"en": "How many minutes?"})


def people(summary: QuestionSummary) -> dict[str, int]:
    return {cell.value: cell.people for cell in summary.cells}


def test_each_choice_is_a_cell_in_form_order_and_nobody_is_a_cell_too() -> None:
    assert summarise([USE], {"never": 3, "weekly": 12}) == QuestionSummary(
        "use",
        Kind.SINGLE_CHOICE,
        15,
        (
            Cell("weekly", 12, 12 / 15, *wilson(12, 15)),
            Cell("monthly", 0, 0.0, *wilson(0, 15)),
            Cell("never", 3, 3 / 15, *wilson(3, 15)),
        ),
    )


def test_choices_of_older_versions_come_last_and_still_count() -> None:
    older = Question("use", Kind.SINGLE_CHOICE, {"en": "How often?"}, options=options("daily", "weekly"))
    summary = summarise([older, USE], {"daily": 4, "weekly": 6})
    assert people(summary) == {"weekly": 6, "monthly": 0, "never": 0, "daily": 4}
    assert [cell.retired for cell in summary.cells] == [False, False, False, True]


def test_of_several_choices_people_count_once_for_each_tick_and_once_as_the_base() -> None:
    summary = summarise([LIKE], {"trees|buses": 4, "trees": 2, "none": 1})
    assert (summary.answered, people(summary)) == (7, {"trees": 6, "buses": 4, "none": 1})
    assert summary.cells[0].share == 6 / 7


def test_yes_and_no_stand_in_this_order() -> None:
    assert people(summarise([Question("near", Kind.YES_NO, {"en": "Near?"})], {"no": 3, "yes": 1})) == {
        "yes": 1,
        "no": 3,
    }


def test_a_scale_lists_all_its_points_and_has_a_mean_from_ten_answers_on() -> None:
    nine = summarise([SAFE], {"1": 3, "4": 6})
    ten = summarise([SAFE], {"1": 4, "4": 6})
    assert (people(nine), nine.mean) == ({"1": 3, "2": 0, "3": 0, "4": 6}, None)
    assert ten.mean == 2.8


def test_numbers_have_a_middle_and_quarters_but_never_a_lowest_or_highest() -> None:
    assert summarise([MINUTES], {"5": 1, "10": 2, "20": 1, "2.5": 1, "99": 0}) == QuestionSummary(
        "minutes",
        Kind.NUMBER,
        5,
        median=Decimal(10),
        lower_quarter=Decimal(5),
        upper_quarter=Decimal(10),
    )


def test_a_quarter_between_two_people_lies_on_the_way() -> None:
    summary = summarise([MINUTES], {"0": 1, "10": 1, "20": 1, "30": 1})
    assert (summary.lower_quarter, summary.median, summary.upper_quarter) == (
        Decimal("7.5"),
        Decimal(15),
        Decimal("22.5"),
    )


def test_districts_come_in_order_of_people_then_of_letters() -> None:
    where = Question("where", Kind.POSTCODE_DISTRICT, {"en": "Where?"})
    assert list(people(summarise([where], {"LS8": 2, "LS7": 5, "BD1": 2}))) == ["LS7", "BD1", "LS8"]


def test_written_answers_are_only_counted() -> None:
    words = Question("words", Kind.TEXT, {"en": "Anything else?"})
    assert summarise([words], {"more trees": 1, "less noise": 2}) == QuestionSummary("words", Kind.TEXT, 3)


def test_a_note_has_no_answers() -> None:
    with pytest.raises(ValueError, match="hello is a note"):
        summarise([Question("hello", Kind.NOTE, {"en": "Hello"})], {})


def test_the_limit_of_several_choices_is_that_of_the_version_that_allowed_most() -> None:
    two, three = (
        Question("like", Kind.MULTI_CHOICE, {}, options=options("a", "b", "c", "d"), max_choices=most)
        for most in (3, 2)
    )
    assert summarise([two, three], {}).most_ticks == 3
    assert summarise([two, LIKE], {}).most_ticks is None


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(199, 391, 0.4596, 0.5582), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_the_one_of_wilson(count: int, base: int, low: float, high: float) -> None:
    assert [round(end, 4) for end in wilson(count, base)] == [low, high]


def test_a_rate_of_nobody_says_nothing() -> None:
    assert rate(0, 0) == Rate(0, 0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("count", "base", "hundredths"),
    [(251, 398, 63), (29, 200, 15), (1, 8, 13), (0, 5, 0), (5, 5, 100), (1, 1000, 1), (999, 1000, 99), (1, 200, 1)],
)
def test_somebody_is_never_0_in_100_and_not_everybody_never_100(count: int, base: int, hundredths: int) -> None:
    assert in_100(count / base) == hundredths


def test_the_words_say_fewer_than_1_and_more_than_99_where_it_is_so() -> None:
    assert [fewer_than_1(share) for share in (0, 0.004, 0.005, 0.01)] == [False, True, False, False]
    assert [more_than_99(share) for share in (0.99, 0.994, 0.995, 0.999, 1)] == [False, False, True, True, False]
