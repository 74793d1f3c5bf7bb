"""What nobody had seen does not count as decided, and no single op stops those who read it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import businesses, decisions
from desktop.models.records.businesses import Business
from desktop.models.records.people import Role
from desktop.models.records.visits import Visit
from desktop.models.tables import VISIT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE


def visit(laptop: Laptop, family: UUID, **answers: Any) -> UUID:
    with laptop.store.recording() as writer:
        made = Visit(
            scope=VILLAGE,
            household_id=family,
            facilitator_id=writer.user_id,
            visited_on=date(2026, 11, 20),
            questionnaire="household_visit",
            questionnaire_version=1,
            started_at=writer.now,
            finished_at=writer.now,
            answers=answers,
        )
        writer.insert(made)
    return made.id


def move(province: Province, laptop: Laptop, subject: UUID, states: str, role: Role) -> None:
    province.clock.advance(5)
    source, _, target = states.partition(" > ")
    with laptop.store.recording() as writer:
        decisions.move(writer, ("visit", subject, VILLAGE), (source, target), role)


def state(laptop: Laptop, subject: UUID) -> str:
    with laptop.store.reading() as connection:
        query = select(VISIT.c.state).where(VISIT.c.id == subject)
        return str(connection.execute(query).scalar_one())


def test_nobody_verifies_what_they_have_not_seen(province: Province) -> None:
    """Returned, corrected and handed in again, while another verifier was away."""
    siti = province.laptop("siti")
    rina = province.laptop("rina", role=Role.VERIFIER)
    yusuf = province.laptop("yusuf", role=Role.VERIFIER)
    seen = visit(siti, siti.register("Nur Aini"), income=1)
    move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
    province.settle(siti, rina, yusuf)

    move(province, rina, seen, "submitted > verified", Role.VERIFIER)
    move(province, yusuf, seen, "submitted > returned", Role.VERIFIER)
    province.settle(yusuf, siti)
    siti.edit(seen, "visit", **{"answers.income": 999})
    move(province, siti, seen, "returned > submitted", Role.FACILITATOR)
    province.settle(siti, yusuf)
    province.settle(rina, siti, yusuf)

    for laptop in (siti, rina, yusuf):
        assert state(laptop, seen) == "submitted"
        assert [conflict.field for conflict in laptop.conflicts()] == ["state"]


def test_deciding_twice_alike_asks_nothing_more(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(5)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)
    (conflict,) = siti.conflicts()
    for laptop in (siti, budi):
        province.clock.advance(60)
        with laptop.store.recording() as writer:
            decisions.resolve(writer, conflict.id, ("household", family), "hamlet", "Kulon")
    province.settle(siti, budi)

    assert len(siti.conflicts()) == 1


def test_the_district_may_decide_a_conflict_about_an_answer(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    rina = province.laptop("rina", role=Role.VERIFIER)
    seen = visit(siti, siti.register("Nur Aini"), income=1)
    province.settle(siti, budi, rina)
    siti.edit(seen, "visit", **{"answers.income": 5})
    province.clock.advance(5)
    budi.edit(seen, "visit", **{"answers.income": 7})
    province.settle(siti, budi, rina)

    (conflict,) = rina.conflicts()
    with rina.store.recording() as writer:
        decisions.resolve(writer, conflict.id, ("visit", seen), "answers.income", 5)
    province.settle(rina, siti)

    assert province.aside() == []
    assert province.row(seen, "visit").answers == {"income": 5}


def test_an_equal_write_of_ones_own_does_not_hide_somebody_elses(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", welfare_decile=1)
    province.settle(siti, budi)
    siti.edit(family, welfare_decile=5)
    siti.sync()
    province.clock.advance(5)
    budi.edit(family, welfare_decile=5)
    province.clock.advance(5)
    budi.edit(family, welfare_decile=9)
    province.settle(budi, siti)

    assert province.row(family).welfare_decile == 5
    assert len(budi.conflicts()) == 1


@pytest.mark.parametrize("poison", ["at", "size"])
def test_no_op_stops_those_who_read_it(province: Province, poison: str) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    with siti.store.recording() as writer:
        writer.update("household", family, {"hamlet": "W" * (70_000 if poison == "size" else 5)})
        if poison == "at":
            writer._ops[:] = [replace(op, at=10**17) for op in writer._ops]
    siti.sync()
    province.clock.advance(5)
    budi.edit(family, hamlet="Kulon")
    budi.sync()

    assert [(row.reason, row.detail) for row in province.aside()] == [("invalid", poison)]
    assert province.row(family).hamlet == "Kulon"


def _month(laptop: Laptop) -> tuple[tuple[UUID, str], UUID]:
    """A business (its id and scope) of a new family, and the month that was reported of it."""
    family = laptop.register("Nur Aini")
    with laptop.store.recording() as writer:
        business = Business(scope=VILLAGE, household_id=family, name="Warung")
        businesses.begin(writer, business)
        place = (business.id, VILLAGE)
        return place, businesses.report_month(writer, place, "2026-10", {"revenue": 900_000})


@pytest.mark.parametrize("figures", [{"revenue": 1}, {"stock": 5}])
def test_a_month_that_was_verified_does_not_change_unseen(
    province: Province, figures: dict[str, Any]
) -> None:
    """Also where the figure was ones own, or there was none."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    rina = province.laptop("rina", role=Role.VERIFIER)
    place, report = _month(budi)
    province.settle(budi, siti, rina)

    with budi.store.recording() as writer:
        businesses.report_month(writer, place, "2026-10", figures)
    with siti.store.recording() as writer:
        businesses.submit_month(writer, report, VILLAGE, "draft")
    province.settle(siti, rina)
    with rina.store.recording() as writer:
        subject = ("progress_report", report, VILLAGE)
        decisions.move(writer, subject, ("submitted", "verified"), Role.VERIFIER)
    province.settle(rina, siti)
    province.settle(budi, siti, rina)

    row = province.row(report, "progress_report")
    assert (row.revenue, row.stock) == (900_000, None)
    (conflict,) = rina.conflicts()
    (name, value), *_ = figures.items()
    assert (conflict.field, conflict.other["value"]) == (name, value)
    province.assert_dense()


