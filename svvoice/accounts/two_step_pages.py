"""The second step of signing in: the page that asks for its code, and the page on which it is set up and changed."""

from __future__ import annotations

import segno
from flask import flash, make_response, redirect, render_template, url_for
from flask import session as cookie
from markupsafe import Markup
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.accounts import browser, codes, two_step_actions
from svvoice.accounts.blueprint import blueprint
from svvoice.accounts.forms import CodeForm, SetUpForm
from svvoice.accounts.outcomes import (
    CodesMade,
    OfferEnded,
    OnAlready,
    SignedIn,
    SignInEnded,
    TooManyTries,
    TurnedOff,
    WrongCode,
)
from svvoice.accounts.two_step_actions import Try
from svvoice.store import accounts, members, two_step
from svvoice.store.accounts import Person
from svvoice.store.database import run_again
from svvoice.web.access import Who, account_id, who
from svvoice.web.services import database, services

WRONG = (
    "This is not the code of now. Look at your app again: it shows a new one every half minute, and each works once."
)
WRONG_AT_FIRST = "This is not the code that the app should show. Check that the phone’s clock is right, then try again."
TOO_LATE = "That took too long. Sign in again, then give the code."


@blueprint.get("/sign-in/code")
@who(Who.ANYONE)
def ask_for_code() -> Response:
    if _waiting() is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return make_response(_code_page(CodeForm(formdata=None)))


@blueprint.post("/sign-in/code")
@who(Who.ANYONE)
def send_code() -> Response:
    person, form = _waiting(), CodeForm()
    if person is None:
        return _too_late()
    if not form.validate_on_submit():
        return make_response(_code_page(form), 422)
    tried, token, family = _try(person, form.code.data), browser.waiting_token(), browser.family()
    match run_again(
        lambda: two_step_actions.finish_sign_in(database(), services().sealer, token, person.id, tried, family)
    ):
        case SignedIn(kept):
            after = browser.own_path(cookie.get("next"))
            browser.keep(kept)
            return redirect(after or _landing(person), 303)
        case WrongCode():
            form.code.errors = [WRONG]
            return make_response(_code_page(form), 422)
        case TooManyTries():
            return browser.too_many(_code_page(form, browser.TOO_MANY))
        case SignInEnded():
            return _too_late()


@blueprint.get("/account/two-step")
@who(Who.SETTING_UP)
def show_two_step() -> str:
    with database().reading() as db:
        is_on = two_step.is_on(db, account_id())
    return _state_page(CodeForm(formdata=None)) if is_on else _set_up_page(SetUpForm(formdata=None))


@blueprint.post("/account/two-step")
@who(Who.SETTING_UP)
def set_up() -> Response:
    form = SetUpForm()
    if not form.validate_on_submit():
        return make_response(_set_up_page(form), 422)
    person, offer, token, family = _person(), form.offer.data or "", browser.token(), browser.family()
    tried = _try(person, form.code.data)
    match run_again(
        lambda: two_step_actions.set_up(database(), services().sealer, token, person.id, offer, tried, family)
    ):
        case CodesMade(made, kept):
            browser.keep(kept or token)
            return _codes_page(made, is_new=True)
        case WrongCode():
            form.code.errors = [WRONG_AT_FIRST]
            return make_response(_set_up_page(form), 422)
        case OfferEnded():
            flash("Here is a new secret. Take the old one out of your app and use this.")
            return redirect(url_for("accounts.show_two_step"), 303)
        case OnAlready():
            flash("You have set up two steps already.")
            return redirect(url_for("accounts.show_two_step"), 303)


@blueprint.post("/account/two-step/codes")
@who(Who.SIGNED_IN)
def make_codes() -> Response:
    form = CodeForm()
    if not form.validate_on_submit():
        return make_response(_state_page(form), 422)
    person = _person()
    tried = _try(person, form.code.data)
    match run_again(lambda: two_step_actions.make_codes(database(), services().sealer, person.id, tried)):
        case CodesMade(made, _):
            return _codes_page(made, is_new=False)
        case outcome:
            return _refused(form, outcome)


@blueprint.post("/account/two-step/off")
@who(Who.SIGNED_IN)
def turn_off() -> Response:
    form = CodeForm()
    if not form.validate_on_submit():
        return make_response(_state_page(form), 422)
    person, family = _person(), browser.family()
    tried = _try(person, form.code.data)
    match run_again(lambda: two_step_actions.turn_off(database(), services().sealer, person.id, tried, family)):
        case TurnedOff(kept):
            browser.keep(kept)
            flash("Your app is taken away. You are signed out in every other browser.")
            return redirect(url_for("accounts.show_two_step"), 303)
        case outcome:
            return _refused(form, outcome)


def _refused(form: CodeForm, outcome: WrongCode | TooManyTries) -> Response:
    match outcome:
        case WrongCode():
            form.code.errors = [WRONG]
            return make_response(_state_page(form), 422)
        case TooManyTries():
            return browser.too_many(_state_page(form, browser.TOO_MANY))


def _waiting() -> Person | None:
    return two_step_actions.waiting_person(database(), browser.waiting_token(), clock.now())


def _too_late() -> Response:
    flash(TOO_LATE)
    return redirect(url_for("accounts.sign_in"), 303)


def _try(person: Person, code: str | None) -> Try:
    return Try(code or "", browser.try_counters(person.sign_in_name), clock.now())


def _person() -> Person:
    with database().reading() as db:
        return accounts.person(db, account_id())


def _landing(person: Person) -> str:
    with database().reading() as db:
        return browser.landing(members.memberships_of(db, person.id))


def _code_page(form: CodeForm, problem: str = "") -> str:
    return render_template("accounts/sign_in_code.html", form=form, problem=problem)


def _set_up_page(form: SetUpForm) -> str:
    """The same secret again where a code did not fit; a new one on a page that is opened anew."""
    sealer, token, person = services().sealer, browser.token(), _person()
    secret = two_step.offered(sealer, token, form.offer.data or "") or codes.new_secret()
    form.offer.data = two_step.offer(sealer, token, secret)
    with database().reading() as db:
        is_asked = members.lacks_second_step(db, person.id)
    return render_template(
        "accounts/two_step_set_up.html",
        form=form,
        secret=codes.in_fours(secret),
        picture=_picture(codes.address(secret, person.sign_in_name)),
        is_asked=is_asked,
    )


def _picture(words: str) -> Markup:
    """A QR code as an element of the page: the content policy lets no picture in from data."""
    drawn = segno.make(words, micro=False, error="m").svg_inline(omitsize=True, light="white", svgclass="qr")
    return Markup(drawn)  # noqa: S704 - shapes that segno drew; the words are squares in it


def _state_page(form: CodeForm, problem: str = "") -> str:
    with database().reading() as db:
        left = two_step.recovery_codes_left(db, account_id())
    return render_template("accounts/two_step.html", form=form, left=left, problem=problem)


def _codes_page(made: tuple[str, ...], *, is_new: bool) -> Response:
    return make_response(render_template("accounts/recovery_codes.html", made=made, is_new=is_new))
