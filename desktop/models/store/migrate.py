"""Bringing a database to the schema this version knows, with Alembic, in one transaction.

Alembic costs 0.3 s to import, so it is imported only when a schema is behind.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from desktop.models.store.engine import (
    StoreFailure,
    StoreFault,
    faults,
    path_of,
    schema_of,
)


def upgrade_file(engine: Engine, scripts: Path, schema: int) -> None:
    """Upgrades an encrypted file; does nothing if its schema is `schema` already.

    Foreign keys are off while it runs, because a batch migration re-creates tables and would
    silently delete children by cascade; they are all checked before the commit.
    """
    with faults(path_of(engine)), engine.connect() as connection:
        if schema_of(connection) == schema:
            return
        connection.rollback()
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 for the type checker: it was just connected
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.execution_options(berdaya_write=True).begin():
                run_scripts(connection, scripts)
                if connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise StoreFailure(StoreFault.DAMAGED, path_of(engine))
                connection.execute(text(f"PRAGMA user_version = {schema}"))
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def run_scripts(connection: Connection, scripts: Path) -> None:
    """Runs what is missing of a folder of migrations on an open connection."""
    from alembic import command  # noqa: PLC0415 see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
