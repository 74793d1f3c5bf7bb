"""Importing lists into a real store: once, twice, changed, and only where it was granted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.imports import applying
from desktop.imports.candidates import RowFinding
from desktop.imports.existing import GrantedRegions, StoreExisting
from desktop.imports.plan import ImportPlan, read_list
from desktop.models.store.local import Store
from desktop.models.store.rows import read_rows
from desktop.models.tables import BUSINESS, FAMILY_CARD, GRANT, HOUSEHOLD, MEMBER, OUTBOX
from tests.imports.lists import KK, NIK, REGIONS, SUMBERJAYA, TODAY, codes, write
from tests.models.queries.families import opened

HEADER = (
    *("NO", "NIK", "NAMA KEPALA KELUARGA", "TANGGAL LAHIR", "NO KK", "ALAMAT", "RT", "NO HP"),
    *(
        "JENIS USAHA",
        "JUMLAH BANTUAN",
        "BANK",
        "NO REKENING",
        "JUMLAH ANGGOTA KELUARGA",
        "KETERANGAN",
    ),
)
WHOLE = (
    *(1, NIK, "Sarman", "12/05/1985", KK, "Kp. Baru 3", "2", "081234567890"),
    *("Warung", "2500000", "BRI", "0012345678", "4", "Lancar"),
)
BARE = (2, None, "Nur Aini", None, None, "Kp. Pasir", None, None, None, None, None, None, None)
MONEYLESS = (3, "3601010607700003", "Udin", None, None, None, None, None, None, None, "BRI", "77")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "store")
    yield store
    store.close()


def planned(store: Store, folder: Path, *rows: Sequence[object]) -> ImportPlan:
    path = write(folder / "list.xlsx", [HEADER, *rows])
    with store.reading() as connection:
        return read_list(
            path,
            today=TODAY,
            village_code=SUMBERJAYA,
            regions=REGIONS,
            existing=StoreExisting(connection),
        )


def bring_in(store: Store, plan: ImportPlan) -> int:
    with store.recording() as writer:
        return applying.apply(writer, plan.accepted)


def count(store: Store, table: object) -> int:
    with store.reading() as connection:
        found = connection.execute(select(func.count()).select_from(table))  # type: ignore[arg-type]
        return int(found.scalar_one())


def test_a_row_becomes_a_family(store: Store, tmp_path: Path) -> None:
    plan = planned(store, tmp_path, WHOLE)

    assert bring_in(store, plan) == 1

    with store.reading() as connection:
        household = connection.execute(select(HOUSEHOLD)).one()
        head = connection.execute(select(MEMBER)).one()
        card = connection.execute(select(FAMILY_CARD)).one()
        business = connection.execute(select(BUSINESS)).one()
        grant = connection.execute(select(GRANT)).one()
    assert (household.scope, household.rt, household.phone) == (SUMBERJAYA, "002", "+6281234567890")
    assert household.source["NAMA KEPALA KELUARGA"] == "Sarman"
    assert household.source[applying.FINGERPRINT] == plan.accepted[0].fingerprint
    assert (head.name, head.relation, head.national_id) == ("Sarman", "head", NIK)
    assert card.number == KK
    assert business.name == "Warung"
    assert (grant.amount, grant.bank, grant.account_number) == (2_500_000, "BRI", "0012345678")
    assert (grant.business_id, grant.state) == (business.id, "proposed")


@pytest.mark.parametrize("rows", [(WHOLE,), (BARE,), (MONEYLESS,), (WHOLE, BARE, MONEYLESS)])
def test_importing_twice_changes_nothing(
    store: Store, tmp_path: Path, rows: tuple[Sequence[object], ...]
) -> None:
    bring_in(store, planned(store, tmp_path, *rows))
    written = count(store, OUTBOX)

    again = planned(store, tmp_path, *rows)

    assert [codes(row) for row in again.rejected] == []
    assert len(again.unchanged) == len(rows)
    assert bring_in(store, again) == 0
    assert count(store, OUTBOX) == written


@pytest.mark.parametrize(
    ("place", "stated", "field"),
    [
        (2, "Sarmin", "head_name"),
        (4, "3601010102100002", "family_card_number"),
        (5, "Kp. Sawah", "address"),
        (9, "3000000", "amount"),
        (11, "0012345679", "bank_account"),
    ],
)
def test_a_difference_is_not_written_over(
    store: Store, tmp_path: Path, place: int, stated: str, field: str
) -> None:
    bring_in(store, planned(store, tmp_path, WHOLE))
    other = [*WHOLE[:place], stated, *WHOLE[place + 1 :]]

    plan = planned(store, tmp_path, other)

    assert plan.accepted == []
    assert codes(plan.rejected[0]) == [("already_there_different", field)]


def test_another_note_is_shown_but_is_no_reason_against_the_row(
    store: Store, tmp_path: Path
) -> None:
    bring_in(store, planned(store, tmp_path, WHOLE))

    plan = planned(store, tmp_path, [*WHOLE[:13], "Pindah"])

    assert plan.rejected == []
    (remark,) = plan.unchanged[0].remarks
    assert remark.details["field"] == "note"
    assert remark.details["recorded"] == "Lancar"


def test_what_the_record_leaves_empty_is_shown_and_not_filled_in(
    store: Store, tmp_path: Path
) -> None:
    """Money too: the family has no grant, and it is not lost silently."""
    bring_in(store, planned(store, tmp_path, [*WHOLE[:5], *(None,) * 9]))
    written = count(store, OUTBOX)

    for _time in range(2):
        plan = planned(store, tmp_path, WHOLE)
        assert (plan.accepted, plan.rejected) == ([], [])
        said = {each.details["field"]: each.details["stated"] for each in plan.unchanged[0].remarks}
        assert said["note"] == "Lancar"
        assert said["amount"] == 2_500_000
        assert {"address", "rt", "phone", "business_type"} <= set(said)
        assert {each.code for each in plan.unchanged[0].remarks} == {RowFinding.ALREADY_THERE_EMPTY}
        assert bring_in(store, plan) == 0
    assert count(store, OUTBOX) == written


def test_a_family_is_found_by_its_card_of_today(store: Store, tmp_path: Path) -> None:
    bring_in(store, planned(store, tmp_path, WHOLE))

    with store.reading() as connection:
        found = StoreExisting(connection).by_family_card([KK, "3601010102109999"])
        (household_id,) = connection.execute(select(HOUSEHOLD.c.id)).scalars()
        assert read_rows(connection, "household", [household_id])

    assert {number: each.household_id for number, each in found.items()} == {KK: str(household_id)}


def test_only_granted_villages_can_be_named() -> None:
    regions = GrantedRegions(REGIONS, [SUMBERJAYA])

    assert SUMBERJAYA in regions
    assert "36.01.01.2002" not in regions
    assert "36.01.01" in regions
    assert regions.known_area("320101")
    assert not regions.known_area("990101")
