"""What a browser keeps of a person who is signed in, and where it may be sent after signing in."""

from __future__ import annotations

import re

from flask import request, session, url_for

from svvoice import clock
from svvoice.accounts.tries import Counter, counters
from svvoice.store import members
from svvoice.store.members import Account, Membership
from svvoice.web.services import database, settings

# One slash and no second one (`//evil.example` is another host), no backslash (browsers read it as a slash), nothing
# unseen (browsers leave tabs and line ends out).
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def keep(token: str) -> None:
    """From now on this browser is signed in. Whatever it kept before is thrown away, forms' tokens included."""
    session.clear()
    session["token"] = token


def token() -> str:
    """This browser's token; empty where it has none."""
    kept = session.get("token")
    return kept if isinstance(kept, str) else ""


def account() -> Account | None:
    """Who is signed in, on pages that anyone may see."""
    with database().reading() as db:
        return members.account_of_session(db, token(), clock.now()) if token() else None


def try_counters(sign_in_name: str) -> tuple[Counter, ...]:
    """What a try with this name, from where this request comes, counts towards."""
    return counters(settings().secret_key, sign_in_name, request.remote_addr or "")


def own_path(address: str | None) -> str | None:
    """The address, if it is a path of this site and nothing else."""
    return address if address and _OWN_PATH.fullmatch(address) else None


def landing(memberships: list[Membership]) -> str:
    """Where a person begins: at their organisation, or at the list of them."""
    if len(memberships) == 1:
        return url_for("authoring.home", organisation=memberships[0].slug)
    return url_for("accounts.organisations")
