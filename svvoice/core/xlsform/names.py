"""Ids from the names of a form: shortened and tidied where ours are stricter, and never the same twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from svvoice.core.document_fields import ID
from svvoice.core.xlsform.report import shown


def make_id(name: str, taken: Collection[str], first: str) -> str:
    """The name itself where it can be an id that is not `taken`; else one like it. `first` begins ids of digits."""
    if is_id(name) and name not in taken:
        return name
    like = _like(name, first)
    if like not in taken:
        return like
    number = 2
    while (numbered := f"{like[: ID.longest - len(str(number)) - 1].rstrip('_')}_{number}") in taken:
        number += 1
    return numbered


def is_id(name: str) -> bool:
    return len(name) <= ID.longest and re.fullmatch(ID.expression, name) is not None


def _like(name: str, first: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if re.fullmatch(r"-[0-9]+", name):
        words = f"minus_{words}"  # -99 and 99 often stand side by side
    begun = words if words[:1].isalpha() else f"{first}{words}"
    return begun[: ID.longest].rstrip("_")


def renamed(name: str, identifier: str) -> str:
    """The line of a report for a name that could not stay."""
    return f"the name “{shown(name)}” is now “{identifier}”" if name else f"there is no name: it is “{identifier}” now"


def words_of(name: str) -> str:
    """A name as words, for a row that has none: `age_of_child` is “Age of child”."""
    words = " ".join(re.split(r"[_\s]+", name.strip()))
    return words[:1].upper() + words[1:]


def make_slug(*written: str) -> str:
    """The first of these that can be made a slug; empty where none can."""
    for text in written:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")
        if slug:
            return slug
    return ""
