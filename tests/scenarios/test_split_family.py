"""Families split and members leave on two laptops at once: both agree, and nobody is lost."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import decisions, duplicates, households, visits
from desktop.models.operations.duplicates import DuplicateAnswer
from desktop.models.operations.splitting import Split, split_family
from desktop.models.queries.conflicts import open_conflicts
from desktop.models.records.base import Fields
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.records.people import Role
from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.dates import to_wib
from desktop.models.rules.resolution import DUPLICATE
from desktop.models.tables import MEMBER, SEARCH
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

OTHER, DISTRICT = "36.01.01.2002", "36.01.01"
NIK = "3601012108900001"
HEAD, SPOUSE, CHILD, PARENT = Relation.HEAD, Relation.SPOUSE, Relation.CHILD, Relation.PARENT

People = dict[str, UUID]


def family(laptop: Laptop) -> People:
    """A family of four, visited once: the names of its members, and their ids; "" is the family."""
    household = Household(scope=VILLAGE, hamlet="Krajan")
    members = [
        Member(
            scope=VILLAGE,
            household_id=household.id,
            name=name,
            relation=relation,
            national_id=NIK if name == "Rizki" else None,
        )
        for name, relation in (
            ("Sarman", HEAD),
            ("Siti", SPOUSE),
            ("Rizki", CHILD),
            ("Dede", Relation.OTHER),
        )
    ]
    with laptop.store.recording() as writer:
        households.register(writer, household, members)
    draft = laptop.begin_visit(household.id)
    asked = {one.id: {"school": "1"} for one in members}
    done = visits.FinishedVisit(
        laptop.clock().date(), VisitOutcome.MET, {"water": "1"}, members=asked
    )
    with laptop.store.recording() as writer:
        visits.finish(writer, draft, done)
    return {"": household.id} | {one.name: one.id for one in members}


@pytest.fixture
def laptops(province: Province) -> tuple[Laptop, Laptop, People]:
    """Two laptops that know a family; what they do next, they do without knowing of each other."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    people = family(siti)
    province.settle(siti, budi)
    return siti, budi, people


def split(
    laptop: Laptop, people: People, going: dict[str, Relation], new_head: str = "", **place: Any
) -> UUID:
    parts = {people[name]: relation for name, relation in going.items()}
    wanted = Split(parts, people.get(new_head) if new_head else None, place=place)
    with laptop.store.recording() as writer:
        return split_family(writer, people[""], wanted)


def left(laptop: Laptop, member: UUID, status: MemberStatus, new_head: UUID | None = None) -> None:
    day = to_wib(laptop.clock()).date()
    with laptop.store.recording() as writer:
        households.member_left(writer, member, status, day, new_head)


def told(laptop: Laptop, household_id: UUID) -> dict[str, str]:
    """Name -> relation of who lives there, status of who does not."""
    query = select(MEMBER).where(MEMBER.c.household_id == household_id)
    with laptop.store.reading() as connection:
        return {
            row.name: row.relation if row.status == "present" else row.status
            for row in connection.execute(query.order_by(MEMBER.c.name))
        }


def listed(laptop: Laptop) -> dict[UUID, tuple[str, int]]:
    """Family -> its head and how many live there, as the list shows it."""
    with laptop.store.reading() as connection:
        rows = connection.execute(select(SEARCH))
        return {row.household_id: (row.head_name, row.member_count) for row in rows}


def questions(laptop: Laptop) -> list[tuple[str, str]]:
    with laptop.store.reading() as connection:
        return [(one.table, one.field) for one in open_conflicts(connection)]


def visit_rows(laptop: Laptop) -> dict[UUID, Fields]:
    rows = laptop.everything().items()
    return {key: fields for key, (name, _, fields) in rows if name in ("visit", "visit_member")}


