"""Alembic's entry: runs on the connection that it is handed, inside the caller's transaction."""

from alembic import context
from sqlmodel import SQLModel

import desktop.models.tables  # noqa: F401 fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
