"""What a `type` of XLSForm is here: a question of some kind, a group, or something that is left out with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from svvoice.core.survey import Kind


@dataclass(frozen=True)
class Asked:
    """A question. `changed` says in what it differs from what the form meant; empty where in nothing."""

    kind: Kind
    integer: bool = False
    list_name: str = ""
    other: bool = False
    changed: str = ""


@dataclass(frozen=True)
class Group:
    """The beginning or the end of a group; a repeat is a group that is asked several times."""

    begins: bool
    repeat: bool = False


@dataclass(frozen=True)
class LeftOut:
    reason: str


_GROUPS: Mapping[str, Group] = {
    "begin group": Group(True),
    "end group": Group(False),
    **{f"begin {what}": Group(True, repeat=True) for what in ("repeat", "loop", "lgroup", "looped group")},
    **{f"end {what}": Group(False, repeat=True) for what in ("repeat", "loop", "lgroup", "looped group")},
}

_AS_WORDS = "there is no such kind here yet: it is asked in own words"
_METADATA = LeftOut("the form would note it by itself, which is not done here")
_DEVICE = LeftOut("there is no such kind here")
_WORKED_OUT = LeftOut("it is worked out and not asked, and nothing is worked out here")

_NOTED_BY_ITSELF = (
    *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"),
    *("start-geopoint", "background-geopoint", "background-audio", "get start time", "get end time", "get today"),
    *("get device id", "imei", "device id", "start time", "end time", "start_time", "end_time"),
)
_OF_DEVICES = (
    *("geopoint", "geotrace", "geoshape", "location", "gps", "barcode", "image", "photo", "picture", "audio", "video"),
    *("file", "csv-external", "xml-external", "entity", "osm"),
)

_TYPES: Mapping[str, Asked | LeftOut] = {
    "text": Asked(Kind.TEXT),
    "string": Asked(Kind.TEXT),
    "integer": Asked(Kind.NUMBER, integer=True),
    "int": Asked(Kind.NUMBER, integer=True),
    "decimal": Asked(Kind.NUMBER),
    "range": Asked(Kind.SCALE),
    "note": Asked(Kind.NOTE),
    "acknowledge": Asked(Kind.YES_NO, changed="a tick to agree is asked as yes or no"),
    "trigger": Asked(Kind.YES_NO, changed="a tick to agree is asked as yes or no"),
    **{name: Asked(Kind.TEXT, changed=_AS_WORDS) for name in ("date", "time", "datetime", "date time")},
    **dict.fromkeys(("calculate", "hidden", "calculation"), _WORKED_OUT),
    **dict.fromkeys(_NOTED_BY_ITSELF, _METADATA),
    **dict.fromkeys(_OF_DEVICES, _DEVICE),
}

_SELECT = re.compile(
    r"(?:add )?(?P<how>select[ _]?one|select1|select[ _]?multiple|select all that apply|rank)"
    r"(?: prompt using| from| using)?"
    r" (?P<list>\S+)(?P<other>(?: | and )?(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_OLD_WORDS = re.compile(r"^(?:q|add) (?!select)| prompt$")
"""`add text prompt` and `q string` are what forms once called `text`."""
_ELSEWHERE = re.compile(
    r"(select_one|select_multiple|select_one_external)(_from_file| external|_external)\b", re.IGNORECASE
)


def kind_of(written: str) -> Asked | Group | LeftOut:
    text = " ".join(written.split())
    lower = text.lower()
    if group := _GROUPS.get(lower.replace("_", " ")):
        return group
    if known := _TYPES.get(_OLD_WORDS.sub("", lower)):
        return known
    if _ELSEWHERE.match(text) or lower.startswith("select_one_external"):
        return LeftOut("its choices stand in another file, and no other file is read")
    if lower.startswith("osm "):
        return _DEVICE
    select = _SELECT.fullmatch(text)
    if select is None:
        return LeftOut("this type is not known here")
    return _chosen(select)


def _chosen(select: re.Match[str]) -> Asked | LeftOut:
    how = re.sub("[ _]", "", select.group("how").lower())
    if how == "rank":
        return LeftOut("putting things in order is not asked here yet")
    list_name, other = select.group("list"), bool(select.group("other"))
    if list_name.startswith("${"):
        return LeftOut("its choices are answers given before, which is not done here")
    kind = Kind.SINGLE_CHOICE if how in ("selectone", "select1") else Kind.MULTI_CHOICE
    return Asked(kind, list_name=list_name, other=other)
