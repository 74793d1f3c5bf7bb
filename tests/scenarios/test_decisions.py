"""A conflict is decided on one laptop, by whoever may: everybody sees it decided, and the value."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from desktop.models.operations import decisions
from desktop.models.operations.businesses import submit_month
from desktop.models.queries.conflicts import OpenConflict, open_conflicts
from desktop.models.records.base import Json
from desktop.models.records.businesses import Business, ProgressReport, progress_report_id
from desktop.models.records.people import Role
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop, later
from tests.scenarios.test_scopes import grant, withdraw
from tests.servers import VILLAGE

DISTRICT, OTHER = "36.01.01", "36.01.01.2002"


def questions(laptop: Laptop) -> list[OpenConflict]:
    with laptop.store.reading() as connection:
        return open_conflicts(connection)


def question(laptop: Laptop) -> OpenConflict:
    (only,) = questions(laptop)
    return only


def decide(
    laptop: Laptop, value: Json, role: Role = Role.FACILITATOR, reason: str = "kata keluarga"
) -> None:
    one = question(laptop)
    with laptop.store.recording() as writer:
        subject = (one.table, one.row_id, one.scope)
        decisions.decide(writer, one.ids, subject, one.field, value, role, reason)


def field(laptop: Laptop, row_id: Any, name: str, table: str = "household") -> Json:
    row = laptop.row(row_id, table)
    assert row is not None
    return row.get(name)


def verifier(province: Province) -> Laptop:
    return province.laptop("ratna", scopes=(DISTRICT,), role=Role.VERIFIER)


def test_the_office_decides_and_the_facilitators_see_it(province: Province) -> None:
    siti, budi, ratna = province.laptop("siti"), province.laptop("budi"), verifier(province)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi, ratna)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi, ratna)

    assert [one.value for one in question(ratna).writings] == ["Kulon", "Wetan"]
    decide(ratna, "Wetan", Role.VERIFIER)
    province.settle(ratna, siti, budi)

    for laptop in (siti, budi, ratna):
        assert questions(laptop) == []
        assert field(laptop, family, "hamlet") == "Wetan"
        (record,) = laptop.conflicts()
        assert (record.resolved_value, record.reason) == ("Wetan", "kata keluarga")
    assert province.aside() == []
    province.assert_dense()


def test_a_facilitator_decides_and_the_office_sees_it(province: Province) -> None:
    siti, budi, ratna = province.laptop("siti"), province.laptop("budi"), verifier(province)
    family = siti.register("Nur Aini", welfare_decile=3)
    province.settle(siti, budi, ratna)
    siti.edit(family, welfare_decile=2)
    siti.sync()
    budi.edit(family, welfare_decile=1)
    province.settle(budi, siti, ratna)

    decide(siti, 1)
    province.settle(siti, ratna, budi)

    assert field(ratna, family, "welfare_decile") == 1
    assert questions(ratna) == questions(budi) == []


def test_a_month_is_decided_by_the_office_although_it_writes_no_months(
    province: Province,
) -> None:
    siti, ratna = province.laptop("siti"), verifier(province)
    budi = province.laptop("budi")
    family = siti.register("Nur Aini")
    business = Business(scope=VILLAGE, household_id=family, name="Warung")
    report = ProgressReport(
        id=progress_report_id(business.id, "2026-09"),
        scope=VILLAGE,
        business_id=business.id,
        month="2026-09",
        revenue=1_000_000,
    )
    with siti.store.recording() as writer:
        writer.insert(business)
        writer.insert(report)
    province.settle(siti, budi, ratna)
    siti.edit(report.id, "progress_report", revenue=1_500_000)
    siti.sync()
    budi.edit(report.id, "progress_report", revenue=15_000_000)
    province.settle(budi, siti, ratna)

    decide(ratna, 15_000_000, Role.VERIFIER)
    province.settle(ratna, siti, budi)

    assert field(siti, report.id, "revenue", "progress_report") == 15_000_000
    assert province.aside() == [], "the province let the office write what it decided"


def test_a_third_value_is_written_and_everybody_has_it(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", phone="+6281100000001")
    province.settle(siti, budi)
    siti.edit(family, phone="+6281100000002")
    budi.edit(family, phone="+6281100000003")
    province.settle(siti, budi)

    decide(budi, "+6281100000004", reason="ditelepon sendiri")
    province.settle(budi, siti)

    for laptop in (siti, budi):
        assert field(laptop, family, "phone") == "+6281100000004"
        assert questions(laptop) == []


def test_three_values_are_one_question_and_one_decision(province: Province) -> None:
    laptops = [province.laptop(name) for name in ("siti", "budi", "joko")]
    siti = laptops[0]
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(*laptops)
    for laptop, hamlet in zip(laptops, ("Wetan", "Kulon", "Lor"), strict=True):
        province.clock.advance(60)
        laptop.edit(family, hamlet=hamlet)
    province.settle(*laptops)

    asked = question(siti)
    assert asked.before == "Krajan"
    assert asked.writings[0].value == "Lor", "the one that stands comes first"
    assert {one.value for one in asked.writings} == {"Wetan", "Kulon", "Lor"}
    decide(siti, "Kulon")
    province.settle(*laptops)

    assert [questions(laptop) for laptop in laptops] == [[], [], []]
    assert {field(laptop, family, "hamlet") for laptop in laptops} == {"Kulon"}


@pytest.mark.parametrize("deletes", [True, False])
def test_a_delete_is_decided(province: Province, deletes: bool) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.delete(family)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)

    asked = question(budi)
    kept, deleted = asked.writings
    assert (asked.field, kept.value, kept.author, deleted.author) == (
        "deleted_at",
        None,
        "Budi",
        "Siti",
    )
    decide(budi, deleted.value if deletes else None)
    province.settle(budi, siti)

    for laptop in (siti, budi):
        assert (field(laptop, family, "deleted_at") is not None) is deletes
        assert questions(laptop) == []


def test_keeping_what_stands_is_a_decision_that_another_one_can_differ_from(
    province: Province,
) -> None:
    """Otherwise whoever deletes at the same time would have it, and nobody would be asked."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.delete(family)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)

    decide(budi, None)
    _, deleted = question(siti).writings
    decide(siti, deleted.value)
    province.settle(budi, siti)

    for laptop in (siti, budi):
        again = question(laptop)
        assert (again.table, again.row_id, again.field) == ("household", family, "deleted_at")
        assert {one.author for one in again.writings} == {"Siti", "Budi"}
    decide(budi, None)
    province.settle(budi, siti)
    for laptop in (siti, budi):
        assert field(laptop, family, "deleted_at") is None
        assert questions(laptop) == []


