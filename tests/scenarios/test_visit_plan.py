"""The district asks for visits and says how often they are due; facilitators see it, and do it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import assignments, duplicates
from desktop.models.operations.assignments import Assignment
from desktop.models.queries.due import due_visits
from desktop.models.queries.home import Task, TaskKind, today_view
from desktop.models.queries.visits import visit_basis
from desktop.models.records.people import Role
from desktop.models.tables import SEARCH
from server import visit_plan
from server.queries import snapshots
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

DISTRICT = "36.01.01"


@pytest.fixture
def dewi(province: Province) -> Laptop:
    """The district officer's laptop."""
    return province.laptop("dewi", [DISTRICT], Role.VERIFIER)


@pytest.fixture
def siti(province: Province) -> Laptop:
    return province.laptop("siti")


def today(laptop: Laptop) -> date:
    return laptop.clock().date()


def assign(laptop: Laptop, families: Sequence[UUID], due_on: date, reason: str = "") -> None:
    asked = Assignment(due_on, "receipts", reason or None)
    with laptop.store.recording() as writer:
        done = assignments.assign(writer, Role.VERIFIER, families, asked)
    assert done == list(families)


def next_day(province: Province) -> None:
    """What is asked for is not done by a visit of the day before."""
    province.clock.advance(86_400)


def tasks(laptop: Laptop) -> dict[UUID, Task]:
    """The visits that Home shows, by family."""
    with laptop.store.reading() as connection:
        shown = today_view(connection, today(laptop)).tasks
    return {task.household_id: task for task in shown if task.kind in ("due", "overdue")}


def plan(laptop: Laptop) -> dict[UUID, str | None]:
    with laptop.store.reading() as connection:
        rows = connection.execute(select(SEARCH.c.household_id, SEARCH.c.next_due_on))
        return {row[0]: row[1] for row in rows}


def test_the_district_asks_and_the_facilitator_goes(
    province: Province, dewi: Laptop, siti: Laptop
) -> None:
    asked, other = siti.register("Nur Aini"), siti.register("Sarman")
    for family in (asked, other):
        siti.visit(family)
    province.settle(siti, dewi)
    assert tasks(siti) == {}

    next_day(province)
    due_on = today(dewi) + timedelta(days=20)
    assign(dewi, [asked], due_on, "Periksa nota UEP")
    province.settle(dewi, siti)

    (task,) = tasks(siti).values()
    assert (task.household_id, task.kind, task.on) == (asked, TaskKind.DUE, due_on)
    assert task.asked is not None
    assert (task.asked.assigner, task.asked.reason) == ("Dewi", "Periksa nota UEP")
    with siti.store.reading() as connection:
        basis = visit_basis(connection, asked)
    assert (basis.purpose, basis.assignment) == ("receipts", task.asked)

    province.clock.advance(21 * 86_400)
    assert tasks(siti)[asked].kind is TaskKind.OVERDUE
    siti.visit(asked)
    province.settle(siti, dewi)

    for laptop in (siti, dewi):
        assert tasks(laptop) == {}
    assert plan(siti) == plan(dewi)
    province.assert_dense()


def test_what_the_district_takes_back_is_not_asked_any_more(
    province: Province, dewi: Laptop, siti: Laptop
) -> None:
    family = siti.register("Nur Aini")
    siti.visit(family)
    province.settle(siti, dewi)
    next_day(province)
    assign(dewi, [family], today(dewi) + timedelta(days=3))
    province.settle(dewi, siti)
    asked = tasks(siti)[family].asked
    assert asked is not None

    officers = (dewi, province.laptop("joko", [DISTRICT], Role.VERIFIER))
    province.settle(*officers)
    for officer in officers:  # neither knows of the other
        province.clock.advance(60)
        with officer.store.recording() as writer:
            assignments.withdraw(writer, Role.VERIFIER, [asked.id])
    province.settle(*officers, siti)

    assert tasks(siti) == {}
    assert siti.conflicts() == [], "whoever said it first, it is said"


