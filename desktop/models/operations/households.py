"""Writing families: registering, correcting, members and family cards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from desktop.models.records.base import Fields
from desktop.models.records.households import FamilyCard, Household, Member, MemberStatus
from desktop.models.rules import members
from desktop.models.rules.dates import to_wib
from desktop.models.store.writer import Writer
from desktop.models.tables import MEMBER


def register(
    writer: Writer,
    household: Household,
    people: Sequence[Member],
    family_card_number: str | None = None,
) -> None:
    """Writes a new family, its members, and the family card it shows."""
    writer.insert(household)
    for member in people:
        writer.insert(member)
    if family_card_number:
        record_family_card(writer, household.id, household.scope, family_card_number)


def edit(writer: Writer, household_id: UUID, fields: Fields, shown: Fields | None = None) -> bool:
    """Corrects a family's own fields, which said what is `shown`; tells whether anything changed."""
    return writer.update("household", household_id, fields, shown=shown)


def add_member(writer: Writer, member: Member) -> None:
    """Writes a new member."""
    writer.insert(member)


def edit_member(
    writer: Writer, member_id: UUID, fields: Fields, shown: Fields | None = None
) -> bool:
    """Corrects a member, of whom was said what is `shown`; tells whether anything changed."""
    return writer.update("member", member_id, fields, shown=shown)


def member_left(
    writer: Writer,
    member_id: UUID,
    status: MemberStatus,
    on: date,
    new_head: UUID | None = None,
) -> None:
    """Notes that a member moved out or died; `new_head` is who is the head then, if it was them."""
    writer.update(
        "member",
        member_id,
        {"status": status.value, "left_on": on.isoformat()},
        shown={"status": MemberStatus.PRESENT.value},
    )
    if new_head is not None:
        choose_head(writer, new_head)


def member_returned(writer: Writer, member_id: UUID) -> None:
    """Notes that a member lives with the family after all, or again."""
    writer.update("member", member_id, {"status": MemberStatus.PRESENT.value})


def choose_head(writer: Writer, head_id: UUID) -> None:
    """Makes a member who lives there the head of the family; the others are to them what follows.

    Raises:
        LookupError: nobody of that id lives with a family.
    """
    member = MEMBER.alias("head")
    query = select(MEMBER).join(member, member.c.household_id == MEMBER.c.household_id)
    family = writer.connection.execute(
        query.where(member.c.id == head_id, MEMBER.c.deleted_at.is_(None))
    ).all()
    if head_id not in {one.id for one in members.present(family)}:
        raise LookupError(f"member {head_id}")
    for member_id, relation in members.relations_under(family, head_id).items():
        writer.update("member", member_id, {"relation": relation.value})


def record_family_card(
    writer: Writer, household_id: UUID, scope: str, number: str, reason: str | None = None
) -> None:
    """Adds the family card that is shown today; the ones before it stay as history."""
    writer.insert(
        FamilyCard(
            household_id=household_id,
            scope=scope,
            number=number,
            valid_from=to_wib(writer.now).date(),
            reason=reason,
        )
    )


def relocate(writer: Writer, household_id: UUID, village: str) -> None:
    """Asks the province to move a family, with all that belongs to it, to another village.

    Here it stays where it is until the province has done it, even if the village is one of ours.
    """
    writer.update("household", household_id, {"scope": village})
