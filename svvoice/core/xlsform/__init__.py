"""XLSForm, the survey workbook of Kobo, ODK, Ona and others: read into our document, and written from it."""

from svvoice.core.xlsform.reading import read
from svvoice.core.xlsform.report import Imported, Line, Outcome, Refused, Trouble
from svvoice.core.xlsform.writing import CellTooLongError, write

__all__ = ["CellTooLongError", "Imported", "Line", "Outcome", "Refused", "Trouble", "read", "write"]
