"""People answering, written once: the same script runs over web and over text and must leave the same answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Says:
    """An answer: what is chosen or typed on a page, and what is texted."""

    page: tuple[str, ...]
    text: str
    other: str = ""


@dataclass(frozen=True)
class Skips:
    """Passes the question over."""


@dataclass(frozen=True)
class GoesBack:
    """To the question before."""


@dataclass(frozen=True)
class Speaks:
    """Changes the language half-way."""

    language: str
    text: str


Step = Says | Skips | GoesBack | Speaks


@dataclass(frozen=True)
class Script:
    name: str
    language: str
    keyword: str
    steps: tuple[Step, ...]
    kept: dict[str, tuple[str, str | None, str | None, bool]]
    """By question: state, written value, words beside "other", and whether it counts."""
    status: str
    ends_in: str
    survey: str = "park"


ANSWERED, SKIPPED = "answered", "skipped"

SCRIPTS = (
    Script(
        name="straight through in English, by words and numbers",
        language="en",
        keyword="park",
        steps=(
            Says(("yes",), "yess pls x"),
            Says(("weekly",), "1"),
            Says(("trees", "lights"), "1 and 3 thanks"),
            Says(("4",), "4 out of 5"),
            Says(("12",), "twelve"),
            Says(("More shade, and a café!",), "More shade, and a café!"),
            Says(("LS9 7TD",), "ls9 7td"),
            Says(("from_16",), "im 19"),
        ),
        kept={
            "near": (ANSWERED, "yes", None, True),
            "use": (ANSWERED, "weekly", None, True),
            "want": (ANSWERED, "trees|lights", None, True),
            "rating": (ANSWERED, "4", None, True),
            "visits": (ANSWERED, "12", None, True),
            "change": (ANSWERED, "More shade, and a café!", None, True),
            "area": (ANSWERED, "LS9", None, True),
            "age": (ANSWERED, "from_16", None, True),
        },
        status="complete",
        ends_in="en",
    ),
    Script(
        name="a branch not taken, and questions skipped, in Urdu",
        language="ur",
        keyword="PARK اردو",
        steps=(
            Says(("no",), "نہیں"),
            Says(("none",), "۴"),
            Skips(),
            Says(("۰",), "صفر"),
            Skips(),
            Skips(),
            Says(("under_16",), "۱"),
        ),
        kept={
            "near": (ANSWERED, "no", None, True),
            "want": (ANSWERED, "none", None, True),
            "rating": (SKIPPED, None, None, True),
            "visits": (ANSWERED, "0", None, True),
            "change": (SKIPPED, None, None, True),
            "area": (SKIPPED, None, None, True),
            "age": (ANSWERED, "under_16", None, True),
        },
        status="complete",
        ends_in="ur",
    ),
    Script(
        name="goes back and leaves a branch: its answer is kept but counts nowhere",
        language="cy",
        keyword="park cymraeg",
        steps=(
            Says(("yes",), "ydw"),
            Says(("never",), "byth"),
            GoesBack(),
            GoesBack(),
            Says(("no",), "nac ydw"),
            Says(("trees", "seats"), "1 a 2"),
        ),
        kept={
            "near": (ANSWERED, "no", None, True),
            "use": (ANSWERED, "never", None, False),
            "want": (ANSWERED, "trees|seats", None, True),
        },
        status="partial",
        ends_in="cy",
    ),
    Script(
        name="comes back to a branch: its answer counts again",
        language="en",
        keyword="PARK",
        steps=(
            Says(("yes",), "y"),
            Says(("monthly",), "every month"),
            GoesBack(),
            GoesBack(),
            Says(("no",), "2"),
            GoesBack(),
            Says(("yes",), "1"),
            Says(("seats",), "seats"),
        ),
        kept={
            "near": (ANSWERED, "yes", None, True),
            "use": (ANSWERED, "monthly", None, True),
            "want": (ANSWERED, "seats", None, True),
        },
        status="partial",
        ends_in="en",
    ),
    Script(
        name="changes the language half-way, and adds own words beside other",
        language="en",
        keyword="Park",
        steps=(
            Says(("yes",), "Yes."),
            Speaks("pl", "polski"),
            Says(("weekly",), "co tydzien"),
            Says(("other",), "5 huśtawki", other="huśtawki"),
        ),
        kept={
            "near": (ANSWERED, "yes", None, True),
            "use": (ANSWERED, "weekly", None, True),
            "want": (ANSWERED, "other", "huśtawki", True),
        },
        status="partial",
        ends_in="pl",
    ),
    Script(
        name="an answer changed by going back",
        language="pl",
        keyword="park polski",
        steps=(
            Says(("yes",), "tak"),
            GoesBack(),
            Says(("no",), "nie"),
            Says(("lights",), "3"),
            GoesBack(),
            Says(("seats", "lights"), "2 i 3"),
        ),
        kept={
            "near": (ANSWERED, "no", None, True),
            "want": (ANSWERED, "seats|lights", None, True),
        },
        status="partial",
        ends_in="pl",
    ),
)
