"""The second step of signing in: the app of an account, its recovery codes, and which organisation asks for it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from svvoice.store.members import token_hash
from svvoice.store.once import add_once
from svvoice.store.sealing import Sealer
from svvoice.store.tables import OrganisationRow, RecoveryCodeRow, SecondStepRow


class WhoMust(StrEnum):
    """Who of an organisation must sign in with a second step."""

    NOBODY = "nobody"
    OWNERS = "owners"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class App:
    """What an account's app counts with. `last_step`: the half minute of the last code that was taken."""

    secret: str
    last_step: int


def is_on(session: Session, account_id: UUID) -> bool:
    return bool(session.execute(select(exists().where(SecondStepRow.account_id == account_id))).scalar_one())


def app_of(session: Session, sealer: Sealer, account_id: UUID) -> App | None:
    """None where there is none, or its secret cannot be read: sealed with another key, or for another account."""
    row = session.execute(
        select(SecondStepRow.secret_sealed, SecondStepRow.last_step).where(SecondStepRow.account_id == account_id)
    ).one_or_none()
    secret = _opened(sealer, row.secret_sealed, _belongs_to(account_id)) if row else None
    return App(secret, row.last_step) if row and secret else None


def set_up(session: Session, sealer: Sealer, account_id: UUID, secret: str, step: int, now: datetime) -> bool:
    """Keeps the app whose code of this half minute was right. Says no where there is one already."""
    sealed = sealer.seal(f"{_belongs_to(account_id)}{secret}")
    values = {"account_id": account_id, "secret_sealed": sealed, "last_step": step, "since": now}
    return add_once(session, SecondStepRow, values)


def take_code(session: Session, account_id: UUID, step: int) -> bool:
    """Uses up the code of this half minute and all before it; says no where it was used up already."""
    used = session.execute(
        update(SecondStepRow)
        .where(SecondStepRow.account_id == account_id, SecondStepRow.last_step < step)
        .values(last_step=step)
        .returning(SecondStepRow.account_id)
    )
    return used.one_or_none() is not None


def take_away(session: Session, account_id: UUID) -> bool:
    """Takes away app and recovery codes. Says whether there was an app."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    gone = session.execute(
        delete(SecondStepRow).where(SecondStepRow.account_id == account_id).returning(SecondStepRow.account_id)
    )
    return gone.one_or_none() is not None


def keep_recovery_codes(session: Session, sealer: Sealer, account_id: UUID, codes: Iterable[str]) -> None:
    """These instead of all earlier ones."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    rows = [{"account_id": account_id, "code_hash": _code_hash(sealer, account_id, code)} for code in codes]
    session.execute(insert(RecoveryCodeRow), rows)


def use_recovery_code(session: Session, sealer: Sealer, account_id: UUID, code: str) -> bool:
    """Says whether it was one that had not been used; it never works again."""
    used = session.execute(
        delete(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.account_id == account_id,
            RecoveryCodeRow.code_hash == _code_hash(sealer, account_id, code),
        )
        .returning(RecoveryCodeRow.account_id)
    )
    return used.one_or_none() is not None


def recovery_codes_left(session: Session, account_id: UUID) -> int:
    return session.execute(select(func.count()).where(RecoveryCodeRow.account_id == account_id)).scalar_one()


def rule_of(session: Session, organisation_id: UUID) -> WhoMust:
    rule = session.execute(select(OrganisationRow.two_step).where(OrganisationRow.id == organisation_id)).scalar_one()
    return WhoMust(rule)


def set_rule(session: Session, organisation_id: UUID, rule: WhoMust) -> None:
    session.execute(update(OrganisationRow).where(OrganisationRow.id == organisation_id).values(two_step=rule))


def offer(sealer: Sealer, browser: str, secret: str) -> str:
    """A secret that was shown and not kept yet, for the form: good for this signed-in browser and no longer."""
    return base64.urlsafe_b64encode(sealer.seal(f"{_offered_to(browser)}{secret}")).decode()


def offered(sealer: Sealer, browser: str, words: str) -> str | None:
    """The secret of an offer; None where it is not ours, or was made for another sign-in."""
    try:
        sealed = base64.urlsafe_b64decode(words.encode())
    except (binascii.Error, ValueError):
        return None
    return _opened(sealer, sealed, _offered_to(browser))


def _opened(sealer: Sealer, sealed: bytes, purpose: str) -> str | None:
    """What stands behind the purpose, so that nothing sealed for one thing passes for another."""
    try:
        words = sealer.open(sealed)
    except (InvalidTag, ValueError):
        return None
    return words.removeprefix(purpose) if words.startswith(purpose) else None


def _belongs_to(account_id: UUID) -> str:
    return f"second step of {account_id}: "


def _offered_to(browser: str) -> str:
    return f"second step offered to {token_hash(browser)}: "


def _code_hash(sealer: Sealer, account_id: UUID, code: str) -> str:
    return sealer.hash(f"recovery code of {account_id}: {code}")
