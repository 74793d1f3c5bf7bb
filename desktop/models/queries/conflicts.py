"""Conflicts that wait for a decision, as people meet them: one for each field, with all that was written.

Three laptops make two records of one field, two decisions that differ make a record about a
record, and of two members with one national id each has a record; whoever decides meets one
question, and one decision settles all of it.
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

from desktop.models.queries.duplicates import Person, people_with
from desktop.models.queries.questionnaires import Version
from desktop.models.queries.subjects import About, about
from desktop.models.records.base import Json
from desktop.models.records.catalogue import ALIAS, BY_NAME
from desktop.models.records.people import Role
from desktop.models.rules.resolution import DELETED, DUPLICATE, DUPLICATE_RULE, STATE, may_resolve
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

_Question = tuple[str, UUID, str]
"""Table, row and field; of a duplicate, the member who was asked about first."""

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
        field: `state` for two moves, `deleted_at` for a delete against an edit, `duplicate` for
            members with one national id.
        since: when it came to be one.
        about: whose it is.
        writings: what was written, the value that stands now first.
        before: what it was before both.
        now: what stands in the row at this moment.
        form: the questionnaire and its version, where the field is an answer of a visit.
        names: id -> name, where the values are ids.
        people: of a duplicate, those who have the number, as far as they are on this laptop.
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
    since: datetime
    form: Version | None = None
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    people: tuple[Person, ...] = ()

    @property
    def key(self) -> tuple[UUID, str]:
        """What stays the same of it while more is written."""
        return self.row_id, self.field

    @property
    def families(self) -> frozenset[UUID]:
        """The families that it is about."""
        named = (self.about.household_id, *(one.household_id for one in self.people))
        return frozenset(filter(None, named))


def open_conflicts(connection: Connection, household_id: UUID | None = None) -> list[OpenConflict]:
    """What somebody has to decide, the oldest question first; of one family, or of all."""
    query = select(CONFLICT).where(
        CONFLICT.c.resolved_at.is_(None), CONFLICT.c.deleted_at.is_(None)
    )
    records = connection.execute(query.order_by(CONFLICT.c.opened_at, CONFLICT.c.id)).all()
    if not records:
        return []
    role = Role(get_meta(connection, Meta.USER_ROLE, Role.FACILITATOR.value))
    grouped: dict[_Question, list[Any]] = defaultdict(list)
    asked: dict[str, UUID] = {}
    for record in records:
        root = _root(connection, record)
        if root.subject_table in BY_NAME and may_resolve(role, root.subject_table):
            subject = root.subject_id
            if root.field == DUPLICATE and root.rule != DUPLICATE_RULE:
                continue  # a field of a newer version, of which nothing can be said here
            if root.field == DUPLICATE:
                subject = asked.setdefault(root.kept["value"], subject)
            key = (root.subject_table, subject, root.field)
            grouped[key] += [record] if record.id == root.id else [record, root]
    conflicts = _Reading(connection, grouped).conflicts()
    return [one for one in conflicts if household_id is None or household_id in one.families]


def conflict_counts(connection: Connection) -> dict[UUID, int]:
    """Family -> how many fields of it wait for a decision."""
    counts: dict[UUID, int] = defaultdict(int)
    for conflict in open_conflicts(connection):
        for family in conflict.families:
            counts[family] += 1
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
        grouped: Mapping[_Question, Sequence[Any]],
    ) -> None:
        self._connection = connection
        self._grouped = grouped
        self._subjects = about(connection, [(table, row_id) for table, row_id, _ in grouped])
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

        self._people = people_with(
            connection, {_number(some) for key, some in grouped.items() if key[2] == DUPLICATE}
        )

    def conflicts(self) -> list[OpenConflict]:
        """Those whose row is here, and not gone for good."""
        found = [
            self._duplicate(key, records)
            if key[2] == DUPLICATE
            else self._conflict(key, records)
            if self._is_alive(key[1], key[2])
            else None
            for key, records in self._grouped.items()
        ]
        return [one for one in found if one is not None]

    def _duplicate(self, key: _Question, records: Sequence[Any]) -> OpenConflict | None:
        """Members with one number; None if those who are asked about do not share it any more."""
        number = _number(records)
        people = self._people.get(number, [])
        asked = {record.subject_id for record in records if record.field == DUPLICATE}
        if len(people) < min(len(asked), 2) or not {one.member_id for one in people} & asked:
            return None
        table, row_id, name = key
        return OpenConflict(
            ids=tuple(dict.fromkeys(record.id for record in records)),
            table=table,
            row_id=row_id,
            scope=records[0].scope,
            field=name,
            about=self._subjects.get(row_id, About()),
            writings=(),
            before=None,
            now=number,
            since=max(record.opened_at for record in records),
            people=tuple(people),
        )

    def _is_alive(self, row_id: UUID, name: str) -> bool:
        found = self._rows.get(row_id)
        return found is not None and (name == DELETED or found[1].get(DELETED) is None)

    def _conflict(self, key: _Question, records: Sequence[Any]) -> OpenConflict:
        table, row_id, name = key
        scope, fields = self._rows[row_id]
        now = self._state(table, row_id) if name == STATE else fields.get(name)
        oldest = min(records, key=lambda record: (record.opened_at, record.id))
        writings = self._writings(records, now)
        return OpenConflict(
            ids=tuple(dict.fromkeys(record.id for record in records)),
            table=table,
            row_id=row_id,
            scope=scope,
            field=name,
            about=self._subjects.get(row_id, About()),
            writings=writings,
            since=max(one.received_at for one in writings),
            before=self._state_before(oldest) if name == STATE else oldest.base_value,
            now=now,
            form=self._form_of(table, fields),
            names=self._names_of(table, name, records),
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

    def _form_of(self, table: str, fields: Mapping[str, Json]) -> Version | None:
        """The questionnaire of a visit, also where the row belongs to one."""
        visit: Any = fields
        if table in ("visit_member", "visit_repeat"):
            visits = SYNCED["visit"]
            query = select(visits).where(visits.c.id == UUID(str(fields["visit_id"])))
            visit = self._connection.execute(query).mappings().first() or {}
        if "questionnaire" not in visit:
            return None
        return str(visit["questionnaire"]), int(visit["questionnaire_version"])

    def _names_of(self, table: str, name: str, records: Iterable[Any]) -> dict[str, str]:
        """The names of what the values of a field point at."""
        if name == "facilitator_id":
            return self._names
        if name == ALIAS:
            name = f"{table}_id"
        if name not in _NAMED:
            return {}
        row_id, column = _NAMED[name]
        values = {write.get("value") for record in records for write in (record.kept, record.other)}
        ids = [UUID(str(value)) for value in values | {one.base_value for one in records} if value]
        rows = self._connection.execute(select(row_id, column).where(row_id.in_(ids)))
        return {str(row[0]): row[1] for row in rows}


def _number(records: Iterable[Any]) -> str:
    """The number that several members have."""
    return next(str(one.kept["value"]) for one in records if one.field == DUPLICATE)
