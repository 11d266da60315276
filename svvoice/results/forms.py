"""The form that chooses a group to compare with everyone: it only looks, so it is sent by GET and needs no token."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, SubmitField

NOBODY = ""


class CompareForm(FlaskForm):
    class Meta:
        csrf = False

    compare = SelectField("Compare with", validate_choice=False)
    submit = SubmitField("Compare")
