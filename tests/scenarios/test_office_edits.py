"""The office edits at the server itself: an op like any other, unless somebody was there before."""

import json
from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
import requests

from desktop.models.records.base import natural_id
from desktop.models.records.people import Role
from desktop.models.store.meta import Meta, get_meta
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import PASSWORD, VILLAGE

DISTRICT = "36.01.01"


def _asked(
    province: Province, laptop: Laptop, method: str, family: UUID, **body: Any
) -> requests.Response:
    """What the office hears, with the session that its laptop has."""
    with laptop.store.reading() as connection:
        token = get_meta(connection, Meta.TOKEN)
    return requests.request(
        method,
        f"{province.address}/records/household/{family}",
        json=body or None,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )


def _edit(
    province: Province, office: Laptop, family: UUID, seen: dict[str, Any], **fields: Any
) -> requests.Response:
    place = {name: seen[name] for name in ("scope", "incarnation", "seq")}
    return _asked(province, office, "PATCH", family, **place, fields=fields)


@pytest.fixture
def office(province: Province) -> Laptop:
    return province.laptop("office", [DISTRICT], Role.VERIFIER)


@pytest.fixture
def siti(province: Province) -> Laptop:
    return province.laptop("siti")


def test_an_edit_reaches_the_laptop(province: Province, office: Laptop, siti: Laptop) -> None:
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    seen = _asked(province, office, "GET", family).json()
    assert (seen["scope"], seen["fields"]["hamlet"]) == (VILLAGE, "Krajan")

    first = _edit(province, office, family, seen, hamlet="Kulon")
    assert (first.status_code, first.json()["fields"]["hamlet"]) == (200, "Kulon")
    again = _edit(province, office, family, seen, hamlet="Lor")
    assert again.status_code == 200, "one's own edit is no news to oneself"
    province.settle(siti, office)

    assert siti.row(family)["hamlet"] == "Lor"  # type: ignore[index]
    assert siti.conflicts() == []
    entries = [one for one in province.log() if one.transport == "console"]
    assert [one.fields for one in entries] == [{"hamlet": "Kulon"}, {"hamlet": "Lor"}]
    with office.store.reading() as connection:
        assert {str(one.user_id) for one in entries} == {get_meta(connection, Meta.USER_ID)}
    province.assert_dense()


def test_what_was_written_meanwhile_is_shown_first(
    province: Province, office: Laptop, siti: Laptop
) -> None:
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    seen = _asked(province, office, "GET", family).json()
    siti.edit(family, hamlet="Wetan")
    province.settle(siti)
    before = province.log()

    refused = _edit(province, office, family, seen, hamlet="Kulon")
    assert (refused.status_code, refused.json()["number"]) == (409, "409.2")
    assert province.log() == before, "and nothing of it is left"
    assert _edit(province, office, family, seen, note="lain").status_code == 200, "another field"

    seen = _asked(province, office, "GET", family).json()
    assert seen["fields"]["hamlet"] == "Wetan"
    assert _edit(province, office, family, seen, hamlet="Kulon").status_code == 200
    province.settle(siti)
    assert siti.row(family)["hamlet"] == "Kulon"  # type: ignore[index]
    assert siti.conflicts() == []


def test_what_a_laptop_wrote_unseen_is_a_conflict(
    province: Province, office: Laptop, siti: Laptop
) -> None:
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    siti.edit(family, hamlet="Wetan")
    seen = _asked(province, office, "GET", family).json()
    province.clock.advance(60)
    assert _edit(province, office, family, seen, hamlet="Kulon").status_code == 200
    province.settle(siti)

    (conflict,) = siti.conflicts()
    assert (conflict.kept["value"], conflict.other["value"]) == ("Kulon", "Wetan")
    assert conflict.kept["transport"] == "console"
    assert siti.row(family)["hamlet"] == "Kulon"  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"welfare_decile": 99}, "invalid"), ({"scope": "36.02.01.2001"}, "scope_not_granted")],
)
def test_what_the_rules_do_not_allow_is_refused(
    province: Province, office: Laptop, siti: Laptop, fields: dict[str, Any], reason: str
) -> None:
    family = siti.register("Nur Aini")
    province.settle(siti)
    seen = _asked(province, office, "GET", family).json()

    refused = _edit(province, office, family, seen, **fields)
    assert refused.status_code == 422
    assert refused.json()["details"] == {"reason": reason}
    assert province.aside() == [], "a person hears of it at once: nothing waits"


def test_of_other_scopes_nothing_is_shown(province: Province, siti: Laptop) -> None:
    family = siti.register("Nur Aini")
    province.settle(siti)
    budi = province.laptop("budi", ["36.02.01.2001"])
    partner = province.laptop("baznas", [DISTRICT], Role.PARTNER)
    place = {"scope": VILLAGE, "incarnation": "", "seq": 0}

    for stranger in (budi, partner):
        assert _asked(province, stranger, "GET", family).status_code == 404
        assert _edit(province, stranger, family, place, hamlet="Kulon").status_code == 404
    assert _asked(province, siti, "GET", UUID(int=0)).status_code == 404
    unknown = f"{province.address}/records/nonsense/{family}"
    assert requests.get(unknown, timeout=30).status_code == 401


@pytest.mark.parametrize("key", [bytes(32), b"k" * 32])
def test_nobody_signs_in_as_the_office_s_own_device(
    province: Province, office: Laptop, siti: Laptop, key: bytes
) -> None:
    with office.store.reading() as connection:
        device_id = natural_id("device", "console", get_meta(connection, Meta.USER_ID))
    device = {"id": str(device_id), "name": "x", "public_key": b64encode(key).decode()}
    body = {"login": "siti", "password": PASSWORD, "device": device}
    refused = requests.post(f"{province.address}/session", json=body, timeout=30)
    assert (refused.status_code, refused.json()["number"]) == (422, "422.1")

    family = siti.register("Nur Aini")
    province.settle(siti)
    seen = _asked(province, office, "GET", family).json()
    assert _edit(province, office, family, seen, hamlet="Kulon").status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"seq": 10**19},
        {"scope": "36.01.01.\x00"},
        {"incarnation": "\x00"},
        {"fields": {"note": "\ud800"}},
        {"fields": {"note": "\x00"}},
        {"fields": {"note": "x" * 70_000}},
        {"fields": {"note": json.loads("[" * 900 + "]" * 900)}},
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_not_understood(
    province: Province, office: Laptop, siti: Laptop, odd: dict[str, Any]
) -> None:
    family = siti.register("Nur Aini")
    province.settle(siti)
    seen = _asked(province, office, "GET", family).json()
    assert _asked(province, office, "PATCH", family, **{**seen, **odd}).status_code == 422
