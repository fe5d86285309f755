"""What Alembic runs: migrations on the connection it was handed, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from salescenter.data.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
