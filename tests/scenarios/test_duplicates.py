"""One national id in two records: a question for a person, and one record that takes the other's place."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import businesses, decisions, duplicates, households
from desktop.models.operations.duplicates import DuplicateAnswer
from desktop.models.queries.conflicts import open_conflicts
from desktop.models.records.attachments import Attachment, AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Business, Grant
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.records.people import Role
from desktop.models.records.visits import VisitMember
from desktop.models.rules.resolution import DUPLICATE, DUPLICATE_RULE
from desktop.models.tables import DRAFT, DRAFT_ANSWER, DRAFT_ATTACHMENT
from server.tables import CONFLICT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import grant, withdraw
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
DISTRICT = "36.01.01"
_PHOTO: dict[str, Any] = {
    "kind": AttachmentKind.PHOTO,
    "media_type": "image/jpeg",
    "sha256": "0" * 64,
    "size": 1,
}
NIK, ANOTHER_NIK = "3601015111850009", "3601015111850010"


def _family(laptop: Laptop, *numbers: str, scope: str = VILLAGE, **fields: Any) -> list[UUID]:
    """A family whose members have these numbers, the first its head: its id, and theirs."""
    household = Household(scope=scope, **fields)
    members = [
        Member(scope=scope, household_id=household.id, name="Nur Aini", national_id=number)
        for number in numbers
    ]
    members[0].relation = Relation.HEAD
    with laptop.store.recording() as writer:
        households.register(writer, household, members)
    return [household.id, *(member.id for member in members)]


def _questions(province: Province) -> dict[UUID, Any]:
    """Member -> the open record that their number is somebody else's, too."""
    query = select(CONFLICT).where(
        CONFLICT.c.rule == DUPLICATE_RULE, CONFLICT.c.resolved_at.is_(None)
    )
    with province.database.reading() as connection:
        return {row.subject_id: row for row in connection.execute(query)}


def _settle(laptop: Laptop, answer: DuplicateAnswer, chosen: UUID, members: Sequence[UUID]) -> None:
    asked = [one.id for one in laptop.conflicts() if one.field == DUPLICATE and not one.resolved_at]
    with laptop.store.recording() as writer:
        duplicates.settle(writer, asked, members, answer, chosen, "kata keluarga")


