"""The first download of a long scope is a snapshot: the same store as pages would have given."""

import pytest

from server.queries import snapshots
from tests.scenarios.conftest import Province


@pytest.fixture(autouse=True)
def _short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "OFFER_FROM", 5)


def test_smoke(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    siti.register("Rahmawati")
    siti.register("Budi")
    province.settle(siti)
    budi = province.laptop("budi")
    province.settle(budi)
    print(budi.row(family))
    siti.edit(family, hamlet="Wetan")
    province.settle(siti, budi)
