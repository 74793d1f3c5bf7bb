"""The rows that travel: families of 26 fields, as the import of a district's list writes them.

The table that the figures are held against counts rows of 26 fields: name, NIK, address, 8 flags,
amounts, ids, times. Here a row is a family with its head, which is two records, hence two ops:

    household  hamlet, rt, rw, address, phone, status, registered_on, welfare_decile       8 fields
               source: 8 flags and 2 amounts that the list has and the program does not   10
    member     household_id, name, relation, national_id, sex, birth_date, birth_place,
               occupation                                                                  8

Beside them travel the id, scope, author, base and time of each op, and the member's status. A list
says yes and no, so flags are words, and amounts are written with their digits, as lists are kept
raw. Numbers (NIK, phone) are drawn at random. An edit is of two fields of a household, a new phone
number and another decile of welfare; a facilitator makes them village by village, the households of
one in no order.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desktop.imports.applying import BATCH
from desktop.models.operations import households
from desktop.models.records.base import Fields, utc_now
from desktop.models.records.households import Household, Member, Relation
from desktop.models.rules.identity import Sex
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD
from desktop.practice import names
from desktop.practice.people import SYNTHETIC_PHONE, Draw

DISTRICT: Final = "36.01.01"
VILLAGES: Final = tuple(f"{DISTRICT}.{number}" for number in range(2001, 2011))
FLAGS: Final = (
    *("Penerima PKH", "Penerima BPNT", "Penerima PBI", "Penerima BLT"),
    *("Listrik PLN", "Air bersih", "Jamban sendiri", "Rumah milik sendiri"),
)
AMOUNTS: Final = ("Penghasilan sebulan", "Pengeluaran sebulan")
_SEED: Final = 26
_IDS: Final = frozenset({"household_id"})


@dataclass(frozen=True)
class Family:
    """A family with its head."""

    household: Household
    head: Member


def families(village: str, count: int, chance: Random) -> Iterator[Family]:
    """Families of a village, drawn by `chance`, their ids by the moment."""
    draw = Draw(chance, utc_now().date())
    for _ in range(count):
        yield _family(draw, village)


def register(store: Store, count: int) -> None:
    """Writes families into the villages of the district, one village after the other."""
    chance = Random(_SEED)  # noqa: S311 families, not secrets
    each = count // len(VILLAGES)
    drawn = (family for village in VILLAGES for family in families(village, each, chance))
    while batch := list(islice(drawn, BATCH)):
        with store.recording() as writer:
            for family in batch:
                households.register(writer, family.household, [family.head])


def edit(store: Store, count: int, seed: int) -> list[Fields]:
    """Edits so many households, two fields of each, in a transaction each; gives what was written."""
    chance = Random(seed)  # noqa: S311 families, not secrets
    with store.reading() as connection:
        query = select(HOUSEHOLD.c.id, HOUSEHOLD.c.scope, HOUSEHOLD.c.welfare_decile)
        known = connection.execute(query.order_by(HOUSEHOLD.c.id)).all()
    written: list[Fields] = []
    for row in sorted(chance.sample(known, count), key=lambda row: str(row.scope)):
        fields: Fields = {
            "phone": f"{SYNTHETIC_PHONE}{chance.randrange(10**6, 10**7)}",
            "welfare_decile": (row.welfare_decile or 0) % 3 + 1,
        }
        with store.recording() as writer:
            writer.update("household", row.id, fields)
        written.append({"id": str(row.id), **fields})
    return written


def block_size(rows: Sequence[Mapping[str, Any]]) -> int:
    """Bytes of rows' plain columns, one after the other, as one block of gzip -6: the floor."""
    columns: dict[str, list[bytes]] = {}
    for row in rows:
        for name, value in _flat(row):
            columns.setdefault(name, []).append(value)
    block = b"\n".join(b"".join(values) for values in columns.values())
    return len(gzip.compress(block, 6, mtime=0))


def _flat(row: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        elif name == "id" or name in _IDS:
            yield name, UUID(str(value)).bytes
        else:
            yield name, f"{value}\n".encode()


def _family(draw: Draw, village: str) -> Family:
    chance = draw.chance
    hamlet, rt, rw = chance.choice(names.HAMLETS), chance.randint(1, 8), chance.randint(1, 4)
    household = Household(
        scope=village,
        hamlet=hamlet,
        rt=f"{rt:03}",
        rw=f"{rw:03}",
        address=f"{hamlet} RT {rt:03}/RW {rw:03}",
        phone=f"{SYNTHETIC_PHONE}{chance.randrange(10**6, 10**7)}",
        registered_on=draw.days_ago(300, 0),
        welfare_decile=chance.choices((1, 2, 3), (6, 3, 1))[0],
        source={
            **{flag: chance.choice(("Ya", "Tidak")) for flag in FLAGS},
            **{amount: str(draw.money(400_000, 2_500_000, 25_000)) for amount in AMOUNTS},
        },
    )
    return Family(household, _head(draw, household))


def _head(draw: Draw, household: Household) -> Member:
    chance = draw.chance
    sex = Sex.MALE if draw.is_so(0.8) else Sex.FEMALE
    is_man = sex is Sex.MALE
    first, second = (names.MEN, names.SECOND_MEN) if is_man else (names.WOMEN, names.SECOND_WOMEN)
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(40 * 365))
    return Member(
        scope=household.scope,
        household_id=household.id,
        name=f"{chance.choice(first)} {chance.choice(second)}",
        relation=Relation.HEAD,
        national_id=draw.sixteen_digits(household.scope.replace(".", "")[:6], born, sex),
        sex=sex,
        birth_date=born,
        birth_place=chance.choice(names.BIRTH_PLACES),
        occupation=chance.choice(names.WORK_MEN if is_man else names.WORK_WOMEN),
    )
