"""Every reply of the corpus, in each language, gets the verdict that stands beside it."""

from __future__ import annotations

import pytest

from svvoice.core.replies import reading_languages
from tests.core.replies.corpus_rows import LANGUAGES, questions, read, rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_replies_are_read_as_the_corpus_says(language: str) -> None:
    tried = [row for row in rows(language) if not row.held_out]
    assert {(row.question, row.reply): read(row) for row in tried} == {
        (row.question, row.reply): row.verdict for row in tried
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corpus_is_large_and_keeps_a_part_aside(language: str) -> None:
    kinds = [row.kind for row in rows(language)]
    assert len(kinds) >= 150
    assert set(kinds) == {"answer", "command", "reject"}
    assert 0.15 < sum(row.held_out for row in rows(language)) / len(kinds) < 0.6
    assert all(row.rule for row in rows(language))
    assert {row.question for row in rows(language)} == set(questions()[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_stands_twice_with_two_meanings(language: str) -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in rows(language):
        meanings.setdefault((row.question, row.reply), set()).add(row.verdict)
    assert {place: verdicts for place, verdicts in meanings.items() if len(verdicts) > 1} == {}


def test_every_shipped_language_has_a_corpus() -> None:
    assert set(reading_languages()) == set(LANGUAGES)
