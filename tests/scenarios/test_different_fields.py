"""Two laptops change different fields of one family: both changes stand, and nothing is asked."""

from tests.scenarios.conftest import Province


def test_both_changes_stand(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan", phone="+628111111111")
    province.settle(siti, budi)

    siti.edit(family, hamlet="Wetan")
    budi.edit(family, phone="+628222222222")
    province.settle(siti, budi)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["phone"]) == ("Wetan", "+628222222222")
        assert laptop.conflicts() == []
    assert province.row(family).hamlet == "Wetan"
    province.assert_dense()


def test_equal_values_are_no_conflict(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    siti.edit(family, hamlet="Wetan")
    budi.edit(family, hamlet="Wetan")
    province.settle(siti, budi)

    assert siti.conflicts() == budi.conflicts() == []
