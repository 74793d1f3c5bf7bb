"""Synthetic families: households, their people, their cards. The same seed makes the same ones.

Whoever reads one of their numbers can tell that nobody bears it. Every identity number ends in a
serial of `SYNTHETIC_SERIALS`: serials count the people registered in one district with one
birthday, and no district of Banten comes near nine thousand births a day. Every phone begins with
+62800, which belongs to no mobile network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from desktop.models.records.households import FamilyCard, Household, Member, Relation
from desktop.models.rules.identity import WOMAN_DAY_OFFSET, Sex
from desktop.practice import names

SYNTHETIC_SERIALS: Final = (9000, 9999)
SYNTHETIC_PHONE: Final = "+62800"
_WITHOUT_NATIONAL_ID: Final = 0.06
_WITHOUT_FAMILY_CARD: Final = 0.05
_WITH_PHONE: Final = 0.7


@dataclass
class Family:
    """A household with its people, the head first, and the family card it shows."""

    household: Household
    members: list[Member] = field(default_factory=list)
    card: FamilyCard | None = None


@dataclass
class Draw:
    """What everything is drawn from: chance that repeats itself, and the day it is."""

    chance: Random
    today: date
    _numbers: set[str] = field(default_factory=set)
    _phones: int = 0

    @property
    def yesterday(self) -> date:
        """The last day that is over."""
        return self.today - timedelta(days=1)

    def id_of(self, day: date) -> UUID:
        """A UUIDv7 as if captured on that day."""
        noon = datetime.combine(day, time(3), UTC) + timedelta(seconds=self.chance.random() * 3600)
        value = int(noon.timestamp() * 1000) << 80 | 0x7 << 76 | self.chance.getrandbits(12) << 64
        return UUID(int=value | 0b10 << 62 | self.chance.getrandbits(62))

    def is_so(self, probability: float) -> bool:
        """Whether something is so that is so this often."""
        return self.chance.random() < probability

    def days_ago(self, earliest: int, latest: int) -> date:
        """A day between so many days ago and so many days ago."""
        return self.today - timedelta(days=self.chance.randint(latest, earliest))

    def money(self, least: int, most: int, step: int = 5_000) -> int:
        """An amount in whole steps."""
        return self.chance.randrange(least, most + 1, step)

    def sixteen_digits(self, area: str, day: date, sex: Sex | None = None) -> str:
        """A number of a person (with a sex) or of a family card; no two are alike."""
        shown = day.day + (WOMAN_DAY_OFFSET if sex is Sex.FEMALE else 0)
        stem = f"{area}{shown:02}{day:%m%y}"
        while (number := f"{stem}{self.chance.randint(*SYNTHETIC_SERIALS)}") in self._numbers:
            pass
        self._numbers.add(number)
        return number

    def phone(self) -> str:
        """A number that no phone has."""
        self._phones += 1
        return f"{SYNTHETIC_PHONE}{9_000_000 + self._phones}"


def draw_family(draw: Draw, village: str) -> Family:
    """A family of 2 to 6 people in a village (its code)."""
    registered = draw.days_ago(420, 200)
    hamlet = draw.chance.choice(names.HAMLETS)
    rt, rw = f"{draw.chance.randint(1, 8):03}", f"{draw.chance.randint(1, 4):03}"
    decile = draw.chance.choices((1, 2, 3), (6, 3, 1))[0]
    household = Household(
        id=draw.id_of(registered),
        scope=village,
        hamlet=hamlet,
        rt=rt,
        rw=rw,
        address=f"{hamlet} RT {rt}/RW {rw}",
        phone=draw.phone() if draw.is_so(_WITH_PHONE) else None,
        registered_on=registered,
        welfare_decile=decile,
        welfare_decile_on=date(draw.today.year - 1, 7, 1),
    )
    family = Family(household)
    _add_people(draw, family)
    if not draw.is_so(_WITHOUT_FAMILY_CARD):
        recorded = registered - timedelta(days=draw.chance.randint(30, 3000))
        family.card = FamilyCard(
            id=draw.id_of(registered),
            scope=village,
            household_id=household.id,
            number=draw.sixteen_digits(_area(village), recorded),
            valid_from=recorded,
        )
    return family


def _add_people(draw: Draw, family: Family) -> None:
    """A head of 27 to 68, mostly with a spouse, children below 21, sometimes a parent."""
    chance = draw.chance
    head_age = chance.randint(27, 68)
    head_sex = Sex.MALE if draw.is_so(0.82) else Sex.FEMALE
    people: list[tuple[Relation, Sex, int]] = [(Relation.HEAD, head_sex, head_age)]
    if head_sex is Sex.MALE and draw.is_so(0.92):
        people.append((Relation.SPOUSE, Sex.FEMALE, max(19, head_age - chance.randint(0, 8))))
    eldest = min(20, head_age - 20)
    for age in sorted(
        (chance.randint(0, eldest) for _ in range(chance.randint(1, 3))), reverse=True
    ):
        people.append((Relation.CHILD, chance.choice((Sex.MALE, Sex.FEMALE)), age))
    if head_age < 48 and draw.is_so(0.15):
        sex = Sex.FEMALE if draw.is_so(0.7) else Sex.MALE
        people.append((Relation.PARENT, sex, head_age + chance.randint(20, 28)))
    family.members = [_member(draw, family.household, *person) for person in people]


def _member(draw: Draw, household: Household, relation: Relation, sex: Sex, age: int) -> Member:
    assert household.registered_on is not None  # noqa: S101 it was just drawn
    chance = draw.chance
    born = household.registered_on - timedelta(days=age * 365 + age // 4 + chance.randint(1, 364))
    has_number = not draw.is_so(_WITHOUT_NATIONAL_ID)
    return Member(
        id=draw.id_of(household.registered_on),
        scope=household.scope,
        household_id=household.id,
        name=_name(draw, sex),
        relation=relation,
        national_id=draw.sixteen_digits(_area(household.scope), born, sex) if has_number else None,
        sex=sex,
        birth_date=born,
        birth_place=chance.choice(names.BIRTH_PLACES),
        occupation=_occupation(draw, sex, age),
    )


def _name(draw: Draw, sex: Sex) -> str:
    first, second = (
        (names.MEN, names.SECOND_MEN) if sex is Sex.MALE else (names.WOMEN, names.SECOND_WOMEN)
    )
    words = [draw.chance.choice(first)]
    if draw.is_so(0.75):
        words.append(draw.chance.choice(second))
    return " ".join(words)


def _occupation(draw: Draw, sex: Sex, age: int) -> str | None:
    if age < 7:
        return None
    if age < 17:
        return "Pelajar"
    works: Sequence[str] = names.WORK_MEN if sex is Sex.MALE else names.WORK_WOMEN
    return "Tidak bekerja" if age > 75 else draw.chance.choice(works)


def _area(village: str) -> str:
    """The six digits of a village's district."""
    return village.replace(".", "")[:6]
