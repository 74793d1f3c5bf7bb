"""What was set aside waits for the office: it lets an op in, or answers it; the laptop hears of both."""

from typing import Any
from uuid import UUID

from desktop.models.records.households import Household
from server.queries import accounts, quarantine
from server.queries.merge import release
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import AnswerLost, Laptop
from tests.servers import VILLAGE

NOTE = "Keluarga ini sudah dicatat oleh petugas lain."


def _held(province: Province, table: str) -> Any:
    with province.database.reading() as connection:
        return next(one for one in quarantine.listing(connection) if one.table_name == table)


def _written_too_late(province: Province) -> tuple[Laptop, UUID, UUID]:
    """A laptop whose user lost the village before they wrote: a new family, and an edit."""
    siti = province.laptop("siti")
    known = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    province.clock.advance(60)
    with province.database.writing() as connection:
        account = accounts.named(connection, "siti")
        accounts.withdraw(connection, account, VILLAGE, province.clock())
    province.clock.advance(60)
    siti.edit(known, hamlet="Kulon")
    new = siti.register("Dewi")
    siti.sync()
    assert siti.states() == {"confirmed", "quarantined"}
    return siti, known, new


def test_the_office_vouches(province: Province) -> None:
    siti, known, new = _written_too_late(province)

    held = _held(province, "household")
    assert (held.login, held.reason) == ("siti", "scope_not_granted")
    with province.database.reading() as connection:
        rows = list(quarantine.listing(connection))
    for row in rows:
        with province.database.writing() as connection:
            release(connection, row)
    siti.sync()

    assert province.row(known).hamlet == "Kulon"
    assert province.row(new) is not None
    assert province.aside() == []
    assert siti.states() == {"confirmed"}, "though the village is not theirs any more"
    province.assert_dense()


def test_the_office_answers(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    siti.edit(family, welfare_decile=99)  # what no office takes
    member = siti.add_member(family, "Dewi")
    siti.sync()
    assert siti.states() == {"confirmed", "quarantined"}

    with province.database.writing() as connection:
        count = quarantine.answer(connection, _held(province, "household"), NOTE, 0)
    siti.sync()

    assert count == 1
    row = siti.row(family)
    assert row is not None
    assert "welfare_decile" not in row, "what the province has is shown again"
    (op,) = (one for one in siti.outbox() if one.state == "answered")
    assert (op.fields, op.reason) == ({"welfare_decile": 99}, NOTE), "kept, with the answer"
    assert siti.row(member, "member") is not None
    province.settle(siti)


def test_what_depends_on_an_answered_op_is_answered_with_it(province: Province) -> None:
    siti = province.laptop("siti")
    with siti.store.recording() as writer:
        household = Household(scope=VILLAGE, note="x" * 70_000)  # more than one op may hold
        writer.insert(household)
    visit = siti.visit(household.id)
    siti.sync()
    assert siti.states() == {"quarantined"}

    with province.database.writing() as connection:
        count = quarantine.answer(connection, _held(province, "household"), NOTE, 0)
    siti.sync()

    assert count == len(siti.outbox())
    assert siti.states() == {"answered"}
    assert siti.row(household.id) is None
    assert siti.row(visit, "visit") is None
    province.settle(siti)


def test_an_answer_is_not_lost_with_the_answer_to_a_sync(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.edit(family, welfare_decile=99)
    siti.sync()
    with province.database.writing() as connection:
        quarantine.answer(connection, _held(province, "household"), NOTE, 0)

    with siti.client() as client:
        lossy = AnswerLost(siti.server, client.token)
    siti.try_sync(lossy)
    lossy.close()
    assert "answered" not in siti.states()
    siti.sync()
    assert "answered" in siti.states()
