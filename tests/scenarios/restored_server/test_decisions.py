"""What the district decided about an answer, where a restored province does not know the question."""

from pathlib import Path

import pytest

from desktop.models.records.people import Role
from tests.scenarios.conftest import Province
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_decisions import decide, field, questions
from tests.scenarios.test_unseen_and_endless import visit

INCOME = "answers.income"


@pytest.mark.parametrize("first", ["verifier", "facilitators"])
def test_what_the_district_decided_waits_for_its_question(
    province: Province, folder: Path, first: str
) -> None:
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        rina = province.laptop("rina", role=Role.VERIFIER)
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, budi, rina)
    backup = backup_of(folder)
    with served(province, folder):
        siti.edit(seen, "visit", **{INCOME: 10})
        siti.sync()
        province.clock.advance(60)
        budi.edit(seen, "visit", **{INCOME: 100})
        province.settle(budi, siti, rina)
        decide(rina, 10, Role.VERIFIER)
        province.settle(rina, siti, budi)

    with served(province, backup, restored=True):
        province.settle(*((rina, siti, budi) if first == "verifier" else (siti, budi, rina)))
        assert province.aside() == []
        for laptop in (siti, budi, rina):
            assert field(laptop, seen, INCOME, "visit") == 10
            (again,) = questions(laptop)
            assert {one.value for one in again.writings} == {10, 100}, "it is asked, not forgotten"