def test_a_split_reaches_the_other_laptop(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    before = visit_rows(budi)
    founded = split(siti, people, {"Rizki": HEAD, "Dede": CHILD}, hamlet="Wetan")
    province.settle(siti, budi)

    assert told(budi, founded) == {"Dede": "child", "Rizki": "head"}
    assert told(budi, people[""]) == {
        "Dede": "moved_out",
        "Rizki": "moved_out",
        "Sarman": "head",
        "Siti": "spouse",
    }
    assert listed(budi) == listed(siti) == {people[""]: ("Sarman", 2), founded: ("Rizki", 2)}
    assert visit_rows(budi) == before, "what was recorded stays where it was"
    assert questions(budi) == [], "one number, but nobody who lives in two families"
    province.assert_dense()


def test_the_same_split_on_both_laptops_is_one_family(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    first = split(siti, people, {"Rizki": HEAD}, hamlet="Wetan")
    second = split(budi, people, {"Rizki": HEAD, "Dede": CHILD}, hamlet="Wetan")
    province.settle(siti, budi, siti)

    assert first == second
    for laptop in (siti, budi):
        assert told(laptop, first) == {"Dede": "child", "Rizki": "head"}
        assert listed(laptop) == {people[""]: ("Sarman", 2), first: ("Rizki", 2)}
        assert questions(laptop) == []
    province.assert_dense()


def test_who_went_to_two_families_is_asked_about(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    with_siti = split(siti, people, {"Siti": HEAD, "Rizki": CHILD})
    alone = split(budi, people, {"Rizki": HEAD, "Dede": CHILD})
    province.settle(siti, budi, siti)

    for laptop in (siti, budi):
        assert told(laptop, with_siti) == {"Rizki": "child", "Siti": "head"}
        assert told(laptop, alone) == {"Dede": "child", "Rizki": "head"}
        assert told(laptop, people[""])["Sarman"] == "head"
        assert questions(laptop) == [("member", DUPLICATE)]
        assert all(one.scope == VILLAGE for one in laptop.conflicts())
    with budi.store.recording() as writer:
        asked = [one.id for one in budi.conflicts()]
        both = [one.subject_id for one in budi.conflicts()]
        chosen = next(one for one in both if one in budi.members_of(alone))
        duplicates.settle(writer, asked, both, DuplicateAnswer.LIVES_THERE, chosen, "kata Rizki")
    province.settle(budi, siti)

    for laptop in (siti, budi):
        assert questions(laptop) == []
        assert told(laptop, with_siti) == {"Rizki": "moved_out", "Siti": "head"}
    province.assert_dense()


def test_one_splits_and_the_other_notes_a_death(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    founded = split(siti, people, {"Rizki": HEAD, "Dede": CHILD})
    left(budi, people["Rizki"], MemberStatus.DIED)
    province.settle(siti, budi, siti)

    assert questions(siti) == questions(budi) == [("member", "status")]
    for laptop in (siti, budi):
        assert told(laptop, people[""])["Rizki"] == "moved_out", "who was there first stays"
        assert told(laptop, founded)["Rizki"] == "head"
    (asked,) = {one.id for one in siti.conflicts()}
    with siti.store.recording() as writer:
        subject = ("member", people["Rizki"], VILLAGE)
        decisions.decide(writer, [asked], subject, "status", "moved_out", reason="salah dengar")
    province.settle(siti, budi)
    assert questions(siti) == questions(budi) == []
    province.assert_dense()


def test_one_splits_and_the_other_adds_a_child(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    founded = split(siti, people, {"Sarman": HEAD, "Siti": SPOUSE}, new_head="Rizki")
    budi.add_member(people[""], "Bayi")
    left(budi, people["Dede"], MemberStatus.MOVED_OUT)
    province.settle(siti, budi, siti)

    for laptop in (siti, budi):
        assert told(laptop, people[""]) == {
            "Bayi": "other",
            "Dede": "moved_out",
            "Rizki": "head",
            "Sarman": "moved_out",
            "Siti": "moved_out",
        }
        assert listed(laptop) == {people[""]: ("Rizki", 2), founded: ("Sarman", 2)}
        assert questions(laptop) == []
    province.assert_dense()


def test_two_heads_at_once_are_seen_and_one_is_chosen(
    province: Province, laptops: tuple[Laptop, Laptop, People]
) -> None:
    siti, budi, people = laptops
    for laptop, new_head in ((siti, "Siti"), (budi, "Rizki")):
        left(laptop, people["Sarman"], MemberStatus.DIED, people[new_head])
    province.settle(siti, budi, siti)

    together = told(siti, people[""])
    assert told(budi, people[""]) == together
    assert [name for name, relation in together.items() if relation == "head"]
    with budi.store.recording() as writer:
        households.choose_head(writer, people["Siti"])
    province.settle(budi, siti)

    for laptop in (siti, budi):
        now = told(laptop, people[""])
        assert [name for name, relation in now.items() if relation == "head"] == ["Siti"]
        assert now["Sarman"] == "died"
    province.assert_dense()


@pytest.mark.parametrize("goes", ["the old family", "the new one"])
def test_a_family_that_was_split_moves_to_another_village(province: Province, goes: str) -> None:
    """On a laptop of one village only, nothing points at what is not there."""
    siti = province.laptop("siti", [VILLAGE, OTHER])
    here, there = province.laptop("budi"), province.laptop("joko", [OTHER])
    people = family(siti)
    province.settle(siti, here, there)
    founded = split(siti, people, {"Rizki": HEAD, "Dede": CHILD})
    province.settle(siti, here)
    moved, stays = (people[""], founded) if goes == "the old family" else (founded, people[""])
    siti.relocate(moved, OTHER)
    province.settle(siti, here, there)

    assert set(listed(there)) == {moved}
    assert set(listed(here)) == {stays}
    assert set(listed(siti)) == {moved, stays}
    province.assert_dense()


def test_one_splits_while_the_other_moves_the_family_away(province: Province) -> None:
    siti = province.laptop("siti", [VILLAGE, OTHER])
    budi = province.laptop("budi")
    people = family(siti)
    province.settle(siti, budi)
    siti.relocate(people[""], OTHER)
    founded = split(budi, people, {"Rizki": HEAD})
    province.settle(siti, budi, siti)

    assert told(siti, founded) == told(budi, founded) == {"Rizki": "head"}
    assert told(siti, people[""])["Rizki"] == "moved_out"
    assert siti.row(people[""]) is not None
    assert set(listed(budi)) == {founded}
    province.assert_dense()


def test_whoever_comes_back_and_founds_a_family_again_founds_another_one(
    province: Province,
) -> None:
    """The first one lives in another village now, where nobody here sees it."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    people = family(siti)
    first = split(siti, people, {"Rizki": HEAD}, hamlet="Lor")
    province.settle(siti, office)
    office.relocate(first, OTHER)
    province.settle(office, siti, budi)
    assert siti.row(first) is None
    with siti.store.recording() as writer:
        households.member_returned(writer, people["Rizki"])
    province.settle(siti, office, budi)
    second, same = (split(one, people, {"Rizki": HEAD}, hamlet="Kidul") for one in (siti, budi))
    province.settle(siti, budi, office, siti)

    assert second == same != first
    there = office.row(first)
    assert there is not None
    assert there["hamlet"] == "Lor"
    assert told(siti, second) == told(office, first) == {"Rizki": "head"}
    assert province.aside() == []
    province.assert_dense()
