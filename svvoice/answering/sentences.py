"""What we say to people who answer: a sentence for each code, said in their language by `Speech`."""

from __future__ import annotations

from svvoice.core.replies import Reason
from svvoice.core.survey import Kind, Question
from svvoice.core.words import N_
from svvoice.language import Speech

# On a page: what to do now, for each reason and, where it matters, each kind of question.
PAGE = {
    Reason.REQUIRED: N_("Please answer this question to go on."),
    Reason.TOO_MANY: N_("Choose no more than %(most)s."),
    Reason.EXCLUSIVE: N_("Untick “%(alone)s”, or untick the others."),
    Reason.TOO_LONG: N_("Your answer is too long. Please use fewer than %(longest)s letters."),
    Reason.TWO_OPTIONS_FOR_SINGLE: N_("Choose just one."),
    Reason.NOT_AN_OPTION: N_("Choose one of the answers on this page."),
    Reason.AMBIGUOUS: N_("We are not sure what you mean. Please write it another way."),
}
PAGE_KIND = {
    Kind.NUMBER: N_("Write a number, such as 3."),
    Kind.POSTCODE_DISTRICT: N_("Write the first part of your postcode, such as CF10."),
    Kind.TEXT: N_("Write a few words, or skip this question."),
}
PAGE_RANGE = N_("Write a number from %(low)s to %(high)s.")
PAGE_WHOLE = N_("Write a whole number, such as 3.")
PAGE_STATES = {
    "another_tab": N_("You started on this phone before. Check your answer, then send it again."),
    "someone_else": N_("The last person has finished. If this is your answer, send it again."),
    "stale_page": N_("This page was too old. Check your answer, then send it again."),
}


def page_problem(code: str, question: Question, speech: Speech, alone: str) -> str:
    """The sentence for a problem on a page. `alone`: the words of the choice that goes with no other."""
    if code in PAGE_STATES:
        return speech.say(PAGE_STATES[code])
    reason = Reason(code)
    if reason is Reason.OUT_OF_RANGE and question.min is not None and question.max is not None:
        return speech.say(PAGE_RANGE, low=question.min, high=question.max)
    if reason is Reason.BETWEEN_VALUES and question.integer:
        return speech.say(PAGE_WHOLE)
    if reason in PAGE:
        longest = question.max_length or 5000
        values = {"most": question.max_choices, "alone": alone, "longest": longest}
        sentence = PAGE[reason]
        return speech.say(sentence, **values) if "%(" in sentence else speech.say(sentence)
    return speech.say(PAGE_KIND.get(question.kind, PAGE[Reason.NOT_AN_OPTION]))
