"""Alembic's entry: runs on the connection that it is handed, inside the caller's transaction."""

from alembic import context

from server.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