def test_two_decisions_that_differ_are_one_more_question_about_the_same_field(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)

    decide(siti, "Wetan")
    province.clock.advance(60)
    decide(budi, "Kulon")
    province.settle(siti, budi)

    for laptop in (siti, budi):
        again = question(laptop)
        assert (again.row_id, again.field) == (family, "hamlet")
        assert {one.value for one in again.writings} >= {"Wetan", "Kulon"}
    decide(siti, "Wetan")
    province.settle(siti, budi)
    for laptop in (siti, budi):
        assert questions(laptop) == []
        assert field(laptop, family, "hamlet") == "Wetan"


def _handed_in(siti: Laptop) -> Any:
    """A month that was handed in."""
    family = siti.register("Nur Aini")
    business = Business(scope=VILLAGE, household_id=family, name="Warung")
    report = ProgressReport(
        id=progress_report_id(business.id, "2026-09"),
        scope=VILLAGE,
        business_id=business.id,
        month="2026-09",
        revenue=1,
        expenses=1,
    )
    with siti.store.recording() as writer:
        writer.insert(business)
        writer.insert(report)
    with siti.store.recording() as writer:
        submit_month(writer, report.id, VILLAGE, "draft")
    return report.id


def _moved(laptop: Laptop, row_id: Any, source: str, target: str) -> None:
    with laptop.store.recording() as writer:
        subject = ("progress_report", row_id, VILLAGE)
        decisions.move(writer, subject, (source, target), Role.VERIFIER, "periksa")


