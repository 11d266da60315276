"""The audit log as owners read it: who did what, and when, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request

from svvoice.accounts.audit_words import person_in, sentence
from svvoice.accounts.blueprint import blueprint
from svvoice.accounts.said import moment
from svvoice.errors import NotFound
from svvoice.store import accounts, audit
from svvoice.web.access import Who, member, who
from svvoice.web.services import database

ON_A_PAGE = 100


@dataclass(frozen=True)
class AuditLine:
    """`when` in London, as it is said."""

    when: str
    words: str


@blueprint.get("/o/<organisation>/audit")
@who(Who.OWNER)
def audit_log(organisation: str) -> str:
    before = _before(request.args.get("before"))
    with database().reading() as db:
        events = audit.events_before(db, member().organisation_id, before, ON_A_PAGE + 1)
        if events is None:
            raise NotFound(str(before))
        people = {event.account_id for event in events} | {person_in(event) for event in events}
        names = accounts.names(db, [person for person in people if person])
    shown = events[:ON_A_PAGE]
    return render_template(
        "accounts/audit.html",
        lines=[AuditLine(moment(event.at), sentence(event, names)) for event in shown],
        earlier=shown[-1].id if len(events) > ON_A_PAGE else None,
        is_first=before is None,
        here="colleagues",
    )


def _before(words: str | None) -> UUID | None:
    try:
        return UUID(words) if words else None
    except ValueError:
        raise NotFound("no such event") from None
