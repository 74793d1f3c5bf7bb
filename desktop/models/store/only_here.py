"""Which files have to be on this laptop, because they are nowhere else."""

from itertools import chain

from sqlalchemy import Connection, delete, func, select

from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.rows import chunks
from desktop.models.tables import DRAFT_ATTACHMENT, UNSENT_FILE

_OF_DRAFTS = select(func.json_extract(DRAFT_ATTACHMENT.c.manifest, "$.sha256"))
_UNSENT = select(UNSENT_FILE.c.sha256)


def only_here(connection: Connection) -> set[str]:
    """The digests of files that a draft names, or a record that was written here."""
    queries = [_OF_DRAFTS, _UNSENT] if get_meta(connection, Meta.UNSENT_IS_SURE) else [_OF_DRAFTS]
    return set(chain.from_iterable(connection.execute(query).scalars() for query in queries))


def make_sure(connection: Connection, there: set[str]) -> None:
    """Makes what is noted as unsent mean that the file was here, once in the life of a store.

    An upgrade once noted the files of all records, and so did whoever put back the record of
    another's photo: what is not here of that never was.

    Args:
        connection: a transaction.
        there: the digests of all files that are here.
    """
    if get_meta(connection, Meta.UNSENT_IS_SURE):
        return
    never_here = set(connection.execute(_UNSENT).scalars()) - there
    for some in chunks(never_here):
        connection.execute(delete(UNSENT_FILE).where(UNSENT_FILE.c.sha256.in_(some)))
    set_meta(connection, Meta.UNSENT_IS_SURE, True)