@pytest.fixture
def twice(province: Province) -> tuple[Laptop, Laptop, list[UUID], list[UUID]]:
    """Two laptops of a village, each of which registered the same family."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    one = _family(siti, NIK, ANOTHER_NIK, hamlet="Krajan")
    two = _family(budi, NIK, hamlet="Wetan")
    province.settle(siti, budi, siti)
    return siti, budi, one, two


def test_both_are_taken_and_somebody_is_asked(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice

    assert set(_questions(province)) == {one[1], two[1]}
    for laptop in (siti, budi):
        assert {row.subject_id for row in laptop.conflicts()} == {one[1], two[1]}
        assert laptop.states() == {"confirmed"}
    province.assert_dense()


def test_of_another_village_nothing_is_told(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    one = _family(siti, NIK)
    two = _family(budi, NIK, scope=OTHER)
    province.settle(siti, budi, siti)

    (question,) = siti.conflicts()
    assert question.subject_id == one[1]
    assert not any(str(row_id) in str(question._asdict()) for row_id in two)
    assert question.other == {}
    assert {row.subject_id for row in budi.conflicts()} == {two[1]}


def test_a_number_that_was_mistyped_is_no_question_any_more(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice

    budi.edit(two[1], "member", national_id="3601015111850017")
    province.settle(budi, siti)
    assert _questions(province) == {}
    budi.edit(two[1], "member", national_id=NIK)
    province.settle(budi, siti)

    assert set(_questions(province)) == {one[1], two[1]}, "it is asked again"
    province.assert_dense()


@pytest.mark.parametrize("leaves", ["member", "household"])
def test_who_is_gone_shares_no_number(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]], leaves: str
) -> None:
    siti, budi, _, two = twice

    if leaves == "member":
        budi.edit(two[1], "member", status="moved_out")
    else:
        budi.edit(two[0], status="moved")
    province.settle(budi, siti)

    assert _questions(province) == {}


def test_one_family_takes_the_place_of_the_other(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice
    visit = budi.visit(two[0])
    province.settle(budi, siti)

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    assert siti.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
    province.settle(siti, budi)

    assert _questions(province) == {}
    for laptop in (siti, budi):
        assert laptop.row(two[0])["deleted_at"]  # type: ignore[index]
        assert laptop.row(two[1], "member")["same_as"] == str(one[1])  # type: ignore[index]
        assert laptop.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
        assert {row.reason for row in laptop.conflicts()} == {"kata keluarga"}
    province.assert_dense()


def test_what_was_verified_meanwhile_goes_over_without_a_question(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice
    rina = province.laptop("rina", role=Role.VERIFIER)
    with budi.store.recording() as writer:
        grant = Grant(scope=VILLAGE, household_id=two[0], amount=2_500_000)
        businesses.propose_grant(writer, grant)
    province.settle(budi, siti, rina)
    with rina.store.recording() as writer:
        subject = ("grant", grant.id, VILLAGE)
        decisions.move(writer, subject, ("proposed", "verified"), Role.VERIFIER)
    rina.sync()
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    province.settle(siti, budi, rina)

    for laptop in (siti, budi, rina):
        assert laptop.row(grant.id, "grant")["household_id"] == str(one[0])  # type: ignore[index]
        assert {conflict.field for conflict in laptop.conflicts()} == {DUPLICATE}


def test_what_is_on_its_way_to_the_one_comes_to_the_other(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    """A laptop that has not heard of it adds a visit and a member, and has begun another visit."""
    siti, budi, one, two = twice

    visit = budi.visit(two[0])
    member = budi.add_member(two[0], "Dewi")
    draft = budi.begin_visit(two[0])
    with budi.store.writing() as connection:
        answer = {"draft_id": draft.id, "path": f"members[{two[1]}]/school", "value": "yes"}
        connection.execute(DRAFT_ANSWER.insert(), {**answer, "accepted": {}})
        file = {"id": new_id(), "draft_id": draft.id, "path": f"members[{two[1]}]/portrait"}
        connection.execute(DRAFT_ATTACHMENT.insert(), {**file, "manifest": {}})
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    province.settle(siti, budi, siti)

    for laptop in (siti, budi):
        assert laptop.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
        assert laptop.row(member, "member")["household_id"] == str(one[0])  # type: ignore[index]
    with budi.store.reading() as connection:
        assert connection.execute(select(DRAFT.c.household_id)).scalar() == one[0]
        paths = connection.execute(select(DRAFT_ANSWER.c.path)).scalars().all()
        assert f"members[{one[1]}]/school" in paths
        files = connection.execute(select(DRAFT_ATTACHMENT.c.path)).scalars().all()
        assert files == [f"members[{one[1]}]/portrait"]
    province.assert_dense()


def test_what_came_unseen_is_given_to_the_one_that_stays(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    """The province had more of the family than whoever merged it knew."""
    siti, budi, one, two = twice

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    visit = budi.visit(two[0])
    province.settle(budi, siti, budi)

    for laptop in (siti, budi):
        assert laptop.row(two[0])["deleted_at"]  # type: ignore[index]
        assert laptop.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
    province.assert_dense()


def test_each_in_the_place_of_the_other(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    """Two people decide it the other way round at once: one family stays, and nobody is lost."""
    siti, budi, one, two = twice
    members = [one[1], two[1]]

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], members)
    _settle(budi, DuplicateAnswer.WRITTEN_TWICE, two[1], members)
    province.settle(siti, budi, siti)

    for laptop in (siti, budi):
        living = [one_id for one_id in (one[0], two[0]) if not laptop.row(one_id).get("deleted_at")]  # type: ignore[union-attr]
        assert living == [one[0]]
        for person in one[1:]:
            row = laptop.row(person, "member")
            assert row is not None
            assert not row.get("deleted_at")
            assert row["household_id"] == str(one[0])
        assert any(row.resolved_at is None for row in laptop.conflicts()), "somebody is asked"
    province.assert_dense()


@pytest.mark.parametrize(
    "first", [DuplicateAnswer.WRITTEN_TWICE, DuplicateAnswer.LIVES_THERE, None]
)
@pytest.mark.parametrize("then", [DuplicateAnswer.WRITTEN_TWICE, DuplicateAnswer.LIVES_THERE])
def test_who_is_gone_meanwhile_takes_nobody_s_place(
    province: Province,
    twice: tuple[Laptop, Laptop, list[UUID], list[UUID]],
    first: DuplicateAnswer | None,
    then: DuplicateAnswer,
) -> None:
    """Somebody answered while another looked at the question as it was: nobody is lost by it."""
    siti, budi, one, two = twice
    members = [one[1], two[1]]
    shown = [conflict.id for conflict in budi.conflicts()]
    if first is None:
        siti.edit(two[0], status="moved")
    else:
        _settle(siti, first, one[1], members)
    province.settle(siti, budi)
    before = [budi.row(person, "member") for person in members]

    with (
        pytest.raises(decisions.ChangedError),
        budi.store.recording() as writer,
    ):
        duplicates.settle(writer, shown, members, then, two[1], "kata keluarga")
    assert [budi.row(person, "member") for person in members] == before
    province.assert_dense()


def test_families_of_two_villages_become_one(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one = _family(siti, NIK)
    two = _family(budi, NIK, scope=OTHER)
    visit = budi.visit(two[0])
    province.settle(siti, budi, office)

    _settle(office, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    province.settle(office, budi, siti)

    assert _questions(province) == {}
    assert office.states() == {"confirmed"}
    assert province.row(two[0]).scope == VILLAGE
    assert siti.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
    assert budi.row(visit, "visit") is None
    province.assert_dense()


def test_who_lives_with_another_family_leaves_this_one(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice

    _settle(siti, DuplicateAnswer.LIVES_THERE, two[1], [one[1], two[1]])
    province.settle(siti, budi)

    assert budi.row(one[1], "member")["status"] == "moved_out"  # type: ignore[index]
    assert _questions(province) == {}


def test_that_the_number_is_right_is_an_answer(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    siti, budi, one, two = twice

    _settle(siti, DuplicateAnswer.SEVERAL_PEOPLE, one[1], [one[1], two[1]])
    siti.edit(one[1], "member", status="died")
    siti.edit(one[1], "member", status="present")
    province.settle(siti, budi)

    assert _questions(province) == {}
    assert {row.resolved_value for row in budi.conflicts()} == {"several_people"}


def test_two_who_write_at_the_same_moment_are_both_asked(province: Province) -> None:
    """Neither sees the other's member when it is merged."""
    laptops = [
        province.laptop(f"user{number}", [f"36.01.01.20{number:02}"]) for number in range(1, 7)
    ]
    members = [
        _family(laptop, NIK, scope=f"36.01.01.20{number:02}")[1]
        for number, laptop in enumerate(laptops, 1)
    ]

    with ThreadPoolExecutor(len(laptops)) as threads:
        list(threads.map(Laptop.sync, laptops))

    assert set(_questions(province)) == set(members)
    province.assert_dense()


