"""Where the texting provider brings us a text; the reply goes back as the answer to the same request."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from svvoice import clock
from svvoice.answering.line import Text
from svvoice.answering.texting import answer_by_text
from svvoice.core.answers import cleaned
from svvoice.messaging.twilio import signature_is_valid
from svvoice.messaging.twiml import reply_xml
from svvoice.store.database import run_again
from svvoice.web.access import Who, who
from svvoice.web.services import database, services, settings

blueprint = Blueprint("sms", __name__)

NEEDED = ("MessageSid", "From", "To")
LONGEST = 1600


@blueprint.post("/sms/inbound", strict_slashes=True)
@who(Who.PROVIDER)
def inbound() -> Response:
    """One text. 403 without a valid signature, 400 where it is not a text; the reply is TwiML, given once kept."""
    if not signature_is_valid(
        settings(), request.full_path.removesuffix("?"), request.form, request.headers.get("X-Twilio-Signature")
    ):
        return _plain("The signature does not fit.", 403)
    if any(len(request.form.getlist(field)) != 1 for field in NEEDED) or len(request.form.getlist("Body")) > 1:
        return _plain("This needs MessageSid, From, To and Body, once each.", 400)
    text = _text()
    if not text.sid or len(text.sid) > 64:
        return _plain("MessageSid is missing or too long.", 400)
    now = clock.now()
    reply = run_again(lambda: answer_by_text(database(), settings(), services().sealer, text, now))
    response = make_response(reply_xml(reply))
    response.mimetype = "text/xml"
    return response


def _text() -> Text:
    media = request.form.get("NumMedia", "0")
    return Text(
        sid=cleaned(request.form["MessageSid"].strip()),
        sender=request.form["From"].strip(),
        to=request.form["To"].strip(),
        body=cleaned(request.form.get("Body", ""))[: LONGEST * 2],
        media=int(media) if media.isascii() and media.isdigit() and len(media) < 4 else 0,
        opt_out_type=request.form.get("OptOutType", "").strip(),
    )


def _plain(words: str, status: int) -> Response:
    response = make_response(words, status)
    response.mimetype = "text/plain"
    return response
