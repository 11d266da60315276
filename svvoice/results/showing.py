"""Results turned into the words of their page. Every number that comes in here may be shown."""

from __future__ import annotations

from collections.abc import Mapping

from svvoice.core.disclosure import Hidden, Shown, ShownCell, ShownSummary
from svvoice.core.summary import Rate
from svvoice.core.survey import Kind, Measure
from svvoice.language import ENGLISH_NAMES
from svvoice.results import figures
from svvoice.results.actions import holds_writing
from svvoice.results.counting import Asked, Group, Results
from svvoice.results.screens import Bar, Choice, Panel, ResultsScreen, Row, Said, Spoke, Stat
from svvoice.results.wording import Words

MOST_PLACES = 10
"""Districts drawn as bars; the table has them all."""


def results_screen(results: Results, state: str) -> ResultsScreen:
    words = Words(results.versions)
    group = _group_name(results.compared, results, words) if results.compared else ""
    return ResultsScreen(
        slug=results.record.slug,
        title=words.said(results.versions[-1].title),
        state=state,
        stats=_stats(results),
        spoke=_spoke(results, words),
        panels=tuple(_panel(asked, group, words, results) for asked in results.asked),
        choices=_choices(results, words),
        compared=group,
        one_way=results.compared is not None and results.compared.by not in {"channel", "language"},
        exported=_exported(results.statuses),
        languages=tuple((tag, ENGLISH_NAMES.get(tag, tag)) for tag in results.versions[-1].languages),
    )


def _stats(results: Results) -> tuple[Stat, ...]:
    if isinstance(results.people, Hidden):
        return (Stat("Fewer than 10", "people answered", "Results are shown from 10 people on."),)
    by_text = results.by_channel.get("sms")
    text = f"{figures.grouped(by_text.people)} of them by text message" if isinstance(by_text, Shown) else ""
    stats = [Stat(figures.grouped(results.people), "people answered", text)]
    for measure, value, words in (
        (Measure.FIRST_TIME_VOICE, "yes", "speak up for the first time"),
        (Measure.OUTSIDE_SECTOR, "no", "had not heard of “social value”"),
    ):
        stats += _measured(results, measure, value, words)
    if isinstance(results.reached_the_end, Rate):
        end = results.reached_the_end
        stats.append(Stat(figures.share(end), "reached the end", figures.of_those(end, end.base, "who began")))
    return tuple(stats)


def _measured(results: Results, measure: Measure, value: str, words: str) -> list[Stat]:
    """The share of those who told us, under the same rule as the question's own panel."""
    for asked in results.asked:
        if asked.question.measure is measure:
            number, base = asked.everyone.number(value), asked.everyone.answered
            if isinstance(number, Shown) and isinstance(base, int):
                return [Stat(figures.share(number), words, figures.of_those(number, base, "who told us"))]
    return []


def _spoke(results: Results, words: Words) -> tuple[Spoke, ...]:
    if isinstance(results.people, Hidden):
        return ()
    people = figures.people(results.people)
    channels = {figures.CHANNELS.get(name, name): size for name, size in results.by_channel.items()}
    languages = {ENGLISH_NAMES.get(tag, tag): size for tag, size in results.by_language.items()}
    parts = [
        Spoke(heading, people, tuple(_size(Said(name), size) for name, size in _largest_first(sizes)))
        for heading, sizes in (("How they answered", channels), ("Language", languages))
    ]
    for asked in results.asked:
        if asked.question.kind is Kind.AGE_BAND and isinstance(asked.everyone.answered, int):
            said = f"{figures.people(asked.everyone.answered)} said"
            rows = tuple(_size(words.value(asked.wordings, cell.value), cell.number) for cell in asked.everyone.cells)
            parts.append(Spoke("Age", said, rows))
    return tuple(parts)


def _largest_first(sizes: Mapping[str, Shown | Hidden]) -> list[tuple[str, Shown | Hidden]]:
    """Hidden ones stand last, by name: their order would say something of their size."""
    return sorted(sizes.items(), key=lambda one: (-one[1].people if isinstance(one[1], Shown) else 0, one[0]))


def _size(label: Said, number: Shown | Hidden) -> Row:
    if isinstance(number, Hidden):
        return Row(label, (Bar(None, figures.hidden(number)),))
    return Row(label, (Bar(number.share * 100, figures.grouped(number.people)),))


