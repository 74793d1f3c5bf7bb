"""The server's database: an encrypted file of its own, or PostgreSQL. Everything above is the same."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from desktop.models.store.engine import StoreKind, open_engine, writing
from desktop.models.store.engine import reading as reading_file
from desktop.models.store.keys import DataKey, KeyFailure, KeyFault, create_key_file, read_key_file
from desktop.models.store.migrate import run_scripts, upgrade_file

SCHEMA = 4
KIND = StoreKind(application_id=0x42726453, schema=SCHEMA)
DATABASE_NAME = "server.db"
KEY_NAME = "server.key"
_IN_THE_WAY = frozenset({"40P01", "23505"})
"""What PostgreSQL calls a deadlock, and a row that another transaction has made meanwhile."""
_MOST_TRIES = 3
_Done = TypeVar("_Done")
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """Transactions on either kind of database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_file = engine.dialect.name == "sqlite"

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        """The encrypted database in a folder, made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            key = read_key_file(folder / KEY_NAME)
        except KeyFailure as failure:
            if failure.fault is not KeyFault.MISSING or (folder / DATABASE_NAME).exists():
                raise
            key = create_key_file(folder / KEY_NAME)
        return cls.of_key(folder, key)

    @classmethod
    def of_key(cls, folder: Path, key: DataKey) -> "Database":
        """The encrypted database in a folder, whose key is kept elsewhere."""
        return cls(open_engine(folder / DATABASE_NAME, key, KIND))

    @classmethod
    def at(cls, url: str) -> "Database":
        """A PostgreSQL database: `postgresql://user:password@host/name`."""
        address = url.replace("postgresql://", "postgresql+psycopg://", 1)
        options = {"options": "-c synchronous_commit=on"}
        return cls(
            create_engine(address, pool_pre_ping=True, connect_args=options, hide_parameters=True)
        )

    def migrate(self) -> None:
        """Brings the schema up to date; does nothing if it is."""
        if self.is_file:
            upgrade_file(self.engine, MIGRATIONS, SCHEMA)
        else:
            with self.engine.begin() as connection:
                run_scripts(connection, MIGRATIONS)

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment of the database."""
        return reading_file(self.engine) if self.is_file else self._snapshot()

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction, durable when it has ended."""
        return writing(self.engine) if self.is_file else self.engine.begin()

    def write(self, work: Callable[[Connection], _Done]) -> _Done:
        """Does some work in a transaction of its own, once more if another one was in its way.

        Two that lock scopes one after the other may each wait for the other; PostgreSQL ends one.
        Two that lock different scopes may make one row; it lets the first one have it.
        """
        tries = 0
        while True:
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                tries += 1
                is_in_the_way = getattr(error.orig, "sqlstate", None) in _IN_THE_WAY
                if not is_in_the_way or tries == _MOST_TRIES:
                    raise

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
