"""What an import asks of the store: which families are there, and what is recorded of them."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from desktop.imports.applying import FINGERPRINT
from desktop.imports.matching import ExistingHousehold, Value
from desktop.models.records.households import Relation
from desktop.models.reference import Level, Regions
from desktop.models.store.rows import chunks
from desktop.models.tables import BUSINESS, FAMILY_CARD, GRANT, HOUSEHOLD, MEMBER

_HOUSEHOLD = ("address", "hamlet", "rt", "rw", "phone", "note")
_HEAD = ("national_id", "sex", "birth_date", "birth_place", "occupation")


class GrantedRegions(Regions):
    """The regions with no villages but those granted: a list must not write anywhere else.

    Args:
        whole: all regions.
        villages: codes of the granted villages.
    """

    def __init__(self, whole: Regions, villages: Collection[str]) -> None:
        granted = set(villages)
        super().__init__(
            (each for each in whole if each.level is not Level.VILLAGE or each.code in granted),
            retired=(),
            provinces=(),
        )
        self._whole = whole

    def known_area(self, prefix: str) -> bool:
        """Judges an identity number as anywhere else: people are registered in other places."""
        return self._whole.known_area(prefix)


class StoreExisting:
    """The families of a store, as far as a list can speak of them.

    Cards and fingerprints are read once: they have no index, and a list asks for many.

    Args:
        connection: the store, for as long as the list is read.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_national_id(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Families whose head has one of these NIK, by NIK."""
        found: dict[str, UUID] = {}
        for some in chunks(numbers):
            query = select(MEMBER.c.national_id, MEMBER.c.household_id).where(
                MEMBER.c.national_id.in_(some),
                MEMBER.c.relation == Relation.HEAD.value,
                MEMBER.c.deleted_at.is_(None),
            )
            found |= {row.national_id: row.household_id for row in self._connection.execute(query)}
        return self._described(found)

    def by_family_card(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Families that hold one of these cards now, by number."""
        return self._described(
            {number: self._holders[number] for number in numbers if number in self._holders}
        )

    def by_fingerprint(self, fingerprints: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Families imported from rows with these fingerprints."""
        known = self._fingerprints
        return self._described({each: known[each] for each in fingerprints if each in known})

    @cached_property
    def _cards(self) -> dict[UUID, str]:
        """The number of each family's card of today."""
        query = select(FAMILY_CARD.c.household_id, FAMILY_CARD.c.number).where(
            FAMILY_CARD.c.deleted_at.is_(None)
        )
        oldest_first = query.order_by(FAMILY_CARD.c.valid_from, FAMILY_CARD.c.id)
        return {row.household_id: row.number for row in self._connection.execute(oldest_first)}

    @cached_property
    def _holders(self) -> dict[str, UUID]:
        return {number: household_id for household_id, number in self._cards.items()}

    @cached_property
    def _fingerprints(self) -> dict[str, UUID]:
        fingerprint = func.json_extract(HOUSEHOLD.c.source, f'$."{FINGERPRINT}"')
        query = select(fingerprint.label("fingerprint"), HOUSEHOLD.c.id).where(
            fingerprint.is_not(None), HOUSEHOLD.c.deleted_at.is_(None)
        )
        return {row.fingerprint: row.id for row in self._connection.execute(query)}

    def _described(self, found: Mapping[str, UUID]) -> dict[str, ExistingHousehold]:
        described: dict[UUID, ExistingHousehold] = {}
        for some in chunks(set(found.values())):
            described |= self._describe(some)
        return {key: described[each] for key, each in found.items() if each in described}

    def _describe(self, ids: Collection[UUID]) -> dict[UUID, ExistingHousehold]:
        heads = self._rows_of(MEMBER, ids, MEMBER.c.relation == Relation.HEAD.value)
        grants, businesses = self._rows_of(GRANT, ids), self._rows_of(BUSINESS, ids)
        living = select(HOUSEHOLD).where(HOUSEHOLD.c.id.in_(ids), HOUSEHOLD.c.deleted_at.is_(None))
        return {
            row.id: ExistingHousehold(
                str(row.id),
                {
                    "village_code": row.scope,
                    **{name: getattr(row, name) for name in _HOUSEHOLD},
                    "family_card_number": self._cards.get(row.id),
                    **_of_head(heads.get(row.id)),
                    **_of_aid(grants.get(row.id), businesses.get(row.id)),
                },
            )
            for row in self._connection.execute(living)
        }

    def _rows_of(self, table: Any, ids: Collection[UUID], *more: Any) -> dict[UUID, Row[Any]]:
        """The first row of a table for each family."""
        query = select(table).where(
            table.c.household_id.in_(ids), table.c.deleted_at.is_(None), *more
        )
        latest_first = query.order_by(table.c.id.desc())
        return {row.household_id: row for row in self._connection.execute(latest_first)}


def _of_head(head: Row[Any] | None) -> dict[str, Value]:
    if head is None:
        return {}
    return {"head_name": head.name, **{name: getattr(head, name) for name in _HEAD}}


def _of_aid(grant: Row[Any] | None, business: Row[Any] | None) -> dict[str, Value]:
    """Money, and a business if there is none yet; how a business is called may change."""
    values: dict[str, Value] = {} if business else {"business_type": None}
    if grant is None:
        return {**values, "amount": None}
    money: dict[str, Value] = {
        "amount": grant.amount,
        "bank_name": grant.bank,
        "bank_account": grant.account_number,
    }
    return values | money
