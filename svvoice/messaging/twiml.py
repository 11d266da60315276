"""The answer to a text as the texting provider reads it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
# Letters that XML cannot carry, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def reply_xml(reply: str) -> str:
    """The reply as TwiML; an empty reply is silence. The same words give the same bytes."""
    if not reply:
        return f"{_HEAD}<Response/>"
    return f"{_HEAD}<Response><Message>{escape(_FORBIDDEN.sub('', reply))}</Message></Response>"
