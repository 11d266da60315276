"""Where a one-time link leads. Opening it shows what it is for; only its button uses it up."""

from __future__ import annotations

from typing import assert_never

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.accounts import browser, link_actions
from svvoice.accounts.blueprint import blueprint
from svvoice.accounts.forms import SENTENCES, ButtonForm, JoinForm, NewPasswordForm
from svvoice.accounts.link_actions import NewPerson
from svvoice.accounts.outcomes import (
    AlreadyHere,
    CodeNeeded,
    LinkEnded,
    NameTaken,
    PasswordRefused,
    PasswordSet,
    SignedIn,
)
from svvoice.store import members
from svvoice.store.database import run_again
from svvoice.store.one_time_links import OneTimeLink, Purpose
from svvoice.web.access import Who, who
from svvoice.web.services import database


@blueprint.get("/join/<token>")
@who(Who.ANYONE)
def join(token: str) -> Response:
    link = link_actions.look_at(database(), token, clock.now())
    if link is None:
        return _ended()
    match link.purpose:
        case Purpose.INVITE:
            return make_response(_invitation_page(token, link, JoinForm(formdata=None)))
        case Purpose.SIGN_IN:
            return make_response(render_template("accounts/sign_in_link.html", link=link, form=ButtonForm()))
        case Purpose.RESET:
            return make_response(render_template("accounts/reset.html", link=link, form=NewPasswordForm(formdata=None)))
        case _:
            assert_never(link.purpose)


@blueprint.post("/join/<token>")
@who(Who.ANYONE)
def use_link(token: str) -> Response:
    link = link_actions.look_at(database(), token, clock.now())
    if link is None:
        return _ended()
    match link.purpose:
        case Purpose.INVITE:
            return _join_as_myself(token) if request.form.get("as") == "myself" else _join_as_new(token, link)
        case Purpose.SIGN_IN:
            return _sign_in(token)
        case Purpose.RESET:
            return _reset(token, link)
        case _:
            assert_never(link.purpose)


def _join_as_new(token: str, link: OneTimeLink) -> Response:
    form = JoinForm()
    if not form.validate_on_submit():
        return make_response(_invitation_page(token, link, form), 422)
    person = NewPerson(form.name.data, form.sign_in_name.data, form.password.data)
    now, family = clock.now(), browser.family()
    match run_again(lambda: link_actions.join_as_new(database(), token, person, now, family)):
        case SignedIn(kept):
            return _in(kept)
        case LinkEnded():
            return _ended()
        case NameTaken():
            form.sign_in_name.errors = ["Somebody else signs in with this name. Choose another one."]
        case PasswordRefused(weak):
            form.password.errors = [SENTENCES[weak]]
    return make_response(_invitation_page(token, link, form), 422)


def _join_as_myself(token: str) -> Response:
    account = browser.account()
    if account is None:
        return redirect(url_for("accounts.sign_in", next=request.path), 303)
    now, kept, family = clock.now(), browser.token(), browser.family()
    match run_again(lambda: link_actions.join_as_myself(database(), token, account.id, kept, now, family)):
        case SignedIn(new):
            return _in(new)
        case LinkEnded():
            return _ended()
        case AlreadyHere():
            flash("You work here already. The invitation is still good for somebody else.")
            return redirect(url_for("accounts.organisations"), 303)


def _sign_in(token: str) -> Response:
    now, family = clock.now(), browser.family()
    match run_again(lambda: link_actions.sign_in(database(), token, now, family)):
        case SignedIn(kept):
            return _in(kept)
        case CodeNeeded(waiting):
            browser.keep_waiting(waiting, None)
            return redirect(url_for("accounts.ask_for_code"), 303)
        case LinkEnded():
            return _ended()


def _reset(token: str, link: OneTimeLink) -> Response:
    form = NewPasswordForm()
    if form.validate_on_submit():
        now = clock.now()
        match run_again(lambda: link_actions.reset_password(database(), token, form.password.data, now)):
            case PasswordSet():
                flash("Your new password is set. Sign in with it.")
                return redirect(url_for("accounts.sign_in"), 303)
            case LinkEnded():
                return _ended()
            case PasswordRefused(weak):
                form.password.errors = [SENTENCES[weak]]
    return make_response(render_template("accounts/reset.html", link=link, form=form), 422)


def _invitation_page(token: str, link: OneTimeLink, form: JoinForm) -> str:
    return render_template(
        "accounts/invitation.html", token=token, link=link, form=form, me=browser.account(), button=ButtonForm()
    )


def _in(token: str) -> Response:
    browser.keep(token)
    account = browser.account()
    with database().reading() as db:
        memberships = members.memberships_of(db, account.id) if account else []
    return redirect(browser.landing(memberships), 303)


def _ended() -> Response:
    """One page for a link that was used, has expired or never was: a guesser learns nothing."""
    return make_response(render_template("accounts/link_ended.html"), 404)
