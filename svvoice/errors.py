"""The small family of things that should not happen, each turned into a page in one place (`web/errors.py`)."""


class SvvoiceError(Exception):
    """Something went wrong that a person should be told plainly."""


class NotFound(SvvoiceError):
    """It is not there, or belongs to another organisation: the outside cannot tell which."""


class NotAllowed(SvvoiceError):
    """The member's role does not reach this far."""


class Unavailable(SvvoiceError):
    """The database is locked, full or gone. Nothing was kept; it may be tried again."""


class WrongSettings(SvvoiceError):
    """The installation is not safe to start; the message says what to mend."""


def where(error: BaseException) -> str:
    """File and line at which an error arose. With its kind, that is all a log may hold: its words may be somebody's
    answer or number."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"
