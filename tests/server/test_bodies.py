"""Bodies that take long, and bodies that are too long."""

import json
from collections.abc import Callable, Iterator

import pytest
import requests

from desktop.models.records.base import Fields, new_id
from server.bodies import MAX_BYTES
from server.database import Database
from server.queries import accounts, incarnations
from server.queries.merge import write_server_row
from tests.conftest import MakeServer
from tests.server.laptop import DEVICE_ID, problem, sign_in
from tests.servers import VILLAGE, Clock, add_user

HOUR = 3600


def _asked_slowly(
    database: Database, make_server: MakeServer, meanwhile: Callable[[Clock], None]
) -> requests.Response:
    """The answer to a laptop that has nothing, and half of whose request came before all that."""
    add_user(database)
    clock = Clock()
    clock.advance(60)
    address = make_server(database, clock)
    token = sign_in(address).json()["token"]
    with database.reading() as connection:
        life = incarnations.current(connection)
    assert life is not None
    now = int(clock.now.timestamp() * 1000)
    body = json.dumps({"v": 1, "a": "test", "n": now, "s": [life.name, 1, 0, {}, ""]}).encode()

    def slowly() -> Iterator[bytes]:
        yield body[:5]
        # asked without a body, it answers only once it has begun to read the other request
        assert requests.get(f"{address}/healthz", timeout=10).ok
        meanwhile(clock)
        clock.advance(HOUR)
        with database.writing() as connection:
            written: Fields = {"status": "active", "note": "rahasia"}
            write_server_row(connection, clock.now, "household", new_id(), VILLAGE, written)
        yield body[5:]

    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{address}/sync", data=slowly(), headers=headers, timeout=20)


def test_what_was_written_while_a_request_came_is_told(
    database: Database, make_server: MakeServer
) -> None:
    answer = _asked_slowly(database, make_server, lambda clock: clock.advance(HOUR))
    assert "rahasia" in answer.text


def test_an_account_that_was_closed_while_its_request_came_is_told_nothing(
    database: Database, make_server: MakeServer
) -> None:
    def close(clock: Clock) -> None:
        clock.advance(HOUR)
        with database.writing() as connection:
            accounts.close(connection, accounts.named(connection, "siti"), clock.now)

    assert problem(_asked_slowly(database, make_server, close)) == (401, "not-signed-in")


def test_of_a_village_that_was_taken_back_while_the_request_came_nothing_is_told(
    database: Database, make_server: MakeServer
) -> None:
    def withdraw(clock: Clock) -> None:
        clock.advance(HOUR)
        with database.writing() as connection:
            account = accounts.named(connection, "siti")
            accounts.withdraw(connection, account, VILLAGE, clock.now)

    answer = _asked_slowly(database, make_server, withdraw)
    assert answer.ok
    assert "rahasia" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/session"), ("PATCH", f"/records/household/{DEVICE_ID}")]
)
@pytest.mark.parametrize("is_told", [True, False])
def test_a_body_of_any_size_is_not_read_for_whoever_it_is(
    database: Database, make_server: MakeServer, method: str, path: str, *, is_told: bool
) -> None:
    body = b" " * (MAX_BYTES + 1)
    answer = requests.request(
        method, make_server(database) + path, data=body if is_told else iter([body]), timeout=10
    )
    assert problem(answer) == (413, "message-too-large")
