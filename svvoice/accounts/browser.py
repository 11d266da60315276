"""What a browser keeps of a person who is signed in, and where it may be sent after signing in."""

from __future__ import annotations

import re

from flask import make_response, request, session, url_for
from werkzeug.wrappers import Response

from svvoice import clock
from svvoice.accounts.tries import WINDOW, Counter, counters
from svvoice.store import members
from svvoice.store.members import Account, Membership
from svvoice.web.services import database, settings

# One slash and no second one (`//evil.example` is another host), no backslash (browsers read it as a slash), nothing
# unseen (browsers leave tabs and line ends out).
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


TOO_MANY = "Too many tries. Wait a quarter of an hour, then try again."

# What a browser says of itself holds the names of those that it is like, so the rarer ones come first.
_FAMILIES = {
    "SamsungBrowser/": "Samsung Internet",
    "Edg": "Edge",
    "OPR/": "Opera",
    "FxiOS/": "Firefox",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}


def keep(token: str) -> None:
    """From now on this browser is signed in. Whatever it kept before is thrown away, forms' tokens included."""
    session.clear()
    session["token"] = token


def keep_waiting(token: str, after: str | None) -> None:
    """This browser may give its code now; `after` is where it wants to go then."""
    session.clear()
    session["waiting"] = token
    session["next"] = after


def token() -> str:
    """This browser's token; empty where it has none."""
    return _kept("token")


def waiting_token() -> str:
    """The token of a browser that waits for its code; empty where it does not."""
    return _kept("waiting")


def family() -> str:
    """The family of this browser, such as Firefox; empty where it is none that we know. The rest is not kept."""
    says = request.user_agent.string
    return next((name for sign, name in _FAMILIES.items() if sign in says), "")


def too_many(page: str) -> Response:
    """The page, with how long to wait said to programs too."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


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


def _kept(name: str) -> str:
    kept = session.get(name)
    return kept if isinstance(kept, str) else ""
