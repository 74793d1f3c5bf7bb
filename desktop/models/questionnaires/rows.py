"""The rows of a form's repeats: those that exist already, and those that are added at the visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from desktop.models.questionnaires.form import Questionnaire
from desktop.models.questionnaires.states import Instance


class Rows:
    """Which rows each repeat has, in order, and which row stands within which.

    Args:
        form: the questionnaire.
        given: the rows that are there from the start, by the name of their repeat. A row within another
            one comes after it.
    """

    def __init__(self, form: Questionnaire, given: Mapping[str, Sequence[Instance]]) -> None:
        self._form = form
        self._rows: dict[str, list[Instance]] = {name: [] for name in form.repeats}
        self._repeat: dict[UUID, str] = {}
        self._by_id: dict[UUID, Instance] = {}
        self.changes = 0
        """How often a row came or went."""
        for name in form.repeats:
            for row in given.get(name, ()):
                self.add(name, row)

    def all(self) -> Iterator[tuple[str, Instance]]:
        """Every row with the name of its repeat, an outer one before those within it."""
        return ((name, row) for name, rows in self._rows.items() for row in rows)

    def of(self, repeat: str) -> Sequence[Instance]:
        """The rows of a repeat."""
        return self._rows[repeat]

    def within(self, repeat: str, outer: UUID | None) -> list[Instance]:
        """The rows of a repeat within one row of an outer repeat, or of one that has no outer one."""
        return [row for row in self._rows[repeat] if row.inside == outer]

    def add(self, repeat: str, row: Instance) -> None:
        """Puts a row behind the others of its repeat."""
        self.changes += 1
        self._rows[repeat].append(row)
        self._repeat[row.id] = repeat
        self._by_id[row.id] = row

    def remove(self, row: UUID) -> None:
        """Takes a row out; those within it have to be out already."""
        self.changes += 1
        found = self._by_id.pop(row)
        self._rows[self._repeat.pop(row)].remove(found)

    def has(self, row: UUID) -> bool:
        """Whether a row is there."""
        return row in self._by_id

    def places(self, name: str | None) -> Sequence[UUID | None]:
        """Where a question or group stands: in each row of its innermost repeat, or once."""
        repeat = self._form.repeat_of(name)
        return (None,) if repeat is None else [row.id for row in self._rows[repeat]]

    def place_of_outer(self, name: str, row: UUID | None) -> UUID | None:
        """In which row a question or group stands that is asked about within `row`."""
        repeat = self._form.repeat_of(name)
        return next((one for one in self.chain(row) if self._repeat[one] == repeat), None)

    def chain(self, row: UUID | None) -> Iterator[UUID]:
        """A row, the row that it stands within, and so on."""
        while row is not None:
            yield row
            row = self._by_id[row].inside

    def related(self, name: str | None, row: UUID | None) -> list[UUID | None]:
        """The places of a question that a row stands within, or that stand within it."""
        if row is None:
            return list(self.places(name))
        above = set(self.chain(row))
        return [
            place
            for place in self.places(name)
            if place is None or place in above or row in self.chain(place)
        ]
