"""A transport without a network: calls a WSGI application and counts only the CPU time that the application takes."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from benchmarks.visitor import Reply
from tests.environment import ENVIRONMENT

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class InProcess:
    """One browser, or the texting provider. Its own work (making requests, unpacking) is not timed."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app
        self.cookies: dict[str, str] = {}
        self.seconds = 0.0
        self.requests = 0

    def forget(self) -> None:
        """A new person on a new phone."""
        self.cookies, self.seconds, self.requests = {}, 0.0, 0

    def get(self, address: str) -> Reply:
        return self._call(self._environ("GET", address))

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        environ = self._environ("POST", address)
        environ |= {
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }
        return self._call(environ)

    def _environ(self, method: str, address: str) -> dict[str, Any]:
        parts, host = urlsplit(address), urlsplit(ENVIRONMENT["PUBLIC_URL"])
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": host.hostname,
            "SERVER_PORT": str(host.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": host.netloc,
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": host.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return environ

    def _call(self, environ: dict[str, Any]) -> Reply:
        answer: list[Any] = []
        began = time.process_time()
        pieces = self._app(environ, lambda status, headers, _error=None: answer.extend((status, headers)))
        body = b"".join(pieces)
        if hasattr(pieces, "close"):
            pieces.close()
        self.seconds += time.process_time() - began
        self.requests += 1
        return self._read(answer[0], answer[1], body)

    def _read(self, status: str, headers: list[tuple[str, str]], body: bytes) -> Reply:
        found = {name.lower(): value for name, value in headers}
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        sent = len(body) + sum(len(name) + len(value) + 4 for name, value in headers)
        plain = gzip.decompress(body) if found.get("content-encoding") == "gzip" else body
        return Reply(int(status[:3]), found.get("location", ""), plain.decode(), sent)
