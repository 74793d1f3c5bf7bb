"""Conflicts that wait for a decision, as people meet them: one for each field, with all that was written.

Three laptops make two records of one field, and two decisions that differ make a record about a
record; whoever decides meets one question, and one decision settles all of it.
"""

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.queries.subjects import About, about
from desktop.models.records.base import Json
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.people import Role
from desktop.models.rules.resolution import DELETED, STATE, may_resolve
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.rows import read_rows
from desktop.models.tables import (
    BUSINESS,
    CONFLICT,
    MEMBER,
    PROGRAMME_YEAR,
    SEARCH,
    STATE_MOVE,
    SYNCED,
    USER,
)

_NAMED = {
    "household_id": (SEARCH.c.household_id, SEARCH.c.head_name),
    "member_id": (MEMBER.c.id, MEMBER.c.name),
    "business_id": (BUSINESS.c.id, BUSINESS.c.name),
    "programme_year_id": (PROGRAMME_YEAR.c.id, PROGRAMME_YEAR.c.name),
}
"""Field -> what its values point at: the column of their ids, and that of their names."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One of the values, and who wrote it.

    Attributes:
        value: as the op held it.
        author: the name of the writer; "" if it is not known here.
        is_own: whether it was the user of this laptop.
        at: when, by the province's clock.
        received_at: when it came to the province.
    """

    value: Json
    author: str
    is_own: bool
    at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field of a row about which somebody has to decide.

    Attributes:
        ids: the records of it, the newest question first.
        table: of the row.
        row_id: its id.
        scope: its scope.
        field: `state` for two moves, `deleted_at` for a delete against an edit.
        about: whose it is.
        writings: what was written, the value that stands now first.
        before: what it was before both.
        now: what stands in the row at this moment.
        form: the questionnaire, where the field is an answer of a visit.
        names: id -> name, where the values are ids.
    """

    ids: tuple[UUID, ...]
    table: str
    row_id: UUID
    scope: str
    field: str
    about: About
    writings: tuple[Writing, ...]
    before: Json
    now: Json
    form: str = ""
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> tuple[UUID, str]:
        """What stays the same of it while more is written."""
        return self.row_id, self.field


def open_conflicts(connection: Connection, household_id: UUID | None = None) -> list[OpenConflict]:
    """What somebody has to decide, the oldest question first; of one family, or of all."""
    query = select(CONFLICT).where(
        CONFLICT.c.resolved_at.is_(None), CONFLICT.c.deleted_at.is_(None)
    )
    records = connection.execute(query.order_by(CONFLICT.c.opened_at, CONFLICT.c.id)).all()
    if not records:
        return []
    role = Role(get_meta(connection, Meta.USER_ROLE, Role.FACILITATOR.value))
    grouped: dict[tuple[str, UUID, str], list[Any]] = defaultdict(list)
    for record in records:
        root = _root(connection, record)
        if root.subject_table in BY_NAME and may_resolve(role, root.subject_table):
            key = (root.subject_table, root.subject_id, root.field)
            grouped[key] += [record] if record.id == root.id else [record, root]
    subjects = about(connection, [(table, row_id) for table, row_id, _ in grouped])
    wanted = {
        key: some
        for key, some in grouped.items()
        if household_id is None
        or (key[1] in subjects and subjects[key[1]].household_id == household_id)
    }
    return _Reading(connection, wanted, subjects).conflicts()


def conflict_counts(connection: Connection) -> dict[UUID, int]:
    """Family -> how many fields of it wait for a decision."""
    counts: dict[UUID, int] = defaultdict(int)
    for conflict in open_conflicts(connection):
        if conflict.about.household_id is not None:
            counts[conflict.about.household_id] += 1
    return dict(counts)


def _root(connection: Connection, record: Any) -> Any:
    """The record of the conflict itself, if this one is about two decisions of it."""
    seen = {record.id}
    while record.subject_table == CONFLICT.name and record.subject_id not in seen:
        found = connection.execute(
            select(CONFLICT).where(CONFLICT.c.id == record.subject_id)
        ).first()
        if found is None:
            return record
        record = found
        seen.add(record.id)
    return record


class _Reading:
    """Reads what belongs to some conflicts, in few statements."""

    def __init__(
        self,
        connection: Connection,
        grouped: Mapping[tuple[str, UUID, str], Sequence[Any]],
        subjects: Mapping[UUID, About],
    ) -> None:
        self._connection = connection
        self._grouped = grouped
        self._subjects = subjects
        self._names = {
            str(row.id): row.name for row in connection.execute(select(USER.c.id, USER.c.name))
        }
        self._own = str(get_meta(connection, Meta.USER_ID, ""))
        by_table: dict[str, list[UUID]] = defaultdict(list)
        for table, row_id, _ in grouped:
            by_table[table].append(row_id)
        self._rows = {
            row_id: found
            for table, ids in by_table.items()
            for row_id, found in read_rows(connection, table, ids).items()
        }

    def conflicts(self) -> list[OpenConflict]:
        """Those whose row is here, and not gone for good."""
        return [
            self._conflict(key, records)
            for key, records in self._grouped.items()
            if self._is_alive(key[1], key[2])
        ]

    def _is_alive(self, row_id: UUID, name: str) -> bool:
        found = self._rows.get(row_id)
        return found is not None and (name == DELETED or found[1].get(DELETED) is None)

    def _conflict(self, key: tuple[str, UUID, str], records: Sequence[Any]) -> OpenConflict:
        table, row_id, name = key
        scope, fields = self._rows[row_id]
        now = self._state(table, row_id) if name == STATE else fields.get(name)
        oldest = min(records, key=lambda record: (record.opened_at, record.id))
        return OpenConflict(
            ids=tuple(dict.fromkeys(record.id for record in records)),
            table=table,
            row_id=row_id,
            scope=scope,
            field=name,
            about=self._subjects.get(row_id, About()),
            writings=self._writings(records, now),
            before=self._state_before(oldest) if name == STATE else oldest.base_value,
            now=now,
            form=str(fields.get("questionnaire", "")) or self._form_of(table, fields),
            names=self._names_of(name, records),
        )

    def _writings(self, records: Iterable[Any], now: Json) -> tuple[Writing, ...]:
        """Each value once: who wrote it last, of those who wrote the same."""
        found: dict[str, Writing] = {}
        for record in records:
            for write in (record.kept, record.other):
                mark = json.dumps(write.get("value"), sort_keys=True)
                writing = self._writing(write)
                if mark not in found or found[mark].at < writing.at:
                    found[mark] = writing
        return tuple(sorted(found.values(), key=lambda one: one.value != now))

    def _writing(self, write: Mapping[str, Any]) -> Writing:
        received = datetime.fromisoformat(write.get("received_at") or write["at"])
        corrected = write.get("corrected_at") or write["at"]
        return Writing(
            value=write.get("value"),
            author=self._names.get(str(write.get("user")), ""),
            is_own=str(write.get("user")) == self._own,
            at=min(datetime.fromisoformat(corrected), received),
            received_at=received,
        )

    def _state(self, table: str, row_id: UUID) -> Json:
        rows = SYNCED[table]
        query = select(rows.c.state).where(rows.c.id == row_id)
        return self._connection.execute(query).scalar()

    def _state_before(self, record: Any) -> Json:
        """The state that the move which stands went out from."""
        query = select(STATE_MOVE.c.from_state).where(
            STATE_MOVE.c.subject_id == record.subject_id,
            STATE_MOVE.c.seq == record.kept.get("seq"),
        )
        return self._connection.execute(query).scalar()

    def _form_of(self, table: str, fields: Mapping[str, Json]) -> str:
        """The questionnaire of the visit that asked about a member."""
        if table != "visit_member":
            return ""
        visits = SYNCED["visit"]
        query = select(visits.c.questionnaire).where(visits.c.id == UUID(str(fields["visit_id"])))
        return str(self._connection.execute(query).scalar() or "")

    def _names_of(self, name: str, records: Iterable[Any]) -> dict[str, str]:
        """The names of what the values of a field point at."""
        if name == "facilitator_id":
            return self._names
        if name not in _NAMED:
            return {}
        row_id, column = _NAMED[name]
        values = {write.get("value") for record in records for write in (record.kept, record.other)}
        ids = [UUID(str(value)) for value in values | {one.base_value for one in records} if value]
        rows = self._connection.execute(select(row_id, column).where(row_id.in_(ids)))
        return {str(row[0]): row[1] for row in rows}
