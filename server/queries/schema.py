"""The schema that a database has, and making a database ready for this program."""

from datetime import datetime

from sqlalchemy import Connection, inspect, text

from server.database import Database
from server.queries import incarnations
from server.queries.merge import release_known


def schema_of(connection: Connection) -> int:
    """The number of the schema; 0 in an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return 0
    return int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def prepare(database: Database, now: datetime) -> None:
    """Brings the schema up to date, and begins the first incarnation of a new database.

    What newer laptops sent to an older version of the province is taken up.
    """
    database.migrate()
    with database.writing() as connection:
        if incarnations.current(connection) is None:
            incarnations.begin(connection, now)
    while database.write(release_known):
        pass