def _panel(asked: Asked, group: str, words: Words, results: Results) -> Panel:
    shown = asked.everyone
    rows = tuple(
        Row(words.value(asked.wordings, cell.value), _bars(cell, asked.group, group), cell.retired)
        for cell in shown.cells
    )
    drawn = MOST_PLACES if shown.kind is Kind.POSTCODE_DISTRICT else len(rows)
    kept_back = shown.kept_back or bool(asked.group and asked.group.kept_back)
    return Panel(
        id=asked.question.id,
        text=words.said(asked.question.text),
        answered=_answered(asked, group, results.people),
        rows=rows[:drawn],
        more_rows=rows[drawn:],
        sentences=_sentences(shown),
        kept_back=kept_back,
        is_asked_now=asked.is_asked_now,
        has_writing=holds_writing(asked.wordings),
        can_be_finding=bool(shown.cells)
        and shown.kind is not Kind.POSTCODE_DISTRICT
        and isinstance(shown.answered, int),
    )


def _bars(cell: ShownCell, group: ShownSummary | None, name: str) -> tuple[Bar, ...]:
    everyone = _bar(cell.number, "Everyone" if group else "")
    if group is None:
        return (everyone,)
    number = group.number(cell.value)
    return (everyone, _bar(number, name)) if number is not None else (everyone,)


def _bar(number: Shown | Hidden, whose: str) -> Bar:
    if isinstance(number, Hidden):
        return Bar(None, figures.hidden(number), whose=whose)
    return Bar(number.share * 100, figures.share(number), figures.people(number.people), figures.reach(number), whose)


def _answered(asked: Asked, group: str, people: int | Hidden) -> str:
    answered = asked.everyone.answered
    if isinstance(answered, Hidden) or isinstance(people, Hidden):
        return "Fewer than 10 people answered this. It is shown from 10 people on."
    sentence = f"{figures.grouped(answered)} of the {figures.grouped(people)} answered this."
    if asked.group is None:
        return f"{sentence} Not compared here." if group else sentence
    if isinstance(asked.group.answered, Hidden):
        return f"{sentence} {group}: {figures.hidden(asked.group.answered)}."
    return f"{sentence} {group}: {figures.grouped(asked.group.answered)}."


def _sentences(shown: ShownSummary) -> tuple[str, ...]:
    found = []
    if shown.mean is not None:
        found.append(f"{shown.mean:.1f} on average.")
    if shown.median is not None:
        found.append(f"Half of them said {figures.typed(shown.median)} or less.")
    if shown.lower_quarter is not None and shown.upper_quarter is not None:
        low, high = figures.typed(shown.lower_quarter), figures.typed(shown.upper_quarter)
        found.append(f"The middle half said {low} to {high}.")
    return tuple(found)


def _choices(results: Results, words: Words) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    splits: dict[str, list[Choice]] = {}
    for group in results.groups:
        choice = Choice(f"{group.by}:{group.value}", _group_name(group, results, words))
        splits.setdefault(_split_name(group.by, results, words), []).append(choice)
    return tuple((name, tuple(choices)) for name, choices in splits.items())


def _split_name(by: str, results: Results, words: Words) -> str:
    known = {"channel": "How they answered", "language": "Language"}
    return known.get(by) or next(words.said(a.question.text).words for a in results.asked if a.question.id == by)


def _group_name(group: Group, results: Results, words: Words) -> str:
    match group.by:
        case "channel":
            return figures.CHANNELS.get(group.value, group.value)
        case "language":
            return f"In {ENGLISH_NAMES.get(group.value, group.value)}"
        case question_id:
            asked = next(asked for asked in results.asked if asked.question.id == question_id)
            return words.value(asked.wordings, group.value).words


def _exported(statuses: Mapping[str, int]) -> tuple[str, ...]:
    rows = sum(statuses.values())
    sentences = [f"{figures.grouped(rows)} {'row' if rows == 1 else 'rows'}, one for each person who began."]
    if test := statuses.get("test", 0):
        sentences.append(f"{figures.people(test)} of them made up: their status is “test”.")
    if excluded := statuses.get("excluded", 0):
        sentences.append(f"{figures.people(excluded)} left out of the results: their status is “excluded”.")
    return tuple(sentences)
