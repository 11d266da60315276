"""How often somebody may guess: which tries count together, and how many are too many."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from svvoice.core.networks import one_place

WINDOW = timedelta(minutes=15)
"""Failed tries count, and are kept, this long."""

PER_ACCOUNT, PER_ADDRESS, EVERYWHERE = 10, 50, 1000


@dataclass(frozen=True)
class Counter:
    """Tries with the same key count together; `most` of them may fail within the window."""

    key: str
    most: int


def counters(secret_key: str, sign_in_name: str, network_address: str) -> tuple[Counter, ...]:
    """What one try counts towards: the account (or the name that nobody has), the network address, and everybody."""
    return (
        Counter(_keyed(secret_key, f"account:{sign_in_name}"), PER_ACCOUNT),
        Counter(_keyed(secret_key, f"address:{one_place(network_address)}"), PER_ADDRESS),
        Counter("everywhere", EVERYWHERE),
    )


def _keyed(secret_key: str, words: str) -> str:
    """Neither the name nor the address can be read from what is kept."""
    digest = hmac.new(secret_key.encode(), f"sign-in tries {words}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return digest.hexdigest()
