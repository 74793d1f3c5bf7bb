"""Filling the region table from the reference data that ships with the program."""

import zlib
from pathlib import Path

from sqlalchemy import Connection, delete, insert

from desktop.models.reference import Reference, parent_code
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import REGION


def load_regions(store: Store, folder: Path) -> None:
    """Fills the table, unless it was filled from the same file before.

    Args:
        store: the store.
        folder: the folder of reference data.
    """
    stamp = zlib.crc32((folder / "regions.csv").read_bytes())
    with store.reading() as connection:
        if get_meta(connection, Meta.REFERENCE) == stamp:
            return
    with store.writing() as connection:
        write_regions(connection, Reference(folder))
        set_meta(connection, Meta.REFERENCE, stamp)


def write_regions(connection: Connection, reference: Reference) -> None:
    """Replaces the regions by those of the reference data."""
    connection.execute(delete(REGION))
    connection.execute(
        insert(REGION),
        [
            {
                "code": region.code,
                "name": region.name,
                "level": region.level.value,
                "kind": region.kind.value,
                "parent": parent_code(region.code) or None,
            }
            for region in reference.regions()
        ],
    )