def test_deciding_about_a_state_moves_the_record_there(province: Province) -> None:
    siti, ratna = province.laptop("siti"), verifier(province)
    dewi = province.laptop("dewi", scopes=(DISTRICT,), role=Role.VERIFIER)
    month = _handed_in(siti)
    province.settle(siti, ratna, dewi)
    _moved(ratna, month, "submitted", "verified")
    _moved(dewi, month, "submitted", "returned")
    province.settle(ratna, dewi, siti)

    asked = question(siti)
    assert (asked.before, asked.now) == ("submitted", "verified")
    assert [one.value for one in asked.writings] == ["verified", "returned"]
    with pytest.raises(decisions.ForbiddenMoveError):
        decide(siti, "returned")
    assert questions(siti) == [asked], "nothing of it was kept"

    decide(dewi, "returned", Role.VERIFIER)
    province.settle(dewi, siti, ratna)
    for laptop in (siti, ratna, dewi):
        assert questions(laptop) == []
        with laptop.store.reading() as connection:
            row = connection.exec_driver_sql("SELECT state FROM progress_report").scalar()
        assert row == "returned"
    assert province.aside() == []


def test_the_time_of_a_wrong_clock_is_put_right(province: Province) -> None:
    """A laptop two years behind: its write is shown at the time at which it truly happened."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Wetan")
    budi.store.clock = later(province.clock, days=-730)
    budi.edit(family, hamlet="Kulon")
    written: datetime = province.clock()
    province.clock.advance(3 * 3600)
    province.settle(siti, budi)

    by_author = {one.author: one for one in question(siti).writings}
    assert by_author["Budi"].at == written
    assert by_author["Budi"].received_at == province.clock()
    assert by_author["Siti"].is_own


def test_a_family_that_has_gone_elsewhere_cannot_be_chosen(province: Province) -> None:
    """Two put a member into two families, and one of those moves before anybody decides."""
    siti, budi, ratna = province.laptop("siti"), province.laptop("budi"), verifier(province)
    home, near, far = (siti.register(name) for name in ("Nur Aini", "Budi", "Dewi"))
    (member,) = siti.members_of(home)
    province.settle(siti, budi, ratna)
    siti.edit(member, "member", household_id=str(near))
    budi.edit(member, "member", household_id=str(far))
    province.settle(siti, budi, siti)
    ratna.relocate(far, OTHER)
    province.settle(ratna, siti, budi)

    with pytest.raises(decisions.ElsewhereError):
        decide(siti, str(far))
    assert question(siti), "it is still to be decided"
    decide(siti, str(near))
    province.settle(siti, budi)

    assert field(budi, member, "household_id", "member") == str(near)
    assert siti.states() == {"confirmed"}


def test_whoever_decided_the_value_is_named_with_their_reason(province: Province) -> None:
    siti, budi, ratna = (province.laptop(one) for one in ("siti", "budi", "ratna"))
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi, ratna)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi, siti)
    decide(siti, "Wetan", reason="kata siti")
    province.clock.advance(60)
    decide(budi, "Kulon", reason="kata budi")

    province.settle(budi, siti, ratna)

    (record,) = [one for one in ratna.conflicts() if one.field == "hamlet"]
    assert (record.resolved_value, record.reason) == ("Kulon", "kata budi")


def _report(laptop: Laptop, family: UUID) -> UUID:
    """A month of a family's business, with a revenue of 1."""
    business = Business(scope=VILLAGE, household_id=family, name="Warung")
    report = ProgressReport(
        id=progress_report_id(business.id, "2026-09"),
        scope=VILLAGE,
        business_id=business.id,
        month="2026-09",
        revenue=1,
    )
    with laptop.store.recording() as writer:
        writer.insert(business)
        writer.insert(report)
    return report.id


