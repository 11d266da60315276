"""What we say by text, in short plain sentences; each is translated and counted in parts."""

from svvoice.core.replies import Reason
from svvoice.core.survey import Kind
from svvoice.core.words import N_

STOPPED = N_("You will get no more texts from %(organisation)s. Text START to begin again.")
STARTED = N_("You can get texts from %(organisation)s again.")
STARTED_GO_ON = N_("You can get texts from %(organisation)s again. Text %(keyword)s to go on.")
HELP = N_(
    "%(organisation)s asks what people think. Answer with a number or words. "
    "You can also text SKIP, BACK, LANGUAGE, DELETE or STOP. In danger? Call 999. Childline 0800 1111."
)
LANGUAGES = N_("Text the name of your language:")
LANGUAGE_NOT_HERE = N_("Sorry, this survey is not in that language yet.")
LANGUAGE_SET = N_("We will text you in English.")
FIRST_QUESTION = N_("This is the first question.")
NOTHING_OPEN = N_("There is no question open now.")
HOW_TO_BEGIN = N_("Sorry, we do not know what that is about.")
BEGIN_WITH = N_("Text %(keyword)s to answer: %(title)s")
NOTHING_TO_ANSWER = N_("There is nothing to answer just now. Thank you.")
CLOSED = N_("This survey has closed. Thank you for taking part.")
NOT_OPEN = N_("This survey is not open yet. Please text us again later.")
WHICH = N_("You are in the middle of: %(title)s. Text %(keyword)s again to change to: %(other)s. Or answer this:")
WELCOME_BACK = N_("Welcome back.")
THANKS = N_("Thank you. We have your answers.")
TELL_BACK = N_("Shall we text you what we decide? Reply YES.")
WILL_TELL = N_("Thank you. We will text you once, when we have decided.")
DELETE_ASK = N_("Shall we delete your number and all your answers? Reply DELETE again to do it.")
DELETED = N_("Your number and your answers are gone. We will not text you again.")
UNCLEAR = N_("We kept your words. Here is the next question.")
UNCLEAR_LAST = N_("We kept your words.")
LAST_QUESTION_BEFORE = N_("We are not sure which question that was for. To change your last answer, text BACK.")
OR_SKIP = N_("Or text SKIP.")

# What to do now, for each reason a text cannot be read as an answer.
PROBLEM = {
    Reason.TWO_OPTIONS_FOR_SINGLE: N_("Please choose just one. Reply with its number."),
    Reason.TOO_MANY: N_("Please choose %(most)s at most."),
    Reason.EXCLUSIVE: N_("Please choose that one alone, or only the others."),
    Reason.TOO_LONG: N_("That was too long. Please text fewer words."),
    Reason.BETWEEN_VALUES: N_("Please choose one whole number."),
}
PROBLEM_KIND = {
    Kind.YES_NO: N_("Sorry, we did not get that. Reply 1 for yes or 2 for no."),
    Kind.SINGLE_CHOICE: N_("Sorry, we did not get that. Reply with the number of one answer."),
    Kind.AGE_BAND: N_("Sorry, we did not get that. Reply with the number of one answer."),
    Kind.MULTI_CHOICE: N_("Sorry, we did not get that. Reply with numbers, such as 1 3."),
    Kind.SCALE: N_("Sorry, we did not get that. Reply with a number from %(low)s to %(high)s."),
    Kind.NUMBER: N_("Sorry, we did not get that. Reply with one number."),
    Kind.POSTCODE_DISTRICT: N_("Sorry, we did not get that. Reply with the first part of your postcode, such as CF10."),
    Kind.TEXT: N_("Sorry, that text was empty. Please reply in your own words."),
}