def test_who_returned_a_month_may_see_it_corrected(province: Province) -> None:
    siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
    place, report = _month(siti)
    with siti.store.recording() as writer:
        businesses.submit_month(writer, report, VILLAGE, "draft")
    province.settle(siti, rina)
    with rina.store.recording() as writer:
        subject = ("progress_report", report, VILLAGE)
        states = ("submitted", "returned")
        decisions.move(writer, subject, states, Role.VERIFIER, "Periksa omzet")
    province.settle(rina, siti)
    with siti.store.recording() as writer:
        businesses.report_month(writer, place, "2026-10", {"revenue": 90_000})
        businesses.submit_month(writer, report, VILLAGE, "returned")
    province.settle(siti, rina)
    assert province.row(report, "progress_report").revenue == 90_000
    assert rina.conflicts() == []


def test_what_is_decided_stands_though_the_month_was_handed_in_meanwhile(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    rina = province.laptop("rina", role=Role.VERIFIER)
    _, report = _month(siti)
    province.settle(siti, budi, rina)
    siti.edit(report, "progress_report", revenue=1)
    budi.edit(report, "progress_report", revenue=2)
    province.settle(siti, budi, rina)
    (conflict,) = rina.conflicts()
    with siti.store.recording() as writer:
        businesses.submit_month(writer, report, VILLAGE, "draft")
    siti.sync()
    with rina.store.recording() as writer:
        decisions.resolve(writer, conflict.id, ("progress_report", report), "revenue", 2)
    province.settle(rina, siti, budi)

    assert province.row(report, "progress_report").revenue == 2
    assert [one.resolved_value for one in rina.conflicts()] == [2]


@pytest.mark.parametrize("first", ["another", "the same"])
def test_a_second_who_had_not_seen_it_changes_nothing_either(
    province: Province, first: str
) -> None:
    """Though a question about the figure is open by then: they had not seen that, too."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    dewi = province.laptop("dewi")
    _, report = _month(siti)
    province.settle(siti, budi, dewi)
    with siti.store.recording() as writer:
        businesses.submit_month(writer, report, VILLAGE, "draft")
    siti.sync()

    one = dewi if first == "another" else budi
    one.edit(report, "progress_report", revenue=1)
    if one is dewi:
        dewi.sync()
    budi.edit(report, "progress_report", revenue=2)
    province.settle(budi, siti, dewi)
    assert province.row(report, "progress_report").revenue == 900_000
    assert {conflict.other["value"] for conflict in siti.conflicts()} == {1, 2}


def test_a_record_is_handed_in_once_however_many_hand_it_in(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    rina = province.laptop("rina", role=Role.VERIFIER)
    seen = visit(siti, siti.register("Nur Aini"), income=1)
    province.settle(siti, budi, rina)
    move(province, budi, seen, "draft > submitted", Role.FACILITATOR)
    move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
    province.settle(siti, rina)
    budi.sync()

    move(province, rina, seen, "submitted > verified", Role.VERIFIER)
    province.settle(rina, siti, budi)

    assert (state(rina, seen), rina.conflicts()) == ("verified", [])