def test_the_district_may_decide_what_it_does_not_know_to_be_decided(province: Province) -> None:
    siti, budi, ratna = province.laptop("siti"), province.laptop("budi"), verifier(province)
    month = _report(siti, siti.register("Nur Aini"))
    province.settle(siti, budi, ratna)
    siti.edit(month, "progress_report", revenue=2)
    siti.sync()
    budi.edit(month, "progress_report", revenue=3)
    province.settle(budi, siti, ratna)

    decide(siti, 2)
    province.clock.advance(60)
    decide(ratna, 3, Role.VERIFIER)
    province.settle(siti, ratna, siti)

    assert province.aside() == []
    assert {"revenue", "resolved_value"} <= {one.field for one in ratna.conflicts()}


def _write_too_late(province: Province, laptop: Laptop, write: Callable[[], object]) -> None:
    """What is written while the village is not theirs is set aside; then it is theirs again."""
    province.clock.advance(60)
    withdraw(province, laptop.login, VILLAGE)
    province.clock.advance(60)
    write()
    laptop.sync()
    assert "quarantined" in laptop.states()
    grant(province, laptop.login, VILLAGE)
    province.clock.advance(60)
    laptop.sync()


def test_a_decision_says_the_value_that_only_an_op_shows_which_was_set_aside(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Kulon")
    province.clock.advance(60)
    budi.edit(family, hamlet="Wetan")
    province.settle(siti, budi, siti)
    siti.begin_visit(family)  # so the village stays here
    _write_too_late(province, siti, lambda: siti.edit(family, hamlet="Kulon"))

    decide(siti, "Kulon")
    province.settle(siti, budi)
    assert province.row(family).hamlet == "Kulon"
    assert field(budi, family, "hamlet") == "Kulon"
    (record,) = budi.conflicts()
    assert record.resolved_value == "Kulon"


def test_a_state_is_decided_by_a_move_if_the_one_that_shows_it_was_set_aside(
    province: Province,
) -> None:
    siti = province.laptop("siti")
    rina, dina = (province.laptop(login, role=Role.VERIFIER) for login in ("rina", "dina"))
    visit = siti.visit(siti.register("Nur Aini"), water="1")
    province.settle(siti, rina, dina)

    def move(laptop: Laptop, *states: str) -> None:
        before, after = states
        with laptop.store.recording() as writer:
            subject = ("visit", visit, VILLAGE)
            decisions.move(writer, subject, (before, after), Role.VERIFIER)

    move(rina, "submitted", "verified")
    move(dina, "submitted", "returned")
    province.settle(rina, dina, rina)
    _write_too_late(province, rina, lambda: move(rina, "verified", "returned"))
    assert rina.state_of(visit) == "returned"

    decide(rina, "returned", Role.VERIFIER)
    province.settle(rina, dina)
    (record,) = dina.conflicts()
    assert record.resolved_value == dina.state_of(visit) == "returned"


@pytest.mark.parametrize("is_seen", [True, False])
def test_who_may_still_decide_is_said_of_what_they_saw_wherever_the_family_is(
    province: Province, is_seen: bool
) -> None:
    """The logs of the two villages are of different length: their numbers tell nothing."""
    siti, budi, joko = (
        province.laptop("siti"),
        province.laptop("budi"),
        province.laptop("joko", [OTHER]),
    )
    ratna, dewi = (
        province.laptop(login, (DISTRICT,), Role.VERIFIER) for login in ("ratna", "dewi")
    )
    for number in range(20):
        if is_seen:
            joko.register(f"F{number}", OTHER)
        else:
            siti.register(f"F{number}")
    family = siti.register("Nur Aini")
    month = _report(siti, family)
    province.settle(siti, budi, joko, ratna, dewi)
    siti.edit(month, "progress_report", revenue=2)
    siti.sync()
    budi.edit(month, "progress_report", revenue=3)
    province.settle(budi, siti, joko, ratna, dewi)
    decide(ratna, 4, Role.VERIFIER)
    if is_seen:
        province.settle(ratna, dewi)
    ratna.relocate(family, OTHER)
    ratna.sync()

    if is_seen:
        dewi.edit(month, "progress_report", revenue=7)
    else:
        decide(dewi, 5, Role.VERIFIER)
    dewi.sync()

    assert [one.reason for one in province.aside()] == (["forbidden"] if is_seen else [])
