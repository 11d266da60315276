"""What the web server may log: that something went wrong, never what somebody sent or from where."""

from __future__ import annotations

import sys
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from svvoice.errors import where


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's own log repeats the address, the IP and pieces of a request that it cannot read; this one does not."""

    def warning(self, msg: object, *args: Any, **more: Any) -> None:
        if str(msg).startswith("Invalid request"):
            super().warning("A request could not be read.")
        else:
            super().warning(msg, *args, **more)

    def exception(self, msg: object, *args: Any, **more: Any) -> None:
        error = sys.exc_info()[1]
        if str(msg).startswith(("Error handling", "Socket error", "HTTP/2")) and error is not None:
            self.error("%s at %s", type(error).__name__, where(error))
        else:
            super().exception(msg, *args, **more)

    def access(self, *_: Any, **__: Any) -> None:
        """Who asked for what, and when, is nobody's business."""
