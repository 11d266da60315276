"""The headers of every answer: what a page may load, who may frame it, what may be kept."""

from __future__ import annotations

import base64
import hashlib
import zlib
from functools import cache, lru_cache
from typing import Any

from flask import Flask, Response, request

from svvoice.settings import Settings
from svvoice.web.words import page_style

LONGEST_BODY = 64 * 1024
STYLE_END = b"</style>"
GZIP = 16
"""Asks zlib for the frame that browsers call gzip."""


def set_headers(app: Flask, settings: Settings) -> None:
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_BODY

    @app.after_request
    def after(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy())
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
        if settings.is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return _smaller(response)


@cache
def policy(frames: str = "'none'", framed_by: str = "'none'") -> str:
    """What a page may load. `frames`: which pages it may show inside itself; `framed_by`: which may show it so."""
    digest = base64.b64encode(hashlib.sha256(page_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'self' 'sha256-{digest}'; img-src 'self'; form-action 'self'; "
        f"frame-src {frames}; frame-ancestors {framed_by}; base-uri 'none'"
    )


def _smaller(response: Response) -> Response:
    """Compresses a page for those who pay for data. The one secret in it, the turn, is new in every page, so that
    comparing sizes gives nothing away."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or response.mimetype != "text/html"
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or (response.content_length or 0) < 500
    ):
        return response
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response


def _packed(page: bytes) -> bytes:
    """The page as gzip. What every page begins with, up to the end of the stylesheet, is packed only once."""
    beginning, style_end, rest = page.partition(STYLE_END)
    if not style_end:
        beginning, rest = b"", page
    begun, packed = _begun(beginning + style_end)
    packing = begun.copy()
    return b"".join((packed, packing.compress(rest), packing.flush()))


@lru_cache(maxsize=24)
def _begun(beginning: bytes) -> tuple[Any, bytes]:
    """A packing that has taken in this beginning, a quarter of a megabyte each: one for each language, and a few."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | GZIP)
    return packing, packing.compress(beginning)
