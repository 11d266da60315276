"""Who works here: everyone sees the list; an owner invites, changes roles, removes, and hands out new passwords."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.accounts import actions
from svvoice.accounts.blueprint import blueprint
from svvoice.accounts.forms import ButtonForm, RoleForm, TwoStepRuleForm
from svvoice.accounts.outcomes import Done, LastOwner, OneSelf, WorksElsewhere
from svvoice.errors import NotFound
from svvoice.store import colleagues, two_step
from svvoice.store.colleagues import Colleague
from svvoice.store.database import run_again
from svvoice.store.two_step import WhoMust
from svvoice.web.access import Who, member, who
from svvoice.web.services import database, settings

LAST_OWNER = "This is the only owner. Make somebody else an owner first."
ELSEWHERE = "This person works for another organisation too. Ask whoever runs svvoice for you to make the link."

ELSEWHERE_TOO = "This person works for another organisation too. Ask whoever runs svvoice for you to do it."
ONE_SELF = "Change your own second step on your account page, with a code."


@blueprint.get("/o/<organisation>/colleagues")
@who(Who.VIEWER)
def list_colleagues(organisation: str) -> str:
    return _list_page(RoleForm(formdata=None))


@blueprint.post("/o/<organisation>/colleagues/invitations")
@who(Who.OWNER)
def invite(organisation: str) -> Response:
    form = RoleForm()
    if not form.validate_on_submit():
        return make_response(_list_page(form), 422)
    ours, role, by, now = member().organisation_id, form.role.data, member().account_id, clock.now()
    token = run_again(lambda: actions.invite(database(), ours, role, by, now))
    page = render_template(
        "accounts/link_made.html", address=_address(token), role=role, colleague=None, here="colleagues"
    )
    return make_response(page)


@blueprint.get("/o/<organisation>/colleagues/<uuid:account>")
@who(Who.OWNER)
def show_colleague(organisation: str, account: UUID) -> str:
    return _colleague_page(_colleague(account))


@blueprint.post("/o/<organisation>/colleagues/<uuid:account>/role")
@who(Who.OWNER)
def change_role(organisation: str, account: UUID) -> Response:
    colleague, form = _colleague(account), RoleForm()
    if not form.validate_on_submit():
        return make_response(_colleague_page(colleague, form), 422)
    ours, role, by, now = member().organisation_id, form.role.data, member().account_id, clock.now()
    match run_again(lambda: actions.change_role(database(), ours, account, role, by, now)):
        case Done():
            flash(f"{colleague.name} is now {_with_article(role)}.")
            return redirect(url_for("accounts.list_colleagues", organisation=organisation), 303)
        case LastOwner():
            return make_response(_colleague_page(colleague, problem=LAST_OWNER), 422)


@blueprint.post("/o/<organisation>/colleagues/<uuid:account>/remove")
@who(Who.OWNER)
def remove(organisation: str, account: UUID) -> Response:
    colleague = _colleague(account)
    ours, by, now = member().organisation_id, member().account_id, clock.now()
    match run_again(lambda: actions.remove(database(), ours, account, by, now)):
        case Done():
            flash(f"{colleague.name} does not work here any more.")
            return redirect(url_for("accounts.list_colleagues", organisation=organisation), 303)
        case LastOwner():
            return make_response(_colleague_page(colleague, problem=LAST_OWNER), 422)


@blueprint.post("/o/<organisation>/colleagues/<uuid:account>/new-password")
@who(Who.OWNER)
def give_reset_link(organisation: str, account: UUID) -> Response:
    colleague = _colleague(account)
    ours, by, now = member().organisation_id, member().account_id, clock.now()
    match run_again(lambda: actions.give_reset_link(database(), ours, account, by, now)):
        case WorksElsewhere():
            return make_response(_colleague_page(colleague, problem=ELSEWHERE), 422)
        case token:
            page = render_template(
                "accounts/link_made.html", address=_address(token), role="", colleague=colleague, here="colleagues"
            )
            return make_response(page)


@blueprint.post("/o/<organisation>/colleagues/<uuid:account>/two-step")
@who(Who.OWNER)
def take_second_step_away(organisation: str, account: UUID) -> Response:
    colleague = _colleague(account)
    ours, by, now = member().organisation_id, member().account_id, clock.now()
    match run_again(lambda: actions.take_second_step_away(database(), ours, account, by, now)):
        case Done():
            flash(f"{colleague.name} signs in with the password alone, until they set up two steps again.")
            return redirect(url_for("accounts.list_colleagues", organisation=organisation), 303)
        case WorksElsewhere():
            return make_response(_colleague_page(colleague, problem=ELSEWHERE_TOO), 422)
        case OneSelf():
            return make_response(_colleague_page(colleague, problem=ONE_SELF), 422)


@blueprint.post("/o/<organisation>/colleagues/two-step")
@who(Who.OWNER)
def decide_two_step(organisation: str) -> Response:
    form = TwoStepRuleForm()
    if not form.validate_on_submit():
        return make_response(_list_page(RoleForm(formdata=None), form), 422)
    ours, rule, by, now = member().organisation_id, WhoMust(form.must.data), member().account_id, clock.now()
    run_again(lambda: actions.decide_two_step(database(), ours, rule, by, now))
    flash("From now on this is so. Whoever has no second step yet is asked to set it up at their next page.")
    return redirect(url_for("accounts.list_colleagues", organisation=organisation), 303)


def _list_page(form: RoleForm, rule_form: TwoStepRuleForm | None = None) -> str:
    with database().reading() as db:
        everyone = colleagues.everyone(db, member().organisation_id)
        rule = two_step.rule_of(db, member().organisation_id)
    return render_template(
        "accounts/colleagues.html",
        colleagues=everyone,
        form=form,
        rule_form=rule_form or TwoStepRuleForm(formdata=None, must=rule.value),
        here="colleagues",
    )


def _colleague_page(colleague: Colleague, form: RoleForm | None = None, problem: str = "") -> str:
    return render_template(
        "accounts/colleague.html",
        colleague=colleague,
        form=form or RoleForm(formdata=None, role=colleague.role),
        button=ButtonForm(formdata=None),
        problem=problem,
        here="colleagues",
    )


def _colleague(account: UUID) -> Colleague:
    with database().reading() as db:
        colleague = colleagues.one(db, member().organisation_id, account)
    if colleague is None:
        raise NotFound(str(account))
    return colleague


def _address(token: str) -> str:
    return f"{settings().public_url}{url_for('accounts.join', token=token)}"


def _with_article(role: str) -> str:
    return f"{'a' if role == 'viewer' else 'an'} {role}"
