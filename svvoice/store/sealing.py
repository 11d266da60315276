"""Keeps phone numbers unreadable in the database: sealed for sending, and a keyed hash for finding."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Sealer:
    """Seals and finds phone numbers with keys made from CONTACT_KEY, which never stands in the database."""

    def __init__(self, contact_key: str) -> None:
        self._find = _key(contact_key, b"find")
        self._seal = AESGCM(_key(contact_key, b"seal"))

    def hash(self, words: str) -> str:
        """The same number gives the same hash, and without the key nobody can try all numbers."""
        return hmac.new(self._find, words.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def seal(self, number: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._seal.encrypt(nonce, number.encode(), None)

    def open(self, sealed: bytes) -> str:
        return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()


def _key(contact_key: str, purpose: bytes) -> bytes:
    return hmac.new(contact_key.encode(), b"svvoice:" + purpose, hashlib.sha256).digest()
