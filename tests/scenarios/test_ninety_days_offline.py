"""Three months without a connection and with a clock two years off: everything arrives, in order."""

from datetime import timedelta

from tests.scenarios.conftest import Province
from tests.scenarios.laptops import later


def test_ninety_days_offline(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    mine = []
    for day in range(90):
        province.clock.now += timedelta(days=1)
        siti.edit(family, note=f"hari {day}")
        mine.append(siti.register(f"Keluarga {day}"))
        if day % 10 == 0:
            budi.edit(family, phone=f"+6281100000{day:02}")
            budi.sync()
    province.settle(siti, budi)

    row = budi.row(family)
    assert row is not None
    assert row["note"] == "hari 89"
    assert all(budi.row(one) for one in mine)
    theirs = siti.row(family)
    assert theirs is not None
    assert theirs["phone"] == "+628110000080"
    assert siti.conflicts() == []


def test_a_clock_two_years_ahead_does_not_win(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    siti.store.clock = later(province.clock, days=730)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)

    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Kulon", "budi wrote a minute later, whatever siti's clock says"
