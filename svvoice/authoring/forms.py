"""The forms with which a survey is published, closed and opened again."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, SubmitField
from wtforms.widgets import CheckboxInput, ListWidget


class PublishForm(FlaskForm):
    """Each language is ticked by the person who publishes: somebody who speaks it has read it."""

    languages = SelectMultipleField(
        "Somebody who speaks it has read every word in",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    submit = SubmitField("Publish this survey")


class CloseForm(FlaskForm):
    submit = SubmitField("Close this survey")


class ReopenForm(FlaskForm):
    submit = SubmitField("Open it again")