def test_a_facilitator_asks_nobody(province: Province, dewi: Laptop, siti: Laptop) -> None:
    """Whatever a laptop says, the province sets it aside; answered, the plan is as before."""
    family = siti.register("Nur Aini")
    siti.visit(family)
    province.settle(siti, dewi)
    next_day(province)
    before = plan(siti)
    assign(siti, [family], today(siti))
    assert plan(siti) != before
    siti.sync()

    assert siti.states() == {"confirmed", "quarantined"}
    (held,) = province.aside()
    assert held.reason == "forbidden"
    with siti.store.reading() as connection:
        assert [one.household_id for one in due_visits(connection, today(siti))] == [family]

    from server import decisions  # noqa: PLC0415 only here

    decisions.answer(province.database, province.clock(), held.digest.hex(), "Bukan tugas Anda.")
    siti.sync()

    assert plan(siti) == before
    assert tasks(siti) == {}


def test_the_office_asks_by_its_command(province: Province, siti: Laptop) -> None:
    families = [siti.register("Nur Aini"), siti.register("Sarman")]
    siti.visit(families[0])
    province.settle(siti)
    next_day(province)
    request = visit_plan.Request(VILLAGE, today(siti) + timedelta(days=5), reason="Cek data")
    visit_plan.assign(province.database, province.clock(), request)
    province.settle(siti)

    shown = tasks(siti)
    assert set(shown) == set(families)
    asked = [task.asked for task in shown.values()]
    assert [one and (one.assigner, one.reason) for one in asked] == [("", "Cek data")] * 2
    province.assert_dense()


def test_another_rhythm_reaches_every_laptop(
    province: Province, dewi: Laptop, siti: Laptop
) -> None:
    families = [siti.register(name) for name in ("Nur Aini", "Sarman", "Udin")]
    for family in families[:2]:
        siti.visit(family)
    province.settle(siti, dewi)
    before = plan(siti)
    assert before[families[2]] == ""

    soon = today(siti) + timedelta(days=10)
    for day, step in ((None, 2), (soon, 4)):
        numbers = {"close_step": step}
        visit_plan.set_cadence(province.database, province.clock(), day, numbers)
    province.settle(siti, dewi)
    two_months = plan(siti)

    assert plan(dewi) == two_months
    assert [two_months[one] > (before[one] or "") for one in families] == [True, True, False]  # type: ignore[operator]

    province.clock.advance(10 * 86_400)
    siti.sync()  # its day has come, and nothing else
    assert [plan(siti)[one] > (two_months[one] or "") for one in families[:2]] == [True, True]  # type: ignore[operator]
    assert plan(dewi) == two_months
    dewi.sync()
    assert plan(dewi) == plan(siti)


def test_a_laptop_that_comes_later_plans_the_same(
    province: Province, siti: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its villages come as snapshots, perhaps before it hears how often families are visited."""
    monkeypatch.setattr(snapshots, "OFFER_FROM", 5)
    families = [siti.register(f"Keluarga {number}") for number in range(4)]
    for family in families[:3]:
        siti.visit(family)
    province.settle(siti)
    next_day(province)
    due = today(siti) + timedelta(days=9)
    request = visit_plan.Request(VILLAGE, due, families[:1])
    visit_plan.assign(province.database, province.clock(), request)
    for step in range(2, 8):
        numbers = {"close_step": step}
        visit_plan.set_cadence(province.database, province.clock(), None, numbers)
        province.clock.advance(1)
    province.settle(siti)

    late = province.another_laptop("siti")
    province.settle(late)

    assert plan(late) == plan(siti)
    assert set(tasks(late)) == set(tasks(siti)) == {families[0], families[3]}


def test_one_record_takes_over_what_was_asked_of_the_other(
    province: Province, dewi: Laptop, siti: Laptop
) -> None:
    kept, other = siti.register("Nur Aini"), siti.register("Nuraini")
    province.settle(siti, dewi)
    assign(dewi, [other], today(dewi) + timedelta(days=3))
    province.settle(dewi, siti)
    with siti.store.recording() as writer:
        duplicates.merge_families(writer, kept, other)
    province.settle(siti, dewi)

    assert siti.states() == {"confirmed"}, "a facilitator may do this"
    for laptop in (siti, dewi):
        (task,) = tasks(laptop).values()
        assert (task.household_id, task.asked is not None) == (kept, True)
