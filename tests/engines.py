"""What thousands of databases in one process need not do each by itself.

Statements are compiled once for all engines of a kind, and a new laptop's file gets the schema that
the migrations made for the first one. Nothing else about an engine is shared.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from sqlalchemy import Connection, Engine, create_engine

from desktop.models.store import engine as files
from desktop.models.store import migrate
from desktop.models.store.local import MIGRATIONS
from server import database as servers

_STATEMENTS = 5_000
"""More than the programs have between them."""
_MADE = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
    ORDER BY type NOT IN ('table', 'view'), rowid
"""
"""How everything in a file was made, but for what a virtual table makes itself."""


@contextmanager
def compiled_once() -> Iterator[None]:
    """All engines of a kind share one dialect, and what they have compiled."""
    first: dict[str, Engine] = {}

    def sharing(url: str, **options: object) -> Engine:
        engine = create_engine(url, query_cache_size=_STATEMENTS, **options)
        kind = first.setdefault(engine.dialect.name, engine)
        engine.dialect = engine.pool._dialect = kind.dialect
        engine._compiled_cache = kind._compiled_cache
        return engine

    with (
        mock.patch.object(files, "create_engine", sharing),
        mock.patch.object(servers, "create_engine", sharing),
    ):
        yield


@contextmanager
def migrated_once() -> Iterator[None]:
    """The migrations of a laptop run for the first new file; the others are made like it."""
    made: list[str] = []
    right: Callable[[Connection, Path], None] = migrate.run_scripts

    def run_scripts(connection: Connection, scripts: Path) -> None:
        is_empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        if not (is_empty and scripts == MIGRATIONS):
            right(connection, scripts)
            return
        if not made:
            right(connection, scripts)
            made.extend(connection.exec_driver_sql(_MADE).scalars())
            version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            note = f"INSERT INTO alembic_version VALUES ('{version}')"  # noqa: S608 our own number
            made.append(note)
            return
        for statement in made:
            connection.exec_driver_sql(statement)

    with mock.patch.object(migrate, "run_scripts", run_scripts):
        yield
