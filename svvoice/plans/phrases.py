"""The product's own words about results and decisions, for the public page and for texts. Short, for everyone."""

from __future__ import annotations

from svvoice.core.decisions import Difference, Verdict
from svvoice.core.words import N_

VERDICTS = {
    Verdict.YES: N_("Yes"),
    Verdict.PART: N_("In part"),
    Verdict.NO: N_("No"),
    Verdict.LATER: N_("Not yet"),
    Verdict.NOT_OURS: N_("Not ours to decide"),
}
"""What stands at the head of a decision on the public page, and in a text."""

DIFFERENCES = {
    Difference.CHANGED: N_("What you said changed what we do."),
    Difference.CONFIRMED: N_("What you said told us that we were right."),
    Difference.NOT_CHANGED: N_("What you said did not change what we do."),
}

TOLD_HEARD = N_("You said: %(heard)s")
TOLD_DECIDED = N_("We decided: %(verdict)s.")
TOLD_MORE = N_("Read more: %(link)s")
TOLD_STOP = N_("Text STOP to end.")

FEWER_THAN_10 = N_("Fewer than 10 people have answered so far.")
FEWER_ANSWERED_THIS = N_("Fewer than 10 people have answered this.")
ANSWERED_THIS = N_("%(people)s people answered this.")
WROTE = N_("%(people)s people wrote something here. We read it all and show none of it.")
ANSWERED = N_("%(people)s people answered, from %(first)s to %(last)s.")
BY_TEXT = N_("%(people)s of them by text message.")
IN_100 = N_("%(share)s in 100")
FEWER_THAN_1 = N_("fewer than 1 in 100")
MORE_THAN_99 = N_("more than 99 in 100")
HIDDEN_SMALL = N_("fewer than 10 people")
HIDDEN_COMPANION = N_("kept back, so that no other number gives it away")
FIRST_TIME = N_("%(share)s in 100 of those who told us spoke up for the first time.")
SCALE_POINT = N_("%(point)s = %(label)s")
