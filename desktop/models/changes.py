"""What a write changed. Operations and sync return it; pages refresh from it and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Changes:
    """Ids of the rows that changed, by table."""

    rows: dict[str, set[UUID]] = field(default_factory=dict)

    def add(self, table: str, row_id: UUID) -> None:
        """Notes one changed row."""
        self.rows.setdefault(table, set()).add(row_id)

    def merge(self, other: "Changes") -> None:
        """Takes in what another write changed."""
        for table, ids in other.rows.items():
            self.rows.setdefault(table, set()).update(ids)

    def touches(self, tables: Iterable[str]) -> bool:
        """Whether any of these tables changed."""
        return any(self.rows.get(table) for table in tables)

    def of(self, table: str) -> set[UUID]:
        """The changed rows of a table."""
        return self.rows.get(table, set())

    def __iter__(self) -> Iterator[tuple[str, set[UUID]]]:
        return iter(self.rows.items())

    def __bool__(self) -> bool:
        return any(self.rows.values())
