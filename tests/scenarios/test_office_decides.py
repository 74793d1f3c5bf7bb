"""What was set aside waits for the office: it lets an op in, or answers it; the laptop hears of both."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID

import pytest

from desktop.models.operations import decisions as decisions_
from desktop.models.records.households import Household
from desktop.models.records.people import Role
from server import decisions
from server.commands import CommandFailure
from server.queries import accounts, merge, quarantine
from server.queries.merge import release
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import AnswerLost, Laptop
from tests.scenarios.test_duplicates import NIK, _family, _questions
from tests.scenarios.test_scopes import withdraw
from tests.scenarios.test_unseen_and_endless import move, state, visit
from tests.servers import VILLAGE

NOTE = "Keluarga ini sudah dicatat oleh petugas lain."


def _held(province: Province, table: str) -> str:
    """The name of the first op about a row of a table that waits for the office."""
    lines = (line.split("\t") for line in decisions.listing(province.database))
    return next(columns[0] for columns in lines if columns[3] == table)


def _first(province: Province) -> str:
    """The name of the op that waits for the office longest."""
    return decisions.listing(province.database)[0].split("\t")[0]


def _answer(province: Province) -> None:
    decisions.answer(province.database, province.clock(), _held(province, "household"), NOTE)


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

    lines = decisions.listing(province.database)
    assert all("siti" in line and "scope_not_granted" in line for line in lines)
    assert 'hamlet: "Kulon"' in decisions.show(province.database, _held(province, "household"))
    for line in lines:
        decisions.let_in(province.database, province.clock(), line.split("\t")[0])
    siti.sync()

    assert province.row(known).hamlet == "Kulon"
    assert province.row(new) is not None
    assert province.aside() == []
    assert siti.states() == {"confirmed"}, "though the village is not theirs any more"
    province.assert_dense()


def test_in_whatever_order_the_office_vouches(province: Province) -> None:
    """A member let in before its family waits for it, and comes with it."""
    siti, _, new = _written_too_late(province)

    (told,) = decisions.let_in(province.database, province.clock(), _held(province, "member"))
    assert told.endswith("still waits: depends.")
    for line in decisions.listing(province.database):
        if "\thousehold\t" in line:
            decisions.let_in(province.database, province.clock(), line.split("\t")[0])
    siti.sync()

    assert province.row(new) is not None
    assert province.aside() == []
    assert siti.states() == {"confirmed"}


def test_the_office_answers(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    siti.edit(family, welfare_decile=99)  # what no office takes
    member = siti.add_member(family, "Dewi")
    siti.sync()
    assert siti.states() == {"confirmed", "quarantined"}

    _answer(province)
    siti.sync()

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
    seen = siti.visit(household.id)
    siti.sync()
    assert siti.states() == {"quarantined"}

    _answer(province)
    siti.sync()

    assert siti.states() == {"answered"}
    assert siti.row(household.id) is None
    assert siti.row(seen, "visit") is None
    province.settle(siti)


def test_an_answer_is_not_lost_with_the_answer_to_a_sync(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.edit(family, welfare_decile=99)
    siti.sync()
    _answer(province)

    with siti.client() as client:
        lossy = AnswerLost(siti.server, client.token)
    siti.try_sync(lossy)
    lossy.close()
    assert "answered" not in siti.states()
    siti.sync()
    assert "answered" in siti.states()


def test_what_is_still_wrong_goes_on_waiting(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.edit(family, welfare_decile=99)
    siti.sync()

    (told,) = decisions.let_in(province.database, province.clock(), _held(province, "household"))

    assert told.endswith("still waits: invalid.")
    assert len(decisions.listing(province.database)) == 1
    assert siti.states() == {"confirmed", "quarantined"}


def test_a_move_that_is_not_taken_moves_nothing(province: Province) -> None:
    siti = province.laptop("siti")
    visit = siti.visit(siti.register("Nur Aini"))
    province.settle(siti)
    with siti.store.recording() as writer:
        decisions_.move(writer, ("visit", visit, VILLAGE), ("submitted", "verified"), Role.VERIFIER)
    assert siti.state_of(visit) == "verified"
    siti.sync()

    name = _held(province, "state_move")
    decisions.answer(province.database, province.clock(), name, NOTE)
    siti.sync()

    assert siti.state_of(visit) == "submitted"


def test_a_move_is_not_let_in_before_its_visit(province: Province) -> None:
    siti, known, _ = _written_too_late(province)
    seen = visit(siti, known, income=1)
    move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
    siti.sync()
    (line,) = decisions.let_in(province.database, province.clock(), _held(province, "state_move"))
    assert line.endswith("still waits: depends.")
    decisions.let_in(province.database, province.clock(), _held(province, "visit"))
    budi = province.laptop("budi")
    budi.sync()
    assert state(budi, seen) == "submitted"
    assert {one.table_name for one in province.aside()} == {"household", "member"}


def test_what_two_copies_of_a_disk_brought_is_let_in_once(
    province: Province, tmp_path: Path
) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    siti.sync()
    old = province.keep(siti.copied_to(tmp_path / "old"))
    siti.edit(family, hamlet="Lor")
    siti.sync()
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    old.edit(family, hamlet="Wetan")
    again = province.keep(old.copied_to(tmp_path / "again"))
    old.sync()
    again.sync()
    assert len(province.aside()) == 2
    decisions.let_in(province.database, province.clock(), _held(province, "household"))
    assert {one.outcome for one in province.aside()} == {"duplicate"}


def test_two_of_the_office_let_the_same_op_in(province: Province) -> None:
    _written_too_late(province)
    with province.database.reading() as connection:
        seen_by_both = quarantine.listing(connection)[0]
    with province.database.writing() as connection:
        assert release(connection, seen_by_both) is not None
    held = len(province.aside())
    with province.database.writing() as connection:
        assert release(connection, seen_by_both) is None
    assert len(province.aside()) == held


def test_however_many_depend_on_an_answered_op(province: Province) -> None:
    siti = province.laptop("siti")
    with siti.store.recording() as writer:
        household = Household(scope=VILLAGE, note="x" * 70_000)  # more than one op may hold
        writer.insert(household)
        for number in range(1_200):
            writer.update("household", household.id, {"hamlet": str(number)})
    siti.sync()
    (line,) = decisions.answer(province.database, province.clock(), _first(province), NOTE)
    assert line.endswith("and 1200 that depend on it.")
    siti.sync()
    assert siti.states() == {"answered"}


def test_a_number_that_is_let_in_is_asked_about_at_once(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    one = _family(budi, NIK)
    province.settle(siti, budi)
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    two = _family(siti, NIK)
    siti.sync()

    for line in decisions.listing(province.database):
        decisions.let_in(province.database, province.clock(), line.split("\t")[0])

    assert set(_questions(province)) == {one[1], two[1]}


def test_two_who_let_in_at_once_do_not_lock_each_other_out(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    if province.database.is_file:
        pytest.skip("a file has one writer")
    _, _, new = _written_too_late(province)
    member = _held(province, "member")
    decisions.let_in(province.database, province.clock(), member)  # it waits for its family now
    family = next(one.digest.hex() for one in province.aside() if one.row_id == new)
    is_there, right = Event(), merge.release_waiting

    def slowly(*given: Any) -> None:
        is_there.set()
        sleep(0.5)  # the other one is on its way to the same two locks meanwhile
        right(*given)

    monkeypatch.setattr(merge, "release_waiting", slowly)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(decisions.let_in, province.database, province.clock(), family)
        assert is_there.wait(10)
        two = threads.submit(decisions.let_in, province.database, province.clock(), member)

    assert one.exception() is None
    assert two.exception() is None or isinstance(two.exception(), CommandFailure)
    assert {row.row_id for row in province.aside()}.isdisjoint({new})
