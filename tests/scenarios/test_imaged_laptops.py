"""Laptops set up from one image, on which the program was opened before: each is one of its own."""

from contextlib import closing

import pytest

from desktop.models.operations import households
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.sync.client import Client, SignedIn
from desktop.sync.enrolment import enrol
from desktop.sync.faults import SyncFailure, SyncFault
from tests.models.store.families import USER, assert_chained
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import PASSWORD, VILLAGE


def device_of(store: Store) -> tuple[str, str]:
    """The id and the key by which the province knows a laptop."""
    with store.reading() as connection:
        return get_meta(connection, Meta.DEVICE_ID), get_meta(connection, Meta.DEVICE_KEY)


def image(province: Province) -> Laptop:
    """A laptop on which the program was opened, and nobody has signed in."""
    return province.keep(
        Laptop(province.folder / "image", province.address, "siti", province.clock)
    )


def assert_both_work(province: Province, first: Laptop, second: Laptop) -> None:
    for laptop in (first, second):
        province.user(laptop.login)
        laptop.enrol()
        laptop.register("Nur Aini")
    province.settle(first, second)
    assert device_of(first.store)[0] != device_of(second.store)[0]
    assert {row.epoch for laptop in (first, second) for row in laptop.outbox()} == {1}
    for laptop in (first, second):
        with laptop.store.reading() as connection:
            assert_chained(connection)
    province.assert_dense()


def test_each_of_them_can_sign_in(province: Province) -> None:
    first = image(province)
    second = province.keep(first.copied_to(province.folder / "copy", "budi"))
    assert_both_work(province, first, second)


def test_a_sign_in_was_tried_before_the_disk_was_copied(province: Province) -> None:
    first = image(province)
    with pytest.raises(SyncFailure, match=SyncFault.WRONG_LOGIN):
        first.enrol()
    second = province.keep(first.copied_to(province.folder / "copy", "budi"))
    assert_both_work(province, first, second)


class SignInLost(Client):
    """The province has let somebody in, but the answer is lost on the way."""

    def sign_in(self, login: str, password: str, device: dict[str, str]) -> SignedIn:
        super().sign_in(login, password, device)
        raise SyncFailure(SyncFault.CUT_OFF)


def test_the_answer_was_lost_before_the_disk_was_copied(province: Province) -> None:
    first = image(province)
    province.user("eka")
    with closing(SignInLost(first.server)) as client, pytest.raises(SyncFailure):
        enrol(first.store, client, "eka", PASSWORD)
    second = province.keep(first.copied_to(province.folder / "copy", "budi"))
    assert_both_work(province, first, second)


def test_who_signs_in_again_is_on_the_same_laptop(province: Province) -> None:
    siti = province.laptop("siti")
    before = device_of(siti.store)
    siti.enrol()
    assert device_of(siti.store) == before


def test_what_was_recorded_keeps_its_laptop(province: Province) -> None:
    siti = image(province)
    province.user("siti")
    family = Household(scope=VILLAGE)
    head = Member(scope=VILLAGE, household_id=family.id, name="Nur Aini", relation=Relation.HEAD)
    with siti.store.recording(USER) as writer:
        households.register(writer, family, [head])
    with siti.store.reading() as connection:
        before = get_meta(connection, Meta.DEVICE_ID)
    siti.enrol()
    assert device_of(siti.store)[0] == before
    with siti.store.reading() as connection:
        assert_chained(connection)
