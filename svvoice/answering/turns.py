"""The signed `turn` that a page carries: it stops forgery and makes a page sent twice harmless."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "svvoice turn"


@dataclass(frozen=True)
class PageTurn:
    """Which response, version and question a page belongs to, and which sending-in of it this is."""

    response_id: UUID
    version: int
    question_id: str
    submission_id: str
    collector: str = ""


def new_turn(response_id: UUID | None, version: int, question_id: str, collector: str) -> PageTurn:
    """A turn for a page that is about to be shown; a person who has not answered yet gets a response's id in advance,
    so that the first answer sent twice is still one person's."""
    return PageTurn(response_id or uuid4(), version, question_id, secrets.token_urlsafe(9), collector)


def sign(turn: PageTurn, slug: str, secret_key: str) -> str:
    """The turn as it stands in the form; good for one survey only."""
    parts = [turn.response_id.hex, turn.version, turn.question_id, turn.submission_id, turn.collector]
    return URLSafeSerializer(secret_key, f"{SALT} {slug}").dumps(parts)


def read(signed: str, slug: str, secret_key: str) -> PageTurn | None:
    """The turn, or None where it was not signed by us."""
    try:
        response, version, question, submission, collector = URLSafeSerializer(secret_key, f"{SALT} {slug}").loads(
            signed
        )
        return PageTurn(UUID(hex=response), int(version), str(question), str(submission), str(collector))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def digest(*sent: str) -> str:
    """What was sent in, so that a repeat can be told from a change."""
    return hashlib.sha256("\x1f".join(sent).encode("utf-8", "surrogatepass")).hexdigest()[:32]
