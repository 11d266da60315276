"""Files that are sent as they are made."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response


def csv_download(name: str, chunks: Iterator[bytes]) -> Response:
    """A CSV file to keep, sent piece by piece. `name`: plain ASCII, without quotes.

    The first piece is made before anything is sent, so that trouble at the beginning is a page; later trouble breaks
    the file off, and the browser says that the download failed.
    """
    first = next(chunks, b"")
    response = Response(_from(first, chunks), mimetype="text/csv", direct_passthrough=True)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
