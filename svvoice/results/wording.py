"""A survey's own words as staff read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from svvoice.core.survey import Kind, Option, Question, Survey
from svvoice.core.survey import Words as InLanguages
from svvoice.results.screens import Said


class Words:
    """A survey's words as staff read them: English where it has them, else its own language."""

    def __init__(self, versions: Sequence[Survey]) -> None:
        self._survey = versions[-1]

    def said(self, words: InLanguages) -> Said:
        language = "en" if words.get("en") else self._survey.default_language
        return Said(words.get(language, ""), language)

    def option(self, option: Option) -> Said:
        said = self.said(option.text)
        return said if said.words else Said("Something else")

    def value(self, wordings: Iterable[Question], value: str) -> Said:
        """The words of a stored value, in their latest form."""
        found = Said(value)
        for question in wordings:
            match question.kind:
                case Kind.YES_NO:
                    found = Said({"yes": "Yes", "no": "No"}.get(value, value))
                case Kind.SCALE:
                    found = self._point(question, value) or found
                case _:
                    option = question.choice(value)
                    found = self.option(option) if option else found
        return found

    def _point(self, question: Question, value: str) -> Said | None:
        ends = {str(question.points[0]): question.min_label, str(question.points[-1]): question.max_label}
        label = self.said(ends.get(value, {}))
        return Said(f"{value}: {label.words}", label.language) if label.words else None
