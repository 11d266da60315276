"""The product's own English sentences inside text messages; each language's catalogue holds their translations."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], str]
"""The product's words in one language, by their English sentence."""


def N_(msgid: str) -> str:
    """Marks a sentence for the translators and gives it back unchanged; `say` translates it where it is used."""
    return msgid


YES = N_("Yes")
NO = N_("No")
SOMETHING_ELSE = N_("Something else")

REPLY_WITH_A_NUMBER = N_("Reply with a number.")
SEVERAL_ALLOWED = N_("You can choose more than one: 1 3")
SEVERAL_UP_TO = N_("You can choose up to %(most)s: 1 3")

SCALE_ENDS = N_("%(min)s = %(min_label)s, %(max)s = %(max_label)s")
SCALE_END = N_("%(point)s = %(label)s")
NUMBER_BETWEEN = N_("Reply with a number from %(min)s to %(max)s.")
NUMBER_AT_LEAST = N_("Reply with a number, %(min)s or more.")
NUMBER_AT_MOST = N_("Reply with a number, %(max)s or less.")
OWN_WORDS = N_("Reply in your own words.")
POSTCODE_FORMAT = N_("Reply with the first part only, like LS9.")

INTRO_WHO = N_("%(organisation)s asks: %(title)s")
INTRO_HOW_MANY = N_("Questions: %(questions)s at most. A reply costs your normal text price.")
INTRO_NOTICE = N_("About your answers: %(link)s")
INTRO_LANGUAGES = N_("For another language, text LANGUAGE.")
INTRO_STOP = N_("Text STOP to end.")
