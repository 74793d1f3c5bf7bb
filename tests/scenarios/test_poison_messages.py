"""What a broken program may put into an op: it is set aside, or refused as unreadable, and stops nobody.

A province that fails at it would fail at each try again, and the laptop could never send anything.
"""

import json
import secrets
from typing import Any
from uuid import UUID

import pytest
import requests

from desktop.models.ops import Op
from desktop.models.records.base import Fields, new_id
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.writer import current_log
from desktop.sync import messages, wire
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_unseen_and_endless import visit
from tests.servers import VILLAGE

ODD_FIELDS: dict[str, Fields] = {
    "a time after the last year": {"deleted_at": "9999-12-31T23:59:59-12:00"},
    "a time as seconds": {"deleted_at": "1494012444"},
    "a time in small letters": {"deleted_at": "2026-11-21t03:05:00z"},
    "a day with its hour": {"welfare_decile": 3.5},
    "a field whose name ends": {"n\0": "x"},
    "words that end": {"hamlet": "x\0"},
    "an endless name of a field": {"hamlet" * 2_000: 1, "welfare_decile": 99},
}
ODD_MOVES: dict[str, Fields] = {
    "a time as seconds": {"moved_at": "1494012444"},
    "a time in small letters": {"moved_at": "2026-11-21t03:05:00z"},
    "an endless state": {"to_state": secrets.token_hex(5_000)},
}
UNREADABLE: dict[str, dict[str, Any]] = {
    "a time that is no number of 64 bits": {"at": 1 << 63},
    "a base that is no number of 64 bits": {"base": 1 << 63},
    "a place whose name ends": {"scope": "36\0"},
    "a place of an endless name": {"scope": secrets.token_hex(5_000)},
    "a life whose name ends": {"incarnation": "a\0"},
    "a version whose name ends": {"app": "0\0"},
    "endlessly much": {"fields": {"new_in_2027": float("inf")}},
    "what is no number": {"fields": {"new_in_2027": float("nan")}},
}


def send(laptop: Laptop, table: str, row_id: UUID, **odd: Any) -> int:
    """Sends one op past all that the program checks; the status of the answer."""
    with laptop.store.reading() as connection:
        head = current_log(connection)
        user, token = get_meta(connection, Meta.USER_ID), get_meta(connection, Meta.TOKEN)
    at = int(laptop.clock().timestamp() * 1000)
    app, now = odd.pop("app", "0.1.0"), odd.pop("now", at)
    said: dict[str, Any] = {"scope": VILLAGE, "base": 0, "incarnation": "", "at": at} | odd
    op = Op(table=table, row_id=row_id, user_id=UUID(user), **said)
    batch = messages.Batch(head.epoch, head.dseq + 1, head.hash, [(op, None)])
    request = messages.Request(app=app, now=now, room=1_000, digest="x", batch=batch)
    answer = requests.post(
        f"{laptop.server}/sync",
        data=json.dumps(wire.request_to_json(request)).encode(),
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    )
    return answer.status_code


@pytest.mark.parametrize("name", ODD_FIELDS)
def test_an_odd_field_is_set_aside(province: Province, name: str) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    siti.sync()
    assert send(siti, "household", family, fields=ODD_FIELDS[name]) == 200
    (aside,) = province.aside()
    assert aside.reason == "invalid"
    row = province.row(family)
    assert (row.hamlet, row.deleted_at, row.extra) == ("Krajan", None, {})


@pytest.mark.parametrize("name", ODD_MOVES)
def test_an_odd_move_is_set_aside(province: Province, name: str) -> None:
    siti = province.laptop("siti")
    made = visit(siti, siti.register("Nur Aini"), income=1)
    siti.sync()
    with siti.store.reading() as connection:
        user = get_meta(connection, Meta.USER_ID)
    fields: Fields = {
        "subject_table": "visit",
        "subject_id": str(made),
        "from_state": "draft",
        "to_state": "submitted",
        "user_id": user,
        "moved_at": "2026-11-21T03:05:00.000Z",
    }
    assert send(siti, "state_move", new_id(), fields=fields | ODD_MOVES[name]) == 200
    assert len(province.aside()) == 1


def test_what_no_database_takes_is_no_message(province: Province) -> None:
    siti = province.laptop("siti")
    for name, odd in UNREADABLE.items():
        given = {"fields": {"hamlet": "x"}} | odd
        assert send(siti, "household", new_id(), **given) == 400, name
    assert province.aside() == []


@pytest.mark.parametrize("now", [10**15, 1 << 62, -(1 << 62)])
def test_a_clock_of_another_age_stops_nobody(province: Province, now: int) -> None:
    """What it wrote is a question for somebody: the other value, or whether it was granted then."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    budi.edit(family, hamlet="Wetan")
    budi.sync()
    assert send(siti, "household", family, fields={"hamlet": "Lor"}, now=now) == 200
    budi.sync()
    asked = [{one.kept["value"], one.other["value"]} for one in budi.conflicts()]
    held = [{one.fields["hamlet"]} for one in province.aside()]
    assert asked + held in ([{"Wetan", "Lor"}], [{"Lor"}])
