"""Writing the families of a list: each with its head, its card, and the business it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.models.operations.households import register
from desktop.models.records.businesses import Business, Grant
from desktop.models.records.households import Household, Member, Relation
from desktop.models.rules.dates import to_wib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.imports.candidates import Candidate
    from desktop.models.store.writer import Writer

FINGERPRINT: Final = "#fingerprint"
"""Beside the raw row in `Household.source`: what a later reading finds the family by."""

BATCH: Final = 100
"""Families written in one transaction: short enough that nothing else has to wait for long."""


def apply(writer: Writer, candidates: Sequence[Candidate]) -> int:
    """Writes new families; tells how many. Give it at most `BATCH` at once."""
    for candidate in candidates:
        _write(writer, candidate)
    return len(candidates)


def _write(writer: Writer, row: Candidate) -> None:
    scope = row.village_code
    household = Household(
        scope=scope,
        hamlet=row.hamlet,
        rt=row.rt,
        rw=row.rw,
        address=row.address,
        phone=row.phone,
        note=row.note,
        registered_on=to_wib(writer.now).date(),
        source={**row.raw, FINGERPRINT: row.fingerprint},
    )
    head = Member(
        scope=scope,
        household_id=household.id,
        name=row.head_name,
        relation=Relation.HEAD,
        national_id=row.national_id,
        sex=row.sex,
        birth_date=row.birth_date,
        birth_place=row.birth_place,
        occupation=row.occupation,
    )
    register(writer, household, [head], row.family_card_number)
    business = None
    if row.business_type:
        business = Business(scope=scope, household_id=household.id, name=row.business_type)
        writer.insert(business)
    if row.amount is not None:
        writer.insert(
            Grant(
                scope=scope,
                household_id=household.id,
                business_id=business.id if business else None,
                amount=row.amount,
                bank=row.bank_name,
                account_number=row.bank_account,
            )
        )
