"""Where the provider tells what became of a text. What it says only climbs, in whatever order it arrives."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, make_response, request

from svvoice import clock
from svvoice.messaging.callback import PATH, read_callback
from svvoice.messaging.sender import Trouble
from svvoice.messaging.twilio import signature_is_valid, trouble_of
from svvoice.store import opt_outs, outbox
from svvoice.store.database import Database, run_again
from svvoice.web.access import Who, who
from svvoice.web.services import database, settings

blueprint = Blueprint("status", __name__)

# From the lowest to the highest. What came last in a text's life stands highest, and each has its own place, so that
# the same reports end in the same state in any order.
STATUSES = (
    "accepted",
    "scheduled",
    "queued",
    "sending",
    "sent",
    "canceled",
    "failed",
    "undelivered",
    "delivered",
    "read",
)


@blueprint.post(PATH, strict_slashes=True)
@who(Who.PROVIDER)
def report() -> Response:
    """What became of one text: 204, also for what we do not know; 403 without a valid signature."""
    if not signature_is_valid(settings(), request.full_path, request.form, request.headers.get("X-Twilio-Signature")):
        return _answer(403)
    which = read_callback(settings(), request.args.get("m", ""))
    sid, status = request.form.get("MessageSid", ""), request.form.get("MessageStatus", "").lower()
    if which is None or status not in STATUSES or not 0 < len(sid) <= 64:
        return _answer(204)
    now = clock.now()
    run_again(lambda: note_status(database(), which, sid, status, _code(request.form.get("ErrorCode", "")), now))
    return _answer(204)


def note_status(
    database: Database, which: tuple[UUID, UUID], sid: str, status: str, code: int | None, now: datetime
) -> None:
    """Keeps a report about the text `which` (organisation, id) if it is the highest so far; notes a STOP."""
    organisation_id, outbox_id = which
    lower = STATUSES[: STATUSES.index(status)]
    with database.transaction() as session:
        phone_hash = outbox.record_status(
            session, organisation_id, outbox_id, sid=sid, status=status, lower=lower, code=code, now=now
        )
        if phone_hash is None or code is None or trouble_of(code) is not Trouble.STOPPED:
            return
        if not opt_outs.is_stopped(session, organisation_id, phone_hash):
            opt_outs.stop(session, organisation_id, phone_hash, word="", source="carrier", message_sid=None, now=now)


def _code(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else None


def _answer(status: int) -> Response:
    return make_response("", status)
