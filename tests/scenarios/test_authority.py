"""What a user may not write is set aside by the province, whatever a laptop says."""

from uuid import UUID

from sqlalchemy import insert, select

from desktop.models.operations import businesses, decisions
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Business, ProgrammeYear
from desktop.models.records.decisions import StateMove
from desktop.models.records.people import Role
from desktop.models.tables import PROGRESS_REPORT, STATE_MOVE
from server.queries import accounts
from server.tables import SCOPE_GRANT, SCOPE_HEAD
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import withdraw
from tests.scenarios.test_unseen_and_endless import visit
from tests.servers import VILLAGE


def _reported_month(laptop: Laptop) -> UUID:
    family = laptop.register("Nur Aini")
    with laptop.store.recording() as writer:
        business = Business(scope=VILLAGE, household_id=family, name="Warung")
        businesses.begin(writer, business)
        report = businesses.report_month(
            writer, (business.id, VILLAGE), "2026-10", {"revenue": 900_000}
        )
        businesses.submit_month(writer, report, VILLAGE, "draft")
    return report


def test_an_op_of_a_user_who_is_not_enrolled_here(province: Province) -> None:
    siti = province.laptop("siti")
    stranger = province.user("budi")
    family = siti.register("Nur Aini")
    with siti.store.recording(stranger) as writer:
        writer.update("household", family, {"hamlet": "Wetan"})
    siti.sync()

    (aside,) = province.aside()
    assert aside.reason == "user_not_enrolled"
    assert province.row(family).hamlet is None


def test_a_laptop_cannot_sync_in_verified(province: Province) -> None:
    siti = province.laptop("siti")
    report = _reported_month(siti)
    with siti.store.recording() as writer:
        writer.insert(
            StateMove(
                scope=VILLAGE,
                subject_table="progress_report",
                subject_id=report,
                from_state="submitted",
                to_state="verified",
                user_id=writer.user_id,
                moved_at=writer.now,
            )
        )
    siti.sync()

    (aside,) = province.aside()
    assert (aside.reason, aside.detail) == ("forbidden_transition", "submitted > verified")


def test_nobody_moves_in_somebody_elses_name(province: Province) -> None:
    siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
    report = _reported_month(siti)
    province.settle(siti, rina)
    with rina.store.recording() as writer:
        writer.insert(
            StateMove(
                scope=VILLAGE,
                subject_table="progress_report",
                subject_id=report,
                from_state="submitted",
                to_state="verified",
                user_id=new_id(),
                moved_at=writer.now,
            )
        )
    rina.sync()

    assert [row.reason for row in province.aside()] == ["forged"]


def test_a_facilitator_cannot_write_a_programme(province: Province) -> None:
    siti = province.laptop("siti")
    with siti.store.recording() as writer:
        writer.insert(ProgrammeYear(scope="ref", name="UEP", year=2026, amount=2_500_000))
    siti.sync()

    assert [row.reason for row in province.aside()] == ["forbidden"]


def test_what_the_district_decides_comes_back(province: Province) -> None:
    siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
    report = _reported_month(siti)
    province.settle(siti, rina)
    with rina.store.recording() as writer:
        decisions.move(
            writer,
            ("progress_report", report, VILLAGE),
            ("submitted", "returned"),
            Role.VERIFIER,
            reason="Biaya belum diisi",
        )
    province.settle(rina, siti)

    assert province.aside() == []
    with siti.store.reading() as connection:
        assert connection.execute(select(PROGRESS_REPORT.c.state)).scalar() == "returned"
        reasons = connection.execute(select(STATE_MOVE.c.reason)).scalars().all()
    assert "Biaya belum diisi" in reasons


def test_the_district_decides_what_is_asked_and_writes_nothing_else(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    rina = province.laptop("rina", role=Role.VERIFIER)
    seen = visit(siti, siti.register("Nur Aini"), income=1, other=1)
    province.settle(siti, budi, rina)
    siti.edit(seen, "visit", **{"answers.income": 5})
    budi.edit(seen, "visit", **{"answers.income": 7})
    province.settle(siti, budi, rina)
    rina.edit(seen, "visit", **{"answers.income": 5, "answers.other": 999})
    rina.sync()

    (aside,) = province.aside()
    assert aside.reason == "forbidden"
    assert province.row(seen, "visit").answers["other"] == 1


def test_nobody_moves_a_family_to_where_they_only_read(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.sync()
    with province.database.writing() as connection:
        reading = {"scope": "36.01.01.2002", "role": "partner", "valid_from": province.clock()}
        user_id = accounts.named(connection, "siti").user_id
        connection.execute(insert(SCOPE_GRANT).values(user_id=user_id, **reading))
    province.clock.advance(5)
    siti.relocate(family, "36.01.01.2002")
    siti.sync()

    (aside,) = province.aside()
    assert aside.reason == "scope_not_granted"
    assert province.row(family).scope == VILLAGE


def test_a_partner_receives_no_village(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", phone="0800 9111 222")
    siti.sync()
    partner = province.laptop("mitra", role=Role.PARTNER)
    partner.sync()
    assert partner.row(family) is None
    assert partner.everything() == {}


def test_whoever_becomes_a_partner_keeps_no_village(province: Province) -> None:
    siti = province.laptop("siti")
    siti.register("Nur Aini")
    siti.sync()
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    with province.database.writing() as connection:
        reading = {"scope": VILLAGE, "role": "partner", "valid_from": province.clock()}
        user_id = accounts.named(connection, "siti").user_id
        connection.execute(insert(SCOPE_GRANT).values(user_id=user_id, **reading))
    province.clock.advance(60)
    siti.sync()
    assert {name for name, _, _ in siti.everything().values()} <= {"user"}


def test_a_family_goes_to_no_village_that_is_none(province: Province) -> None:
    siti = province.laptop("siti", ["36.01.01"])
    family = siti.register("Nur Aini")
    siti.sync()
    for target in ("36.01.01.nowhere", "36.01.01." + "9" * 9_000):
        siti.edit(family, scope=target)
    siti.sync()
    assert [one.detail for one in province.aside()] == ["scope", "scope"]
    with province.database.reading() as connection:
        heads = connection.execute(select(SCOPE_HEAD.c.scope)).scalars().all()
    assert max(map(len, heads)) < 60
    assert "36.01.01.nowhere" not in heads
