"""Entries on their way into the scope logs: numbered at once, written together.

Entries of the server's own making (a conflict that it opened, a row that came from another scope)
have its device id and no place in a device log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from desktop.models.records.base import Fields, natural_id
from server.queries.bulk import write_many
from server.queries.heads import Heads
from server.tables import LOG

SERVER_ID = natural_id("device", "server")
"""The device id under which the server writes entries of its own."""

Entry = dict[str, Any]
"""A row of the log."""


@dataclass(frozen=True)
class Own:
    """What an entry of the server's own says; `origin` as in `LogRow`."""

    table: str
    row_id: UUID
    scope: str
    fields: Fields
    kind: str = "put"
    origin: Mapping[str, Any] | None = None
    user_id: UUID = SERVER_ID


@dataclass
class Journal:
    """The scopes that a transaction writes to, locked, and its entries in them."""

    connection: Connection
    heads: Heads
    applied: dict[bytes, int] = field(default_factory=dict)
    _entries: list[Entry] = field(default_factory=list)

    @classmethod
    def of_scopes(cls, connection: Connection, scopes: Iterable[str]) -> "Journal":
        """A journal with these scopes locked."""
        return cls(connection, Heads(connection, scopes))

    def add(self, entry: Entry) -> None:
        """Adds the entry of an op, numbered by its caller."""
        self._entries.append(entry)
        self.applied[entry["digest"]] = entry["seq"]

    def add_own(self, own: Own, at: int) -> Entry:
        """Adds an entry of the server's own, made at a time in milliseconds; returns it."""
        entry: Entry = {
            "scope": own.scope,
            "seq": self.heads.next(own.scope),
            "kind": own.kind,
            "table_name": own.table,
            "row_id": own.row_id,
            "fields": own.fields,
            "effective": None,
            "origin": own.origin,
            "device_id": SERVER_ID,
            "epoch": None,
            "dseq": None,
            "user_id": own.user_id,
            "base": 0,
            "incarnation": "",
            "at": at,
            "corrected_at": at,
            "received_at": at,
            "salt": None,
            "digest": None,
            "hash": None,
            "app": "server",
            "transport": "server",
        }
        self._entries.append(entry)
        return entry

    def flush(self) -> None:
        """Writes the entries, and the heads that moved."""
        if self._entries:
            write_many(self.connection, LOG, self._entries)
            self._entries.clear()
        self.heads.flush()
