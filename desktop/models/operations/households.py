"""Writing families: registering, correcting, members and family cards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from desktop.models.records.base import Fields
from desktop.models.records.households import FamilyCard, Household, Member, MemberStatus
from desktop.models.store.writer import Writer


def register(
    writer: Writer,
    household: Household,
    members: Sequence[Member],
    family_card_number: str | None = None,
) -> None:
    """Writes a new family, its members, and the family card it shows."""
    writer.insert(household)
    for member in members:
        writer.insert(member)
    if family_card_number:
        record_family_card(writer, household.id, household.scope, family_card_number)


def edit(writer: Writer, household_id: UUID, fields: Fields) -> bool:
    """Corrects a family's own fields; tells whether anything changed."""
    return writer.update("household", household_id, fields)


def add_member(writer: Writer, member: Member) -> None:
    """Writes a new member."""
    writer.insert(member)


def edit_member(writer: Writer, member_id: UUID, fields: Fields) -> bool:
    """Corrects a member; tells whether anything changed."""
    return writer.update("member", member_id, fields)


def member_left(writer: Writer, member_id: UUID, status: MemberStatus, on: date) -> None:
    """Notes that a member moved out or died."""
    writer.update("member", member_id, {"status": status.value, "left_on": on.isoformat()})


def record_family_card(
    writer: Writer, household_id: UUID, scope: str, number: str, reason: str | None = None
) -> None:
    """Adds the family card that is shown today; the ones before it stay as history."""
    writer.insert(
        FamilyCard(
            household_id=household_id,
            scope=scope,
            number=number,
            valid_from=writer.now.date(),
            reason=reason,
        )
    )


def relocate(writer: Writer, household_id: UUID, village: str) -> None:
    """Asks the province to move a family, with all that belongs to it, to another village.

    Here it stays where it is until the province has done it, even if the village is one of ours.
    """
    writer.update("household", household_id, {"scope": village})
