"""The shapes in which Twilio's API answers: a text, a list of texts, an error."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from svvoice.core.sms_text import segments
from svvoice.messaging.loopback.ledger import Message

# Numbers with which Twilio's own test account answers in these ways.
MAGIC_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}

WORDS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "The 'To' number is not a valid phone number.",
    21212: "The 'From' number is not a valid phone number.",
    21408: "Permission to send an SMS has not been enabled for the region.",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21606: "The 'From' number cannot send this text.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has too many texts waiting.",
    21612: "The 'To' number is not reachable from this 'From' number.",
    21614: "The 'To' number is not a mobile number.",
    21617: "The concatenated message body exceeds the 1600 character limit.",
}
STATUS = {20003: 401, 20404: 404, 20429: 429, 21611: 429, 20500: 500}


def error(code: int) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the document for one of Twilio's codes."""
    status = STATUS.get(code, 400)
    return status, {
        "code": code,
        "message": WORDS[code],
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def message(account_sid: str, kept: Message) -> dict[str, Any]:
    """One text as the API shows it."""
    to, sender = (kept.number, kept.ours) if kept.is_ours else (kept.ours, kept.number)
    is_service = sender.startswith("MG")
    uri = f"/2010-04-01/Accounts/{account_sid}/Messages/{kept.sid}.json"
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": kept.body,
        "date_created": _moment(kept.created_at),
        "date_sent": _moment(kept.sent_at),
        "date_updated": _moment(kept.sent_at or kept.created_at),
        "direction": str(kept.direction),
        "error_code": kept.error_code,
        "error_message": None,
        "from": None if is_service else sender,
        "messaging_service_sid": sender if is_service else None,
        "num_media": str(kept.media),
        "num_segments": str(max(1, segments(kept.body).count)),
        "price": None,
        "price_unit": "GBP",
        "sid": kept.sid,
        "status": kept.status,
        "subresource_uris": {"media": uri.replace(".json", "/Media.json")},
        "to": to,
        "uri": uri,
    }


def messages(account_sid: str, found: list[Message], asked: dict[str, str]) -> dict[str, Any]:
    """One page of texts, newest first, narrowed by `To`, `From` and `DateSent` as the API does."""
    chosen = [kept for kept in reversed(found) if _fits(message(account_sid, kept), kept, asked)]
    size = max(1, min(int(asked.get("PageSize", "50") or "50"), 1000))
    page = int(asked.get("Page", "0") or "0")
    shown = chosen[page * size : (page + 1) * size]
    base = f"/2010-04-01/Accounts/{account_sid}/Messages.json"

    def uri(number: int) -> str:
        return f"{base}?{urlencode({**asked, 'PageSize': size, 'Page': number})}"

    return {
        "end": page * size + len(shown) - 1,
        "first_page_uri": uri(0),
        "messages": [message(account_sid, kept) for kept in shown],
        "next_page_uri": uri(page + 1) if len(chosen) > (page + 1) * size else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": uri(page - 1) if page else None,
        "start": page * size,
        "uri": uri(page),
    }


def _fits(shown: dict[str, Any], kept: Message, asked: dict[str, str]) -> bool:
    if any(asked.get(name) and asked[name] != shown[key] for name, key in (("To", "to"), ("From", "from"))):
        return False
    sent = kept.sent_at
    after, before, on = (asked.get(name) for name in ("DateSent>", "DateSent<", "DateSent"))
    if not (after or before or on):
        return True
    if sent is None:
        return False
    return (
        (not after or sent >= datetime.fromisoformat(after))
        and (not before or sent <= datetime.fromisoformat(before))
        and (not on or sent.date() == datetime.fromisoformat(on).date())
    )


def _moment(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
