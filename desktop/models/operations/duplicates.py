"""Settling that two members have one national id: they are one person, or one of them is somebody else.

Of a family that was written twice, one record takes the other's place: what belongs to that one goes
over to it, and its own record is deleted and names the one that stands for it. So whatever somebody
still writes under the old one, the province puts under the new one.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.operations.decisions import ChangedError, resolve
from desktop.models.operations.households import member_left, relocate
from desktop.models.records.base import Fields, format_time
from desktop.models.records.catalogue import ALIAS, SYNCED_TABLES
from desktop.models.records.households import HouseholdStatus, MemberStatus, Relation
from desktop.models.rules.dates import to_wib
from desktop.models.rules.resolution import DUPLICATE, SEVERAL_PEOPLE
from desktop.models.store.rows import read_row
from desktop.models.store.writer import Writer
from desktop.models.tables import FAMILY_CARD, MEMBER, SYNCED, VISIT_MEMBER

_IS_PRESENT = MEMBER.c.status == MemberStatus.PRESENT.value

Merged = dict[UUID, UUID]
"""Member -> the one that takes their place."""


class DuplicateAnswer(StrEnum):
    """What it means that members have one national id."""

    WRITTEN_TWICE = "written_twice"
    """They are one person, and their families one family; the chosen record stays."""

    LIVES_THERE = "lives_there"
    """They are one person, who lives with the family of the chosen record now."""

    SEVERAL_PEOPLE = SEVERAL_PEOPLE
    """The number was checked, and is as it is."""


def settle(
    writer: Writer,
    conflicts: Sequence[UUID],
    members: Sequence[UUID],
    answer: DuplicateAnswer,
    chosen: UUID,
    reason: str,
) -> None:
    """Does what an answer says, and notes it in the records that asked.

    Args:
        writer: the transaction.
        conflicts: the records of the question.
        members: those who have the number, as far as they are known here.
        answer: what it means.
        chosen: the member whose record it is about.
        reason: why, for whoever looks at it later.

    Raises:
        ChangedError: one of them is not with an accompanied family any more.
    """
    is_about_one = answer is not DuplicateAnswer.SEVERAL_PEOPLE
    if is_about_one and not all(_is_there(writer, one) for one in (chosen, *members)):
        raise ChangedError(f"members {members}")
    for other in members:
        if other == chosen:
            continue
        if answer is DuplicateAnswer.WRITTEN_TWICE:
            _write_once(writer, chosen, other)
        elif answer is DuplicateAnswer.LIVES_THERE:
            member_left(writer, other, MemberStatus.MOVED_OUT, to_wib(writer.now).date())
    said = answer.value if answer is DuplicateAnswer.SEVERAL_PEOPLE else f"{answer} {chosen}"
    for conflict_id in conflicts:
        resolve(writer, conflict_id, ("member", chosen), DUPLICATE, said, reason)


def merge_families(writer: Writer, kept_id: UUID, other_id: UUID) -> None:
    """Lets one record of a family take the place of another, which may live in another village."""
    kept, other = (
        _scope_and_fields(writer, "household", kept_id),
        _scope_and_fields(writer, "household", other_id),
    )
    place = _going_to(kept)
    if _going_to(other) != place:
        relocate(writer, other_id, place)
    twins = _twins(writer, kept_id, other_id)
    heads = select(MEMBER.c.id).where(
        *_living(MEMBER, kept_id), MEMBER.c.relation == Relation.HEAD, _IS_PRESENT
    )
    has_head = writer.connection.execute(heads).first() is not None
    numbers = select(FAMILY_CARD.c.number).where(*_living(FAMILY_CARD, kept_id))
    known = set(writer.connection.execute(numbers).scalars())
    # first the family: if it goes elsewhere by this, what belongs to it is written about there
    belonging = _belonging(writer, other_id)
    writer.update("household", other_id, _replaced_by(writer, kept_id))
    for name, row in belonging:
        going: Fields = {"household_id": str(kept_id)}
        if row.id in twins:
            going |= _replaced_by(writer, twins[row.id])
        elif name == "member" and row.relation == Relation.HEAD and has_head:
            going["relation"] = Relation.OTHER.value
        elif name == "family_card" and row.number in known:
            going["deleted_at"] = format_time(writer.now)
        writer.update(name, row.id, going)
    _hand_over_answers(writer, twins)


def merge_members(writer: Writer, kept_id: UUID, other_id: UUID) -> None:
    """Lets one record of a person take the place of another one of the same family."""
    writer.update("member", other_id, _replaced_by(writer, kept_id))
    _hand_over_answers(writer, {other_id: kept_id})


def _is_there(writer: Writer, member_id: UUID) -> bool:
    """Whether a member lives with a family that is accompanied; what is gone takes nobody's place."""
    member = _foreseen(writer, "member", member_id)
    household = _foreseen(writer, "household", UUID(str(member["household_id"])))
    is_deleted = member.get("deleted_at") or household.get("deleted_at")
    states = (member["status"], household["status"])
    return not is_deleted and states == (MemberStatus.PRESENT, HouseholdStatus.ACTIVE)