def test_a_look_that_was_cut_short_is_made_up_for(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends after the merge, before it has looked: the next sync of anybody does."""
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    one = _family(siti, NIK)
    two = _family(budi, NIK, scope=OTHER)
    with monkeypatch.context() as patched:
        patched.setattr("server.queries.duplicates.settle", lambda *_: None)
        province.settle(siti, budi)
    assert _questions(province) == {}

    siti.edit(one[0], hamlet="Krajan")
    siti.sync()

    assert set(_questions(province)) == {one[1], two[1]}


def test_a_field_of_that_name_is_no_question_about_numbers(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    """Two newer programs write what nobody here knows, and differ in it."""
    siti, budi, one, _ = twice
    siti.edit(one[1], "member", duplicate=[1])
    budi.edit(one[1], "member", duplicate=[2], national_id="3601015111850017")
    province.settle(siti, budi, siti)

    assert _questions(province) == {}
    for laptop in (siti, budi):
        with laptop.store.reading() as connection:
            assert open_conflicts(connection) == []


@pytest.mark.parametrize("moving", [0, 1])
def test_a_family_on_its_way_is_merged_where_it_will_be(province: Province, moving: int) -> None:
    siti = province.laptop("siti", [VILLAGE, OTHER])
    families = [_family(siti, NIK), _family(siti, NIK)]
    province.settle(siti)
    members = [family[1] for family in families]

    siti.relocate(families[moving][0], OTHER)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, members[0], members)
    province.settle(siti)

    assert siti.states() == {"confirmed"}
    assert _questions(province) == {}
    assert province.row(families[0][0]).scope == (VILLAGE if moving else OTHER)
    assert province.row(families[1][0]).deleted_at is not None


def test_a_number_twice_in_one_family_is_once_in_the_other(province: Province) -> None:
    siti = province.laptop("siti")
    one, two = _family(siti, NIK, NIK), _family(siti, NIK)
    province.settle(siti)

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, two[1], [*one[1:], two[1]])
    province.settle(siti)

    assert _questions(province) == {}
    rows = {one_id: siti.row(one_id, "member") or {} for one_id in siti.members_of(two[0])}
    living = [one_id for one_id, row in rows.items() if not row.get("deleted_at")]
    assert living == [two[1]]


def test_an_answer_that_did_not_come_true_is_asked_again(province: Province) -> None:
    """The family was moved elsewhere meanwhile, so that the merge waits for the office."""
    siti = province.laptop("siti", [VILLAGE, OTHER, "36.01.01.2003"])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one, two = _family(siti, NIK), _family(siti, NIK)
    province.settle(siti, office)

    office.relocate(two[0], "36.01.01.2003")
    office.sync()
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    siti.sync()

    assert set(_questions(province)) == {one[1], two[1]}


def test_two_answers_about_one_record_go_on_together(province: Province) -> None:
    """As after an earlier merge: neither is in the way of the other."""
    siti = province.laptop("siti")
    (family, heir, replaced) = _family(siti, NIK, NIK)
    visit = siti.visit(family)
    asked = [
        VisitMember(scope=VILLAGE, visit_id=visit, member_id=replaced, answers={"school": answer})
        for answer in ("yes", "no")
    ]
    with siti.store.recording() as writer:
        for one in asked:
            writer.insert(one)
    province.settle(siti)

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, heir, [heir, replaced])
    province.settle(siti)

    said = [siti.row(one.id, "visit_member")["member_id"] for one in asked]  # type: ignore[index]
    assert said == [str(heir)] * 2
    province.assert_dense()


def test_what_was_asked_of_both_stays_as_it_was_answered(province: Province) -> None:
    siti = province.laptop("siti")
    (family, *people) = _family(siti, NIK, NIK)
    visit = siti.visit(family)
    asked = [
        VisitMember(scope=VILLAGE, visit_id=visit, member_id=one, answers={"school": answer})
        for one, answer in zip(people, ("yes", "no"), strict=True)
    ]
    with siti.store.recording() as writer:
        for one in asked:
            writer.insert(one)
    province.settle(siti)

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, people[0], people)
    province.settle(siti)

    said = [siti.row(one.id, "visit_member")["member_id"] for one in asked]  # type: ignore[index]
    assert said == [str(one) for one in people]
    province.assert_dense()


@pytest.mark.parametrize("moving", ["the visit's family", "the other one"])
def test_an_answer_stays_with_its_visit(province: Province, moving: str) -> None:
    """It tells of somebody of another family, as when two people merged families differently."""
    siti = province.laptop("siti", [VILLAGE, OTHER])
    laptops = [siti, province.laptop("budi"), province.laptop("dewi", [OTHER])]
    one, two = _family(siti, NIK), _family(siti, ANOTHER_NIK)
    visit = siti.visit(one[0])
    business = Business(scope=VILLAGE, household_id=two[0], name="Warung")
    answer = VisitMember(scope=VILLAGE, visit_id=visit, member_id=two[1])
    grant = Grant(scope=VILLAGE, household_id=one[0], business_id=business.id, amount=2_000_000)
    photo = Attachment(scope=VILLAGE, visit_id=visit, household_id=two[0], **_PHOTO)
    with siti.store.recording() as writer:
        for row in (business, answer, grant, photo):
            writer.insert(row)
    province.settle(*laptops)

    siti.relocate(one[0] if moving == "the visit's family" else two[0], OTHER)
    province.settle(*laptops)

    for table, row in (("visit_member", answer), ("grant", grant), ("attachment", photo)):
        assert province.row(row.id, table).scope == province.row(one[0]).scope, table
    places = {one_id: province.row(one_id).scope for one_id in (one[0], two[0])}
    assert set(places.values()) == {VILLAGE, OTHER}
    for laptop, scope in zip(laptops[1:], (VILLAGE, OTHER), strict=True):
        here = {one_id for one_id in places if laptop.row(one_id)}
        assert here == {one_id for one_id, place in places.items() if place == scope}
        assert (laptop.row(answer.id, "visit_member") is not None) == (places[one[0]] == scope)
    province.assert_dense()


def test_what_was_just_given_to_the_heir_is_not_deleted_with_it(
    province: Province, twice: tuple[Laptop, Laptop, list[UUID], list[UUID]]
) -> None:
    """One merges two families and deletes the one that stays, another visits unseen."""
    siti, budi, one, two = twice
    visit = budi.visit(two[0])
    budi.sync()

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    siti.delete(one[0])
    province.settle(siti, budi, siti)

    asked = [
        row for row in siti.conflicts() if (row.subject_id, row.field) == (one[0], "deleted_at")
    ]
    assert len(asked) == 1
    for laptop in (siti, budi):
        assert laptop.row(visit, "visit")["household_id"] == str(one[0])  # type: ignore[index]
        assert not laptop.row(one[0]).get("deleted_at")  # type: ignore[union-attr]
    province.assert_dense()


def test_who_is_there_by_one_of_the_records_is_there(province: Province) -> None:
    """They had moved out, came back, and were written down again."""
    siti = province.laptop("siti")
    kept, other = _family(siti, NIK, ANOTHER_NIK), _family(siti, NIK, ANOTHER_NIK)
    with siti.store.recording() as writer:
        households.member_left(writer, kept[2], MemberStatus.MOVED_OUT, siti.clock().date())
    province.settle(siti)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, kept[1], [kept[1], other[1]])
    province.settle(siti)
    there = siti.row(other[2], "member")
    assert there is not None
    assert (there["status"], there["household_id"]) == ("present", str(kept[0]))
    assert "deleted_at" not in there


def test_a_family_whose_head_died_has_the_head_of_the_other_record(province: Province) -> None:
    siti = province.laptop("siti")
    kept, other = _family(siti, "3601015111850011", NIK), _family(siti, ANOTHER_NIK, NIK)
    with siti.store.recording() as writer:
        households.member_left(writer, kept[1], MemberStatus.DIED, siti.clock().date())
    province.settle(siti)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, kept[2], [kept[2], other[2]])
    province.settle(siti)
    assert siti.row(other[1], "member")["relation"] == "head"  # type: ignore[index]


def test_who_came_back_to_the_family_is_there_once(province: Province) -> None:
    siti = province.laptop("siti")
    kept, other = _family(siti, ANOTHER_NIK, NIK), _family(siti, NIK)
    with siti.store.recording() as writer:
        households.member_left(writer, kept[2], MemberStatus.MOVED_OUT, siti.clock().date())
        back = Member(scope=VILLAGE, household_id=kept[0], name="Nur Aini", national_id=NIK)
        households.add_member(writer, back)
    with siti.store.recording() as writer:
        duplicates.merge_families(writer, kept[0], other[0])
    present = [
        row
        for row in (siti.row(one, "member") for one in siti.members_of(kept[0]))
        if row and row.get("national_id") == NIK and row["status"] == "present"
    ]
    assert len([row for row in present if "deleted_at" not in row]) == 1


def test_a_merge_that_was_set_aside_can_be_made_again(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    one, two = _family(siti, NIK), _family(siti, NIK)
    province.settle(siti, budi)
    siti.begin_visit(one[0])  # so the village stays here
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    siti.sync()
    assert province.row(two[0]).deleted_at is None
    grant(province, "siti", VILLAGE)
    province.clock.advance(60)

    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    province.settle(siti, budi)
    assert province.row(two[0]).same_as == one[0]
    assert province.row(two[1], "member").household_id == one[0]
