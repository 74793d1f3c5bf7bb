"""A sync brings what somebody else wrote while a form is open: what its writer had not seen is not overwritten."""

from datetime import date
from uuid import UUID

import pytest

from desktop.models.operations import businesses, households
from desktop.models.records.base import Fields
from desktop.models.records.businesses import Business
from desktop.models.records.households import MemberStatus
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

SHOWN: Fields = {"hamlet": "Krajan", "note": None}


def _opened(province: Province) -> tuple[Laptop, Laptop, UUID]:
    """Two who have a family, and a form of one of them that shows it."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    return siti, budi, family


def _saved(laptop: Laptop, family: UUID, fields: Fields, shown: Fields) -> None:
    with laptop.store.recording() as writer:
        households.edit(writer, family, fields, shown)


def _values(laptop: Laptop) -> list[tuple[object, ...]]:
    return [(one.field, one.kept["value"], one.other["value"]) for one in laptop.conflicts()]


def test_a_field_that_was_left_as_it_was_says_what_came_in(province: Province) -> None:
    siti, budi, family = _opened(province)
    budi.edit(family, hamlet="Kulon")
    province.settle(budi, siti)
    _saved(siti, family, {"hamlet": "Krajan", "note": "atap bocor"}, SHOWN)
    province.settle(siti, budi)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["note"]) == ("Kulon", "atap bocor")
        assert laptop.conflicts() == []


def test_a_field_that_both_changed_is_a_question(province: Province) -> None:
    siti, budi, family = _opened(province)
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(budi, siti)
    province.clock.advance(60)
    _saved(siti, family, {"hamlet": "Wetan", "note": "atap bocor"}, SHOWN)
    province.settle(siti, budi)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["note"]) == ("Wetan", "atap bocor")
        assert _values(laptop) == [("hamlet", "Wetan", "Kulon")]


def test_what_one_wrote_oneself_since_is_no_question(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    siti.edit(family, hamlet="Kulon")
    _saved(siti, family, {"hamlet": "Wetan"}, {"hamlet": "Krajan"})
    province.settle(siti)
    assert siti.conflicts() == []


def test_who_died_did_not_move_out_unasked(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    member = siti.add_member(family, "Rahma")
    province.settle(siti, budi)

    for laptop, status in ((budi, MemberStatus.DIED), (siti, MemberStatus.MOVED_OUT)):
        with laptop.store.recording() as writer:
            households.member_left(writer, member, status, date(2026, 11, 20))
        province.settle(budi, siti)

    assert [one.field for one in siti.conflicts()] == ["status"]


@pytest.mark.parametrize("mine", [700, 900])
def test_a_figure_of_a_month(province: Province, mine: int) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    with siti.store.recording() as writer:
        owner = Business(scope=VILLAGE, household_id=family, name="Warung")
        businesses.begin(writer, owner)
    province.settle(siti, budi)
    place = (owner.id, VILLAGE)

    with siti.store.recording() as writer:
        businesses.report_month(writer, place, "2026-10", {"revenue": 500})
    province.settle(siti, budi)
    with budi.store.recording() as writer:
        businesses.report_month(writer, place, "2026-10", {"revenue": 700})
    province.settle(budi, siti)
    with siti.store.recording() as writer:
        businesses.report_month(writer, place, "2026-10", {"revenue": mine}, {"revenue": 500})
    province.settle(siti, budi)

    asked = [("revenue", 700, 900)] if mine != 700 else []
    assert _values(siti) == asked
