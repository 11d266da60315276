"""Signing in and out, the organisations of a person, and their account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.accounts import audit_pages, browser, colleague_pages, link_pages, sign_in_actions, two_step_pages
from svvoice.accounts.blueprint import blueprint
from svvoice.accounts.forms import SENTENCES, BrowserForm, ButtonForm, ChangePasswordForm, SignInForm
from svvoice.accounts.outcomes import CodeNeeded, PasswordRefused, SignedIn, TooManyTries, WrongPassword
from svvoice.accounts.said import moment
from svvoice.store import accounts, members, sign_ins, two_step
from svvoice.store.database import run_again
from svvoice.store.members import Membership
from svvoice.web.access import Member, Role, Who, account_id, who
from svvoice.web.services import database

__all__ = ["audit_pages", "blueprint", "colleague_pages", "link_pages", "two_step_pages"]


@dataclass(frozen=True)
class BrowserLine:
    """One browser in which the person is signed in. Times as they are said."""

    id: str
    family: str
    began: str
    seen: str
    is_this_one: bool


@blueprint.get("/sign-in")
@who(Who.ANYONE)
def sign_in() -> str:
    return _sign_in_page(SignInForm(formdata=None, next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@who(Who.ANYONE)
def send_sign_in() -> Response:
    form = SignInForm()
    if not form.validate_on_submit():
        return make_response(_sign_in_page(form), 422)
    name, password, now = form.sign_in_name.data, form.password.data or "", clock.now()
    counters, after, family = browser.try_counters(name), browser.own_path(form.next.data), browser.family()
    match run_again(lambda: sign_in_actions.sign_in(database(), name, password, counters, now, family)):
        case SignedIn(token):
            browser.keep(token)
            return redirect(after or _landing(name), 303)
        case CodeNeeded(token):
            browser.keep_waiting(token, after)
            return redirect(url_for("accounts.ask_for_code"), 303)
        case WrongPassword():
            return make_response(_sign_in_page(form, "The sign-in name or the password is not right."), 422)
        case TooManyTries():
            return browser.too_many(_sign_in_page(form, browser.TOO_MANY))


@blueprint.post("/sign-out")
@who(Who.ANYONE)
def sign_out() -> Response:
    run_again(lambda: sign_in_actions.sign_out(database(), browser.token()))
    return _out("You are signed out.")


@blueprint.post("/sign-out-everywhere")
@who(Who.SIGNED_IN)
def sign_out_everywhere() -> Response:
    person, now = account_id(), clock.now()
    run_again(lambda: sign_in_actions.sign_out_everywhere(database(), person, now))
    return _out("You are signed out in every browser.")


@blueprint.post("/sign-out-elsewhere")
@who(Who.SIGNED_IN)
def sign_out_elsewhere() -> Response:
    """One other browser, or all others."""
    person, kept, now, form = account_id(), browser.token(), clock.now(), BrowserForm()
    if not form.validate_on_submit():
        return make_response(_account_page(ChangePasswordForm(formdata=None)), 422)
    if chosen := form.browser.data:
        run_again(lambda: sign_in_actions.sign_out_one(database(), person, chosen, now))
        flash("That browser is signed out.")
    else:
        run_again(lambda: sign_in_actions.sign_out_others(database(), person, kept, now))
        flash("You are signed out in every other browser.")
    came_from: dict[str, Any] = {"from": request.args.get("from", "")}
    return redirect(url_for("accounts.account", **came_from), 303)


@blueprint.get("/organisations")
@who(Who.SIGNED_IN)
def organisations() -> str:
    return render_template("accounts/organisations.html", memberships=_memberships(), button=ButtonForm())


@blueprint.get("/account")
@who(Who.SIGNED_IN)
def account() -> str:
    return _account_page(ChangePasswordForm(formdata=None))


@blueprint.post("/account")
@who(Who.SIGNED_IN)
def change_password() -> Response:
    form = ChangePasswordForm()
    person, now = account_id(), clock.now()
    with database().reading() as db:
        kept = accounts.person(db, person)
    if kept.password_hash is None:
        del form.current
    if not form.validate_on_submit():
        return make_response(_account_page(form), 422)
    current, new = (form.current.data or "") if form.current else "", form.password.data
    counters, family = browser.try_counters(kept.sign_in_name), browser.family()
    match run_again(lambda: sign_in_actions.change_password(database(), person, current, new, counters, now, family)):
        case SignedIn(token):
            browser.keep(token)
            flash("Your password is changed. You are signed out in every other browser.")
            return redirect(request.full_path, 303)
        case PasswordRefused(weak):
            form.password.errors = [SENTENCES[weak]]
            return make_response(_account_page(form), 422)
        case WrongPassword():
            form.current.errors = ["This is not the password you have now."]
            return make_response(_account_page(form), 422)
        case TooManyTries():
            return browser.too_many(_account_page(form, browser.TOO_MANY))


def _sign_in_page(form: SignInForm, problem: str = "") -> str:
    return render_template("accounts/sign_in.html", form=form, problem=problem)


def _account_page(form: ChangePasswordForm, problem: str = "") -> str:
    with database().reading() as db:
        kept = accounts.person(db, account_id())
        browsers = sign_ins.browsers_of(db, account_id(), browser.token(), clock.now())
        has_two_steps, left = two_step.is_on(db, account_id()), two_step.recovery_codes_left(db, account_id())
    if kept.password_hash is None and form.current:
        del form.current
    lines = [
        BrowserLine(one.id, one.family or "Another browser", moment(one.began_at), moment(one.seen_at), one.is_this_one)
        for one in browsers
    ]
    memberships = _memberships()
    return render_template(
        "accounts/account.html",
        form=form,
        problem=problem,
        person=kept,
        browsers=lines,
        has_two_steps=has_two_steps,
        codes_left=left,
        came_from=request.args.get("from", ""),
        memberships=memberships,
        member=_frame(memberships, kept.name),
        button=ButtonForm(formdata=None),
        here="account",
    )


def _frame(memberships: list[Membership], name: str) -> Member | None:
    """The organisation whose side list stands beside a page that belongs to none: the one that the person came from."""
    asked = request.args.get("from")
    found = next((one for one in memberships if one.slug == asked), memberships[0] if memberships else None)
    if found is None:
        return None
    role = Role(found.role)
    return Member(
        account_id(), name, role, found.organisation_id, found.slug, found.organisation_name, found.is_example
    )


def _memberships() -> list[Membership]:
    with database().reading() as db:
        return members.memberships_of(db, account_id())


def _landing(sign_in_name: str) -> str:
    with database().reading() as db:
        person = accounts.called(db, sign_in_name)
        return browser.landing(members.memberships_of(db, person.id) if person else [])


def _out(words: str) -> Response:
    session.clear()
    flash(words)
    return redirect(url_for("accounts.sign_in"), 303)
