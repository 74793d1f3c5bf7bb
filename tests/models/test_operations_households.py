"""Members who come, leave and found families: what is written, in one transaction, and what is refused."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from desktop.models.operations import households, visits
from desktop.models.operations.splitting import Split, SplitError, split_family
from desktop.models.queries.household import FamilyView, family
from desktop.models.queries.households import Filters, HouseholdSearch
from desktop.models.records.base import new_id
from desktop.models.records.households import (
    Household,
    Member,
    MemberStatus,
    Relation,
    founded_household_id,
)
from desktop.models.records.visits import VisitOutcome
from desktop.models.reference import Reference
from desktop.models.rules.identity import Sex
from desktop.models.rules.members import SplitProblem
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD, OUTBOX, SEARCH
from tests.models.queries.families import NOW, SUMBERJAYA, TODAY, opened

RESOURCES = Path(__file__).parents[2] / "resources"

NIK = "3601012108900001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def people(store: Store) -> dict[str, UUID]:
    """A family of four, visited once: the names of its members, and their ids; "" is the family."""
    household = Household(scope=SUMBERJAYA, hamlet="Krajan", address="Jl. Melati 1")
    members = {
        name: Member(
            scope=SUMBERJAYA,
            household_id=household.id,
            name=f"{name} Contoh",
            relation=relation,
            birth_date=date(year, 8, 21),
            national_id=NIK if name == "Rizki" else None,
            sex=Sex.FEMALE if name == "Siti" else Sex.MALE,
        )
        for name, relation, year in (
            ("Sarman", Relation.HEAD, 1960),
            ("Siti", Relation.SPOUSE, 1962),
            ("Rizki", Relation.CHILD, 1990),
            ("Dede", Relation.OTHER, 2019),
        )
    }
    with store.recording() as writer:
        households.register(writer, household, list(members.values()), "3601010102010001")
    draft = visits.DraftHead(new_id(), household.id, SUMBERJAYA, "household_visit", 1, NOW)
    asked = {one.id: {"school": "1"} for one in members.values()}
    with store.recording() as writer:
        done = visits.FinishedVisit(date(2026, 11, 8), VisitOutcome.MET, {}, members=asked)
        visits.finish(writer, draft, done)
    return {"": household.id} | {name: one.id for name, one in members.items()}


def page(store: Store, household_id: UUID) -> FamilyView:
    with store.reading() as connection:
        found = family(connection, household_id, Reference(RESOURCES / "reference"))
    assert found is not None
    return found


def told(view: FamilyView) -> dict[str, str]:
    """Name -> relation of who lives there, status of who does not."""
    return {
        one.name.split()[0]: one.relation if one.is_present else one.status for one in view.members
    }


def listed(store: Store) -> dict[str, tuple[int, str | None]]:
    """Head -> how many live there, and when the visit is due."""
    with store.reading() as connection:
        rows = connection.execute(
            select(SEARCH.c.head_name, SEARCH.c.member_count, SEARCH.c.next_due_on)
        )
        return {row[0].split()[0]: (row[1], row[2]) for row in rows}


def split(store: Store, people: dict[str, UUID], going: dict[str, Relation], **more: Any) -> UUID:
    parts = {people[name]: relation for name, relation in going.items()}
    with store.recording() as writer:
        return split_family(writer, people[""], Split(parts, **more))


def left(store: Store, member: UUID, status: MemberStatus, new_head: UUID | None = None) -> None:
    with store.recording() as writer:
        households.member_left(writer, member, status, TODAY, new_head)


def test_a_head_who_died_has_a_successor(store: Store, people: dict[str, UUID]) -> None:
    left(store, people["Sarman"], MemberStatus.DIED, people["Siti"])

    assert told(page(store, people[""])) == {
        "Siti": "head",
        "Rizki": "child",
        "Dede": "other",
        "Sarman": "died",
    }
    assert listed(store) == {"Siti": (3, "2026-12-08")}


def test_somebody_comes_back(store: Store, people: dict[str, UUID]) -> None:
    left(store, people["Rizki"], MemberStatus.MOVED_OUT)
    assert listed(store)["Sarman"][0] == 3
    with store.recording() as writer:
        households.member_returned(writer, people["Rizki"])

    assert told(page(store, people[""]))["Rizki"] == "child"
    assert listed(store)["Sarman"][0] == 4


def test_where_nobody_lives_nobody_is_visited(store: Store, people: dict[str, UUID]) -> None:
    with store.recording() as writer:
        for name in ("Sarman", "Siti", "Rizki", "Dede"):
            households.member_left(writer, people[name], MemberStatus.MOVED_OUT, TODAY)
    assert listed(store) == {"Sarman": (0, None)}

    with store.recording() as writer:
        households.member_returned(writer, people["Siti"])
    assert listed(store) == {"Siti": (1, "2026-12-08")}


@pytest.mark.parametrize("who", ["Rizki", "nobody"])
def test_whoever_does_not_live_there_is_no_head(
    store: Store, people: dict[str, UUID], who: str
) -> None:
    left(store, people["Rizki"], MemberStatus.MOVED_OUT)
    with pytest.raises(LookupError), store.recording() as writer:
        households.choose_head(writer, people.get(who, new_id()))


def test_some_found_a_family_of_their_own(store: Store, people: dict[str, UUID]) -> None:
    with store.reading() as connection:
        before = connection.execute(select(func.max(OUTBOX.c.dseq))).scalar_one()
    founded = split(
        store,
        people,
        {"Rizki": Relation.HEAD, "Dede": Relation.CHILD},
        family_card_number="3601012111260001",
        place={"hamlet": "Wetan", "note": "Pecah dari keluarga Sarman"},
    )

    old, new = page(store, people[""]), page(store, founded)
    assert told(old) == {
        "Sarman": "head",
        "Siti": "spouse",
        "Rizki": "moved_out",
        "Dede": "moved_out",
    }
    assert told(new) == {"Rizki": "head", "Dede": "child"}
    rizki = new.members[0]
    assert (rizki.national_id, rizki.birth_date, rizki.sex) == (NIK, date(1990, 8, 21), "male")
    assert (new.hamlet, new.family_card, new.note) == (
        "Wetan",
        "3601012111260001",
        "Pecah dari keluarga Sarman",
    )
    assert old.family_card == "3601010102010001"
    assert listed(store) == {"Sarman": (2, "2026-12-08"), "Rizki": (2, "")}
    with store.reading() as connection:
        ops = connection.execute(select(OUTBOX).where(OUTBOX.c.dseq > before)).all()
        tables = [op.table_name for op in ops]
        both = HouseholdSearch().search(connection, "rizki", Filters())
    assert tables == ["member", "member", "household", "member", "member", "family_card"]
    assert {op.scope for op in ops} == {SUMBERJAYA}
    assert {row.household_id for row in both.rows} == {people[""], founded}


def test_visits_stay_as_they_were(store: Store, people: dict[str, UUID]) -> None:
    (before,) = page(store, people[""]).visits
    founded = split(store, people, {"Rizki": Relation.HEAD})

    (after,) = page(store, people[""]).visits
    asked = [{one.name: one.answers for one in visit.members} for visit in (before, after)]
    assert asked[0] == asked[1] != {}, "also what was asked about who left"
    assert after.standing == before.standing
    assert page(store, founded).visits == []


def test_each_family_leads_to_the_other(store: Store, people: dict[str, UUID]) -> None:
    founded = split(store, people, {"Rizki": Relation.HEAD, "Dede": Relation.CHILD})

    (kin,) = page(store, people[""]).founded
    assert (kin.household_id, kin.head_name, kin.founder) == (
        founded,
        "Rizki Contoh",
        "Rizki Contoh",
    )
    origin = page(store, founded).founded_from
    assert origin is not None
    assert (origin.household_id, origin.head_name) == (people[""], "Sarman Contoh")
    assert page(store, people[""]).founded_from is None


def test_where_the_head_goes_another_one_is_chosen(store: Store, people: dict[str, UUID]) -> None:
    founded = split(
        store, people, {"Sarman": Relation.HEAD, "Dede": Relation.OTHER}, new_head=people["Rizki"]
    )

    assert told(page(store, founded)) == {"Sarman": "head", "Dede": "other"}
    assert told(page(store, people[""])) == {
        "Rizki": "head",
        "Siti": "parent",
        "Sarman": "moved_out",
        "Dede": "moved_out",
    }


@pytest.mark.parametrize(
    ("going", "problem"),
    [
        ({}, SplitProblem.NOBODY_GOES),
        ({"Sarman": Relation.HEAD}, SplitProblem.NO_HEAD_LEFT),
        ({"Rizki": Relation.CHILD}, SplitProblem.NO_HEAD),
    ],
)
def test_a_split_that_is_none_writes_nothing(
    store: Store, people: dict[str, UUID], going: dict[str, Relation], problem: SplitProblem
) -> None:
    with store.reading() as connection:
        before = connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()
    with pytest.raises(SplitError) as raised:
        split(store, people, going)

    assert raised.value.problem is problem
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == before
        assert connection.execute(select(func.count()).select_from(HOUSEHOLD)).scalar_one() == 1


def test_whoever_came_back_founds_another_family(store: Store, people: dict[str, UUID]) -> None:
    first = split(store, people, {"Rizki": Relation.HEAD})
    assert first == founded_household_id(people[""], people["Rizki"])
    with store.recording() as writer:
        households.member_returned(writer, people["Rizki"])
    second = split(store, people, {"Rizki": Relation.HEAD})

    assert second == founded_household_id(people[""], people["Rizki"], TODAY) != first
    assert told(page(store, second)) == {"Rizki": "head"}