def _write_once(writer: Writer, kept_id: UUID, other_id: UUID) -> None:
    families = [
        UUID(str(_foreseen(writer, "member", one)["household_id"])) for one in (kept_id, other_id)
    ]
    if families[0] == families[1]:
        merge_members(writer, kept_id, other_id)
    else:
        merge_families(writer, *families)


def _twins(writer: Writer, kept_id: UUID, other_id: UUID) -> Merged:
    """The members of a family who are members of the other one, too: by their national id.

    Who is there by the one record and gone by the other is there: that record goes over as it is.
    """
    of_kept, of_other = (
        writer.connection.execute(
            select(MEMBER.c.national_id, MEMBER.c.id, _IS_PRESENT.label("is_present"))
            .where(*_living(MEMBER, household_id), MEMBER.c.national_id.is_not(None))
            .order_by(_IS_PRESENT, MEMBER.c.id.desc())  # the last of a number counts
        ).all()
        for household_id in (kept_id, other_id)
    )
    kept = {row.national_id: row for row in of_kept}
    return {
        row.id: kept[row.national_id].id
        for row in of_other
        if row.national_id in kept and (kept[row.national_id].is_present or not row.is_present)
    }


def _belonging(writer: Writer, household_id: UUID) -> Iterator[tuple[str, Any]]:
    """Every row that names the family as its own, deleted ones too: somebody may yet write to them."""
    for table in SYNCED_TABLES:
        if "household_id" in table.parents:
            rows = SYNCED[table.name]
            query = select(rows).where(rows.c.household_id == household_id).order_by(rows.c.id)
            for row in writer.connection.execute(query).all():
                yield table.name, row


def _hand_over_answers(writer: Writer, merged: Merged) -> None:
    """What was asked about a person is said of the record that stays, if it was not asked of both."""
    for other_id, kept_id in merged.items():
        asked = select(VISIT_MEMBER.c.visit_id).where(VISIT_MEMBER.c.member_id == kept_id)
        both = set(writer.connection.execute(asked).scalars())
        query = select(VISIT_MEMBER.c.id, VISIT_MEMBER.c.visit_id).where(
            VISIT_MEMBER.c.member_id == other_id
        )
        for row in writer.connection.execute(query.order_by(VISIT_MEMBER.c.id)).all():
            if row.visit_id not in both:
                writer.update("visit_member", row.id, {"member_id": str(kept_id)})


def _replaced_by(writer: Writer, kept_id: UUID) -> Fields:
    return {ALIAS: str(kept_id), "deleted_at": format_time(writer.now)}


def _living(table: Any, household_id: UUID) -> tuple[Any, ...]:
    return table.c.household_id == household_id, table.c.deleted_at.is_(None)


def _going_to(household: tuple[str, Fields]) -> str:
    """The village where a family will be when the province has heard of all that we wrote."""
    scope, fields = household
    return str(fields.get("scope") or scope)


def _foreseen(writer: Writer, name: str, row_id: UUID) -> Fields:
    """A row as the province will have it: without what it set aside."""
    return writer.foreseen(row_id, _scope_and_fields(writer, name, row_id)[1])


def _scope_and_fields(writer: Writer, name: str, row_id: UUID) -> tuple[str, Fields]:
    found = read_row(writer.connection, name, row_id)
    if found is None:
        raise LookupError(f"{name} {row_id}")
    return found
