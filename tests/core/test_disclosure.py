"""Small numbers are hidden, and what would give them away with them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from svvoice.core.disclosure import (
    Group,
    Hidden,
    PublicCell,
    PublicSummary,
    Shown,
    ShownSummary,
    Split,
    Why,
    in_fives,
    more_than,
    public,
    public_cut,
    shown,
    shown_rate,
    sizes_shown,
    split_by,
)
from svvoice.core.summary import QuestionSummary, rate, summarise
from svvoice.core.survey import Kind, Option, Question

FEWER, COMPANION = Why.FEWER_THAN_10, Why.COMPANION

LETTERS = tuple(Option(letter, {"en": letter}) for letter in "abcde")
SAFE = Question("safe", Kind.SINGLE_CHOICE, {"en": "How safe?"}, options=LETTERS)
LIKE = Question("like", Kind.MULTI_CHOICE, {"en": "What?"}, options=LETTERS[:3])
POINTS = Question("points", Kind.SCALE, {"en": "How much?"}, min=1, max=3)


def one(*people: int) -> QuestionSummary:
    return summarise([SAFE], dict(zip("abcde", people, strict=True)))


def together(groups: Mapping[str, QuestionSummary]) -> QuestionSummary:
    return one(*(sum(column) for column in zip(*([c.people for c in g.cells] for g in groups.values()), strict=True)))


def numbers(summary: ShownSummary | None) -> list[int | Why]:
    assert summary is not None
    return [cell.number.people if isinstance(cell.number, Shown) else cell.number.reason for cell in summary.cells]


def split(groups: Mapping[str, QuestionSummary], **how: bool) -> Split:
    return split_by("language", together(groups), groups, **{"sensitive": False, **how})  # type: ignore[arg-type]


def test_a_question_is_hidden_whole_until_ten_have_answered_it() -> None:
    assert shown(one(4, 5, 0, 0, 0), sensitive=False).answered == Hidden(FEWER)
    assert numbers(shown(one(4, 5, 0, 0, 0), sensitive=False)) == [FEWER] * 5


def test_an_ordinary_question_over_all_hides_no_cell() -> None:
    assert numbers(shown(one(7, 3, 0, 0, 0), sensitive=False)) == [7, 3, 0, 0, 0]


def test_a_sensitive_question_hides_small_cells_over_all_with_a_companion() -> None:
    assert numbers(shown(one(60, 40, 22, 30, 4), sensitive=True)) == [60, 40, COMPANION, 30, FEWER]


def test_small_cells_that_hide_one_another_need_no_companion() -> None:
    assert numbers(shown(one(15, 15, 3, 3, 3), sensitive=True)) == [15, 15, FEWER, FEWER, FEWER]


def test_all_but_a_few_is_as_telling_as_a_few() -> None:
    near = summarise([Question("near", Kind.YES_NO, {"en": "Near?"})], {"yes": 388, "no": 3})
    assert numbers(shown(near, sensitive=True)) == [COMPANION, FEWER]


def test_where_reasons_would_tell_too_much_all_say_the_same() -> None:
    assert sizes_shown({"en": 200, "ur": 12, "pl": 4}) == {
        "en": Shown(200, *(lambda r: (r.share, r.low, r.high))(rate(200, 216))),
        "ur": Hidden(COMPANION),
        "pl": Hidden(COMPANION),  # "fewer than 10" would say that the other one is 10 or more, so this one 0 to 6
    }


def test_ages_are_groups_so_their_sizes_are_hidden_like_those_of_groups() -> None:
    age = Question("age", Kind.AGE_BAND, {"en": "Age?"}, options=LETTERS[:4])
    ages = summarise([age], {"a": 4, "b": 50, "c": 30, "d": 40})
    assert numbers(shown(ages, sensitive=False)) == [FEWER, 50, COMPANION, 40]


def test_a_place_with_fewer_than_ten_people_is_not_even_named() -> None:
    where = summarise([Question("where", Kind.POSTCODE_DISTRICT, {})], {"LS7": 40, "LS8": 30, "LS9": 3, "BD1": 6})
    assert [cell.value for cell in shown(where, sensitive=False).cells] == ["LS7", "LS8"]


def test_a_mean_goes_with_its_cells() -> None:
    ordinary = summarise([POINTS], {"1": 2, "2": 20, "3": 20})
    assert shown(ordinary, sensitive=False).mean == pytest.approx(102 / 42)
    assert shown(ordinary, sensitive=True).mean is None


@pytest.mark.parametrize(
    ("people", "told"), [(19, (False, False)), (20, (True, False)), (39, (True, False)), (40, (True, True))]
)
def test_a_middle_or_quarter_of_numbers_has_ten_people_on_either_side(people: int, told: tuple[bool, bool]) -> None:
    minutes = summarise([Question("minutes", Kind.NUMBER, {})], {"5": people})
    drawn = shown(minutes, sensitive=False)
    assert (drawn.median == Decimal(5), drawn.upper_quarter == Decimal(5)) == told


def test_a_group_hides_its_small_cells_and_no_other_group_gives_them_back() -> None:
    groups = {"en": one(30, 70, 80, 45, 15), "pl": one(3, 15, 15, 3, 3), "cy": one(4, 12, 14, 5, 6)}
    result = split(groups)
    assert numbers(result.everyone) == [37, 97, 109, 53, 24]
    assert numbers(result.group("en")) == [COMPANION, 70, 80, COMPANION, COMPANION]
    assert numbers(result.group("pl")) == [FEWER, 15, 15, FEWER, FEWER]
    assert numbers(result.group("cy")) == [FEWER, 12, 14, FEWER, FEWER]


def test_a_group_of_few_is_hidden_whole_and_a_second_group_with_it() -> None:
    result = split({"en": one(30, 70, 80, 45, 15), "pl": one(1, 2, 0, 0, 1), "ur": one(20, 20, 20, 20, 20)})
    assert [group.answered for group in result.groups] == [240, Hidden(FEWER), Hidden(COMPANION)]


def test_groups_with_nothing_small_are_shown_whole() -> None:
    groups = {"en": one(30, 70, 80, 45, 15), "ur": one(20, 20, 20, 20, 20)}
    result = split(groups)
    assert [numbers(group) for group in result.groups] == [[30, 70, 80, 45, 15], [20] * 5]
    assert result.groups[1].group == Group("language", "ur")
    assert not result.groups[1].kept_back


def test_those_who_said_nothing_of_themselves_are_no_leftover_to_be_worked_out() -> None:
    groups = {"young": one(20, 20, 20, 20, 20), "old": one(30, 30, 30, 30, 30)}
    everyone = one(52, 51, 50, 50, 50)  # three people are in no group: two said a, one said b
    result = split_by("age", everyone, groups, sensitive=False)
    assert [numbers(group) for group in result.groups] == [[COMPANION] * 5, [30] * 5]


def test_a_group_kept_back_by_its_size_in_the_survey_is_kept_back_in_every_question() -> None:
    groups = {"en": one(30, 30, 30, 30, 30), "ur": one(12, 12, 12, 12, 12), "pl": one(10, 10, 10, 10, 10)}
    sizes = {"en": 150, "ur": 60, "pl": 50, "cy": 4}
    result = split_by("language", together(groups), groups, sensitive=False, sizes=sizes)
    assert [numbers(group)[0] for group in result.groups] == [30, COMPANION, COMPANION]


def test_a_crossing_is_shown_with_25_in_each_group_and_nothing_to_hide_or_not_at_all() -> None:
    big = {"young en": one(30, 30, 30, 30, 30), "old en": one(12, 12, 12, 12, 12)}
    assert [numbers(group)[0] for group in split(big, crossed=True).groups] == [30, 12]
    yes_no = {
        who: summarise([Question("near", Kind.YES_NO, {})], {"yes": yes, "no": no})
        for who, yes, no in (("young en", 30, 30), ("old en", 12, 12))
    }
    everyone = summarise([Question("near", Kind.YES_NO, {})], {"yes": 42, "no": 42})
    crossing = split_by("age and language", everyone, yes_no, sensitive=False, crossed=True)
    assert [numbers(group) for group in crossing.groups] == [[COMPANION, COMPANION]] * 2
    assert [numbers(group) for group in split_by("age", everyone, yes_no, sensitive=False).groups] == [
        [30, 30],
        [12, 12],
    ]


def test_several_choices_are_hidden_across_groups_for_ticks_add_up_there() -> None:
    groups = {
        who: summarise([LIKE], counts)
        for who, counts in {"en": {"a|b": 40, "c": 30}, "ur": {"a": 20, "b|c": 20}, "pl": {"a|c": 5, "b": 25}}.items()
    }
    everyone = summarise([LIKE], {"a|b": 40, "c": 30, "a": 20, "b|c": 20, "a|c": 5, "b": 25})
    result = split_by("language", everyone, groups, sensitive=False)
    assert [numbers(group) for group in result.groups] == [[40, 40, 30], [COMPANION] * 3, [FEWER, COMPANION, FEWER]]


def test_groups_larger_than_everyone_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="more people than everyone"):
        split_by("language", one(10, 0, 0, 0, 0), {"en": one(11, 0, 0, 0, 0)}, sensitive=False)


def test_of_written_answers_groups_show_how_many_answered() -> None:
    words = Question("words", Kind.TEXT, {})
    groups = {
        "en": summarise([words], {"x": 30}),
        "pl": summarise([words], {"y": 3}),
        "ur": summarise([words], {"z": 20}),
    }
    result = split_by("language", summarise([words], {"x": 53}), groups, sensitive=False)
    assert [group.answered for group in result.groups] == [30, Hidden(FEWER), Hidden(COMPANION)]


def test_the_size_of_a_group_is_a_number_like_any_other() -> None:
    sizes = sizes_shown({"web": 200, "sms": 30, "kiosk": 4})
    assert sizes == {
        "web": Shown(*(lambda r: (r.people, r.share, r.low, r.high))(rate(200, 234))),
        "sms": Hidden(COMPANION),
        "kiosk": Hidden(FEWER),
    }
    assert isinstance(sizes_shown({"web": 412})["web"], Shown)


def test_a_share_needs_ten_people() -> None:
    assert shown_rate(rate(3, 9)) == Hidden(FEWER)
    assert shown_rate(rate(3, 10)) == rate(3, 10)
    assert shown_rate(rate(3, 40), sensitive=True) == Hidden(FEWER)
    assert shown_rate(rate(37, 40), sensitive=True) == Hidden(COMPANION)


def test_public_numbers_stand_still_until_five_more_have_answered() -> None:
    assert [public_cut(answered) for answered in (9, 10, 14, 15, 412)] == [5, 10, 10, 15, 410]
    with pytest.raises(ValueError, match="safe: count the first 410 answers"):
        public(shown(one(100, 100, 100, 100, 12), sensitive=False))


def test_the_public_page_tells_shares_and_hides_what_the_screen_hides() -> None:
    drawn = shown(one(500, 1, 300, 198, 1), sensitive=False)
    assert public(drawn) == PublicSummary(
        "safe",
        1000,
        (
            PublicCell("a", 50),
            PublicCell("b", 1, fewer_than_1=True),
            PublicCell("c", 30),
            PublicCell("d", 20),
            PublicCell("e", 1, fewer_than_1=True),
        ),
    )
    assert [cell.in_100 for cell in public(shown(one(60, 40, 21, 30, 4), sensitive=True)).cells] == [
        39,
        26,
        Hidden(COMPANION),
        19,
        Hidden(FEWER),
    ]


def test_texts_back_say_more_than_a_five_below() -> None:
    assert [in_fives(people) for people in (40, 41, 44, 45)] == [40, 40, 40, 45]
    assert [more_than(people) for people in (9, 10, 40, 41, 45, 46)] == [None, 5, 35, 40, 40, 45]
