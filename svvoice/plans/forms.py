"""The forms of the plan. English words are asked for; the other languages may stay empty until somebody has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from svvoice.core.answers import cleaned
from svvoice.language import ENGLISH_NAMES, SHIPPED

UUID_WORDS = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

SHORT, LONG = 200, 600

STATUSES = {"planned": "Not started", "under_way": "Under way", "done": "Done", "dropped": "Will not happen"}
DIRECTIONS = {
    "supports": "Supports the promise",
    "against": "Goes against it",
    "mixed": "Mixed: some of each",
    "not_about": "Not about it, but worth knowing",
}
VERDICTS = {
    "yes": "Yes",
    "part": "In part",
    "no": "No, because",
    "later": "Not yet",
    "not_ours": "Not ours to decide",
}
DIFFERENCES = {
    "changed": "They changed what we will do",
    "confirmed": "They confirmed what we meant to do",
    "not_changed": "They did not change it",
}


def offered(choices: Mapping[str, str]) -> list[Any]:
    """Values with their labels, as a field offers them."""
    return [SelectChoice(value, label) for value, label in choices.items()]


def _tidy(words: str | None) -> str:
    return cleaned(words or "").strip()


def short_words(label: str, *, most: int = SHORT, needed: str = "", description: str = "") -> Any:
    """One line of words. `needed`: what to say where it is empty; without it the field may stay empty."""
    return StringField(label, _checks(needed, most), filters=[_tidy], description=description)


def long_words(label: str, *, most: int = LONG, needed: str = "", description: str = "") -> Any:
    """A few lines of words."""
    return TextAreaField(label, _checks(needed, most), filters=[_tidy], description=description)


def _checks(needed: str, most: int) -> list[Any]:
    length = Length(max=most, message=f"Write at most {most} letters.")
    return [InputRequired(needed), _not_blank(needed), length] if needed else [Optional(), length]


def _not_blank(needed: str) -> Any:
    def check(_form: object, field: Any) -> None:
        if not field.data:
            raise ValidationError(needed)

    return check


def day(label: str, *, needed: str = "", description: str = "") -> Any:
    checks = [InputRequired(needed)] if needed else [Optional()]
    return DateField(label, checks, description=description)


def written_in(form: FlaskForm, name: str) -> dict[str, str]:
    """The words of `name` by language; languages without words are left out."""
    found = {language: form[f"{name}_{language}"].data for language in SHIPPED}
    return {language: text for language, text in found.items() if text}


def filled_from(name: str, by_language: Any) -> dict[str, str]:
    """What a form needs to show words again that are kept by language."""
    return {f"{name}_{language}": text for language, text in by_language.items()}


class _NewRow(FlaskForm):
    """The new row's id travels with the form, so that a button pressed twice makes one row."""

    new_id = HiddenField(validators=[Optional(), Regexp(f"^{UUID_WORDS}$")])


class PlanForm(_NewRow):
    title = short_words("What is the plan called?", needed="Give the plan a name.")
    starts = day("It starts on", needed="Choose the day it starts.")
    ends = day("It ends on", needed="Choose the day it ends.")

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError("The plan must end after it starts.")


class OutcomeForm(_NewRow):
    statement = long_words(
        "What will be different, and for whom?",
        needed="Say what will be different.",
        description="In plain words, such as: people feel safe walking home after dark.",
    )
    informs = short_words(
        "Codes from your framework",
        description="With a space between them. Only your own export shows them; residents never see them.",
    )


class PromiseForm(_NewRow):
    outcome = SelectField("Part of which outcome?")
    words_en = short_words("The promise, in English", needed="Write the promise in English.")
    owner = short_words(
        "Who answers for it?", needed="Name who answers for it.", description="The public page leaves it out."
    )
    due = day("Done by", needed="Choose the day by which it is done.")
    answer_due = day(
        "People hear our decision by", description="The public page says so, and counts the days if we are late."
    )
    status = SelectField("How far is it?", choices=offered(STATUSES))


class UpdateForm(_NewRow):
    words = long_words("What we say", needed="Write what has happened since.")


class FindingForm(FlaskForm):
    choices = SelectMultipleField(
        "Which answers is it about?", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    group = SelectField("Who is it about?", validators=[Optional()])
    claim = short_words(
        "What it says, in your own words",
        needed="Say in plain words what people told you.",
        description="It goes on after “51 in 100”, such as: do not feel safe after dark.",
    )


class EvidenceForm(FlaskForm):
    finding = HiddenField(validators=[Regexp(f"^{UUID_WORDS}$")])
    direction = RadioField(
        "Which way does it point?", choices=offered(DIRECTIONS), validators=[InputRequired("Choose one.")]
    )
    note = short_words("A note", description="Why you see it so. Colleagues read it, the public page leaves it out.")


class EvidenceAnswerForm(_NewRow):
    words = long_words("What we answer", needed="Write what you answer.")


class DecisionForm(FlaskForm):
    verdict = RadioField("What did you decide?", choices=offered(VERDICTS), validators=[InputRequired("Choose one.")])
    heard_en = long_words(
        "You said", most=300, needed="Say what people told you.", description="As a person would say it."
    )
    reason_en = long_words("What we will do, or why not", needed="Give the reason: nobody takes a bare yes or no.")
    otherwise_en = long_words("What would you have done without these voices?", most=300)
    difference = RadioField(
        "What did these voices change?", choices=offered(DIFFERENCES), validators=[InputRequired("Choose one.")]
    )


class PublishForm(FlaskForm):
    seen = HiddenField(validators=[InputRequired()])
    """The digest of the words that were looked at: nothing else is published."""


for _language in (tag for tag in SHIPPED if tag != "en"):
    _name = ENGLISH_NAMES[_language]
    setattr(PromiseForm, f"words_{_language}", short_words(f"In {_name}"))
    setattr(DecisionForm, f"heard_{_language}", long_words(f"In {_name}", most=300))
    setattr(DecisionForm, f"reason_{_language}", long_words(f"In {_name}"))
    setattr(DecisionForm, f"otherwise_{_language}", long_words(f"In {_name}", most=300))
