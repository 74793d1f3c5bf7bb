"""The dense counters of the scope logs: locked in a fixed order, advanced, written at the end.

Because every writer holds its scopes' heads until it commits, a scope's log has no gap, ever, and
a laptop that holds `head` entries knows that it has all of them.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.tables import SCOPE_HEAD


class Heads:
    """The heads of some scopes, locked until the transaction ends."""

    def __init__(self, connection: Connection, scopes: Iterable[str]) -> None:
        self._connection = connection
        self._heads: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._moved: set[str] = set()
        self.lock(scopes)

    def lock(self, scopes: Iterable[str]) -> bool:
        """Locks scopes; returns whether one was not locked before.

        Two writers who add some later may block each other: one of them is told.
        """
        names = sorted(set(scopes) - self._heads.keys())
        if not names:
            return False
        self._make(names)
        locked = (
            select(SCOPE_HEAD)
            .where(SCOPE_HEAD.c.scope.in_(names))
            .order_by(SCOPE_HEAD.c.scope)
            .with_for_update()
        )
        found = {row.scope: row.head for row in self._connection.execute(locked)}
        self._heads |= found
        self._first |= found
        return True

    def at_first(self, scope: str) -> int:
        """Where a scope's log ended when it was locked: nobody can have seen more of it."""
        return self._first[scope]

    def next(self, scope: str) -> int:
        """The next seq of a scope's log."""
        self._heads[scope] += 1
        self._moved.add(scope)
        return self._heads[scope]

    def flush(self) -> None:
        """Writes the heads that moved."""
        if self._moved:
            self._connection.execute(
                update(SCOPE_HEAD)
                .where(SCOPE_HEAD.c.scope == bindparam("name"))
                .values(head=bindparam("now")),
                [{"name": scope, "now": self._heads[scope]} for scope in sorted(self._moved)],
            )
            self._moved.clear()

    def _make(self, names: list[str]) -> None:
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(SCOPE_HEAD).on_conflict_do_nothing(index_elements=["scope"])
        self._connection.execute(statement, [{"scope": name, "head": 0} for name in names])
