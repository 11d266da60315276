"""Who may see a page. Every page says so; one that does not keeps the application from starting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.store import members
from svvoice.store.members import Account, Membership
from svvoice.web.services import database

View = TypeVar("View", bound=Callable[..., Any])


class Who(StrEnum):
    """Who may see a page, the fewest first at the end."""

    ANYONE = "anyone"
    PROVIDER = "provider"
    """The texting provider, known by its signature: the page checks it."""
    SETTING_UP = "setting_up"
    """Signed in, perhaps still without the second step that an organisation asks for: where it is set up, no more."""
    SIGNED_IN = "signed_in"
    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


class Role(StrEnum):
    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


RANK = {Role.VIEWER: 1, Role.EDITOR: 2, Role.OWNER: 3}


@dataclass(frozen=True)
class Member:
    """The person who is signed in, in the organisation whose page it is."""

    account_id: UUID
    name: str
    role: Role
    organisation_id: UUID
    organisation_slug: str
    organisation_name: str
    is_example: bool

    def may(self, role: Role) -> bool:
        return RANK[self.role] >= RANK[role]

    @property
    def may_edit(self) -> bool:
        return self.may(Role.EDITOR)


def who(allowed: Who) -> Callable[[View], View]:
    """Declares who may see a page: `@who(Who.EDITOR)` directly over the function, under the route."""

    def declare(view: View) -> View:
        view.__who__ = allowed  # type: ignore[attr-defined]
        return view

    return declare


def member() -> Member:
    """The signed-in member of the organisation in this page's address."""
    return cast(Member, g.member)


def account_id() -> UUID:
    """The account that is signed in."""
    return cast(UUID, g.account_id)


def guard(app: Flask) -> None:
    """Checks every request, and refuses to start where a page does not say who may see it."""
    app.before_request(_check)


def check_every_page(app: Flask) -> None:
    """Raises RuntimeError naming the pages that do not say who may see them, or staff pages outside an organisation."""
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "__who__")
    ]
    if silent:
        raise RuntimeError(f"These pages do not say who may see them: {', '.join(sorted(silent))}")
    for rule in app.url_map.iter_rules():
        allowed = getattr(app.view_functions[rule.endpoint], "__who__", Who.ANYONE)
        if allowed in {Who.VIEWER, Who.EDITOR, Who.OWNER} and "organisation" not in rule.arguments:
            raise RuntimeError(f"{rule.endpoint} asks for a role but its address names no organisation")


def _check() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = request.routing_exception or _view(request.endpoint)
    allowed = getattr(view, "__who__", None)
    if request.routing_exception is not None or allowed in {Who.ANYONE, Who.PROVIDER}:
        return None
    return _check_staff(cast(Who, allowed))


def _view(endpoint: str) -> object:
    return current_app.view_functions[endpoint]


def _check_staff(allowed: Who) -> Response | None:
    now, token = clock.now(), session.get("token")
    slug = (request.view_args or {}).get("organisation", "")
    with database().reading() as db:
        account = members.account_of_session(db, token, now) if isinstance(token, str) else None
        membership = members.membership_in(db, account.id, slug) if account else None
    if account is None or not isinstance(token, str):
        session.pop("token", None)
        return redirect(url_for("accounts.sign_in", next=request.path if request.method == "GET" else None))
    if now - account.seen_at > members.NOTED_EVERY:
        with database().transaction() as db:
            members.note_seen(db, token, now)
    g.account_id = account.id
    if allowed is Who.SETTING_UP:
        return None
    if account.lacks_second_step:
        return redirect(url_for("accounts.show_two_step"), 303)
    if allowed is not Who.SIGNED_IN:
        _let_in(account, membership, Role(allowed.value))
    return None


def _let_in(account: Account, membership: Membership | None, needed: Role) -> None:
    """Not found for people of other organisations, forbidden for those whose role does not reach."""
    if membership is None:
        abort(404)
    g.member = Member(
        account_id=account.id,
        name=account.name,
        role=Role(membership.role),
        organisation_id=membership.organisation_id,
        organisation_slug=membership.slug,
        organisation_name=membership.organisation_name,
        is_example=membership.is_example,
    )
    if not g.member.may(needed):
        abort(403)
