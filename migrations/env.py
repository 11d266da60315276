"""Runs the migrations on the connection that `svvoice/store/migrating.py` hands over."""

from alembic import context

from svvoice.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
)
context.run_migrations()
