"""The table in the docs is the one that the code makes now."""

from tests.core.replies.table import documented, table


def test_the_table_in_the_docs_is_current() -> None:
    """Where it is not: `python -m tests.core.replies.table --write`."""
    assert documented() == table()
