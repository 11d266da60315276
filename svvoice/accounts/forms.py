"""The forms of signing in, joining, passwords and colleagues, and the sentences for what does not fit."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from svvoice.accounts.passwords import ADVISED, LONGEST, SHORTEST, Weak
from svvoice.store.two_step import WhoMust

LONGEST_NAME = 100

ROLES = {
    "viewer": "Viewer: sees surveys, results and the plan",
    "editor": "Editor: also writes and publishes",
    "owner": "Owner: also decides who works here",
}

MUST = {
    WhoMust.NOBODY.value: "Nobody: each decides for themselves",
    WhoMust.OWNERS.value: "Owners",
    WhoMust.EVERYBODY.value: "Everybody who works here",
}

SENTENCES = {
    Weak.TOO_SHORT: f"Use at least {SHORTEST} letters. Three or four words are easy to keep in mind and hard to guess.",
    Weak.TOO_LONG: f"Use at most {LONGEST} letters.",
    Weak.COMMON: "Many people use this password, so it is guessed first. Choose another one.",
    Weak.ABOUT_YOU: "This is your name or your organisation’s, so it is guessed first. Choose another one.",
}

_ADVICE = f"At least {SHORTEST} letters, better {ADVISED} or more. Any letters, signs and spaces will do."
_SAME = "The two passwords are not the same. Type the new one twice."


def tidy(words: str | None) -> str:
    """Without what cannot be seen, single spaces between words."""
    normal = unicodedata.normalize("NFKC", words or "")
    return " ".join("".join(letter for letter in normal if letter.isprintable() or letter.isspace()).split())


def tidy_name(words: str | None) -> str:
    """A sign-in name as it is kept: capitals and small letters are the same."""
    return tidy(words).casefold()


def _name(label: str, needed: str, **more: Any) -> Any:
    checks = [
        InputRequired(needed),
        Regexp(r"\S", message=needed),
        Length(max=LONGEST_NAME, message="That is too long."),
    ]
    return StringField(label, checks, **more)


def _new_password(label: str = "New password") -> Any:
    return PasswordField(label, [InputRequired("Choose a password.")], description=_ADVICE)


def _again(field: str) -> Any:
    return PasswordField("The same password again", [EqualTo(field, _SAME)])


class SignInForm(FlaskForm):
    sign_in_name = _name("Sign-in name", "Write your sign-in name.", filters=[tidy_name])
    password = PasswordField("Password", [InputRequired("Write your password.")])
    next = HiddenField()


class JoinForm(FlaskForm):
    """Somebody who is new here."""

    name = _name("Your name", "Write your name.", filters=[tidy], description="As colleagues know you.")
    sign_in_name = _name(
        "Sign-in name",
        "Choose a sign-in name.",
        filters=[tidy_name],
        description="Any name that you will remember, or your e-mail address. We never send e-mail.",
    )
    password = _new_password("Password")
    again = _again("password")


class NewPasswordForm(FlaskForm):
    password = _new_password()
    again = _again("password")


class ChangePasswordForm(FlaskForm):
    """`current` is taken away where the account has no password yet."""

    current = PasswordField("The password you have now", [InputRequired("Write the password you have now.")])
    password = _new_password()
    again = _again("password")


class CodeForm(FlaskForm):
    """A code of the app, or a recovery code."""

    code = StringField(
        "Code",
        [InputRequired("Write the code."), Length(max=LONGEST_NAME, message="That is too long.")],
        description="The six digits that your app shows now, or one of your recovery codes.",
    )


class SetUpForm(FlaskForm):
    """`offer` is the secret that the page shows, sealed."""

    offer = HiddenField()
    code = StringField(
        "The code that your app shows now",
        [InputRequired("Write the six digits."), Length(max=LONGEST_NAME, message="That is too long.")],
        description="Six digits.",
    )


class TwoStepRuleForm(FlaskForm):
    must = RadioField("Who must sign in with two steps?", [InputRequired("Choose one.")], choices=list(MUST.items()))


class BrowserForm(FlaskForm):
    """Which browser to sign out."""

    browser = HiddenField()


class RoleForm(FlaskForm):
    role = RadioField(
        "What may they do?", [InputRequired("Choose a role.")], choices=list(ROLES.items()), default="viewer"
    )


class ButtonForm(FlaskForm):
    """Nothing but a button."""
