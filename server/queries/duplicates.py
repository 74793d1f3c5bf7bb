"""Two members with one national id: a conflict about each of them, for a person to decide.

Two writers at once do not see each other's members. So a merge only notes which members to look at,
in its own transaction; who looks does so after the commit, and whoever committed last sees both.
Each member has a record in its own scope, which says nothing of the other: that one may live in a
village whose rows are not for the same eyes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select

from desktop.models.records.base import Fields, format_time, natural_id, new_id
from desktop.models.records.households import HouseholdStatus, MemberStatus
from desktop.models.rules.resolution import DUPLICATE, DUPLICATE_RULE, SEVERAL_PEOPLE
from server.queries.bulk import write_many
from server.queries.conflicts import Subject
from server.queries.journal import Journal, Own
from server.queries.rows import MergedRow, Rows, among, chunks
from server.tables import CONFLICT, HOUSEHOLD, IDENTITY_DOUBT, MEMBER

RULE_VERSION = 1

_TELLING: Mapping[str, frozenset[str]] = {
    "member": frozenset({"national_id", "status", "household_id", "deleted_at"}),
    "household": frozenset({"status", "deleted_at"}),
}
"""Table -> fields of it that make somebody the holder of a number, or make them none any more."""


@dataclass
class Doubts:
    """The members that the ops of one batch give reason to look at."""

    _members: set[UUID] = field(default_factory=set)
    _households: set[UUID] = field(default_factory=set)

    def note(self, row: MergedRow, written: Fields) -> None:
        """Notes what is about to be written to a row; of an answer, whether it came true."""
        if row.fields.get("rule") == DUPLICATE_RULE and "resolved_at" in written:
            self._members.add(UUID(str(row.fields["subject_id"])))
        if not written.keys() & _TELLING.get(row.table, frozenset()):
            return
        if row.table == "household" and row.versions:
            self._households.add(row.row_id)
        if row.table == "member" and (row.fields | written).get("national_id"):
            self._members.add(row.row_id)

    def note_living(self, subjects: Iterable[Subject]) -> None:
        """Notes rows that were deleted and live again."""
        for name, row_id in subjects:
            if name in _TELLING:
                (self._members if name == "member" else self._households).add(row_id)

    def write(self, connection: Connection) -> None:
        """Keeps them, until somebody has looked."""
        for some in chunks(self._households):
            query = select(MEMBER.c.id).where(among(connection, MEMBER.c.household_id, some))
            self._members.update(connection.execute(query).scalars())
        _doubt(connection, self._members)


def settle(
    connection: Connection, at: int, release: Callable[[Connection, set[UUID]], None]
) -> None:
    """Opens and closes the records of all members in doubt; `at` is the time, in milliseconds.

    It locks the scopes that it writes to all at once, so that two of these never wait for each other.
    `release` is told which records are new: after a restore, an answer may have come before.
    """
    members = _taken(connection)
    opened = _settle(connection, members, at) if members else set()
    if opened:
        release(connection, opened)


def _taken(connection: Connection) -> list[UUID]:
    """Takes the doubts that nobody else has at hand."""
    free = select(IDENTITY_DOUBT.c.id).with_for_update(skip_locked=True)
    taken = delete(IDENTITY_DOUBT).where(IDENTITY_DOUBT.c.id.in_(free.scalar_subquery()))
    return list(connection.execute(taken.returning(IDENTITY_DOUBT.c.member_id)).scalars())


@dataclass
class _Found:
    """Who holds the numbers in question, and the records there are: member and number -> record."""

    holders: dict[str, list[Any]]
    records: dict[tuple[UUID, str], Any]

    def scopes(self) -> set[str]:
        """Where records have to be opened or closed."""
        return {one.scope for one in (*self.to_open(), *self.to_close())}

    def to_open(self) -> list[Any]:
        """Holders of a number that somebody else has, too, and of whom no record says so."""
        crowded = (one for some in self.holders.values() if len(some) > 1 for one in some)
        return [one for one in crowded if not self._is_said(one)]

    def to_close(self) -> list[Any]:
        """Records of members who have their number to themselves."""
        crowded = {
            (one.id, one.national_id)
            for some in self.holders.values()
            if len(some) > 1
            for one in some
        }
        return [
            record
            for key, record in self.records.items()
            if record.resolved_at is None and key not in crowded
        ]

    def _is_said(self, holder: Any) -> bool:
        """Whether a record is open, or a person said that it is to stay like this."""
        record = self.records.get((holder.id, holder.national_id))
        if record is None:
            return False
        return record.resolved_at is None or record.resolved_value == SEVERAL_PEOPLE


def _settle(connection: Connection, members: Collection[UUID], at: int) -> set[UUID]:
    """Returns the records that are new."""
    scopes = _find(connection, members).scopes()
    if not scopes:
        return set()
    journal = Journal.of_scopes(connection, scopes)
    found = _find(connection, members)
    if not found.scopes() <= scopes:  # somebody moved until their scopes were locked
        _doubt(connection, members)
        return set()
    rows = Rows(connection)
    moment = format_time(datetime.fromtimestamp(at / 1000, UTC))

    def write(row_id: UUID, scope: str, fields: Fields) -> None:
        entry = journal.add_own(Own("conflict", row_id, scope, fields), at)
        rows.touch("conflict", row_id, scope).put(fields, entry["seq"])

    opened = set()
    for holder in found.to_open():
        record = found.records.get((holder.id, holder.national_id))
        if record is not None:
            write(record.id, record.scope, {"resolved_at": None})
            continue
        row_id = natural_id("conflict", DUPLICATE, str(holder.id), holder.national_id)
        write(row_id, holder.scope, _record(holder, moment))
        opened.add(row_id)
    for record in found.to_close():
        write(record.id, record.scope, {"resolved_at": moment})
    rows.flush()
    journal.flush()
    return opened


def _doubt(connection: Connection, members: Iterable[UUID]) -> None:
    doubts = [{"id": new_id(), "member_id": one} for one in sorted(members)]
    write_many(connection, IDENTITY_DOUBT, doubts)


def _record(holder: Any, moment: str) -> Fields:
    return {
        "subject_table": "member",
        "subject_id": str(holder.id),
        "field": DUPLICATE,
        "kept": {"value": holder.national_id},
        "other": {},
        "rule": DUPLICATE_RULE,
        "rule_version": RULE_VERSION,
        "opened_at": moment,
    }


def _find(connection: Connection, members: Collection[UUID]) -> _Found:
    numbers = set()
    for some in chunks(members):
        query = select(MEMBER.c.national_id).where(among(connection, MEMBER.c.id, some))
        numbers |= {one for one in connection.execute(query).scalars() if one}
    records = _records(connection, members)
    numbers |= {number for _, number in records}
    holders = _holders(connection, numbers)
    others = {one.id for some in holders.values() if len(some) > 1 for one in some}
    others |= {one.id for _, number in records for one in holders.get(number, [])}
    return _Found(holders, records | _records(connection, others - set(members)))


def _holders(connection: Connection, numbers: Collection[str]) -> dict[str, list[Any]]:
    """Number -> the members who have it: present, in a family that is accompanied."""
    found: dict[str, list[Any]] = defaultdict(list)
    for some in chunks(numbers):
        query = (
            select(MEMBER.c.id, MEMBER.c.scope, MEMBER.c.national_id)
            .join(HOUSEHOLD, HOUSEHOLD.c.id == MEMBER.c.household_id)
            .where(
                among(connection, MEMBER.c.national_id, some),
                MEMBER.c.deleted_at.is_(None),
                MEMBER.c.status == MemberStatus.PRESENT.value,
                HOUSEHOLD.c.deleted_at.is_(None),
                HOUSEHOLD.c.status == HouseholdStatus.ACTIVE.value,
            )
            .order_by(MEMBER.c.id)
        )
        for row in connection.execute(query):
            found[row.national_id].append(row)
    return found


def _records(connection: Connection, members: Collection[UUID]) -> dict[tuple[UUID, str], Any]:
    found = {}
    for some in chunks(members):
        query = select(CONFLICT).where(
            among(connection, CONFLICT.c.subject_id, some), CONFLICT.c.rule == DUPLICATE_RULE
        )
        for row in connection.execute(query):
            found[row.subject_id, row.kept["value"]] = row
    return found
