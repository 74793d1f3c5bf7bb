"""Signing in and out, by HTTP, on both kinds of database."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import select, update

from desktop.models.records.people import Role
from server.app import create_app
from server.commands import change_password, close_user
from server.database import Database
from server.passwords import Passwords, Verdict
from server.queries import accounts
from server.tables import ACCOUNT, DEVICE, DEVICE_USER, TOKEN
from tests.conftest import MakeServer
from tests.server.laptop import DEVICE_ID, KEY, problem, sign_in, sign_in_body, sign_out
from tests.servers import FAST_PASSWORDS, NOON, PASSWORD, VILLAGE, Clock, add_user, running


def test_sign_in_gives_a_token_and_registers_the_laptop(
    database: Database, make_server: MakeServer
) -> None:
    user_id = add_user(database, scopes=("36.01.01", VILLAGE))
    answer = sign_in(make_server(database))

    assert answer.status_code == 201
    body = answer.json()
    assert body["user"] == {"id": str(user_id), "name": "Siti Pendamping", "role": "facilitator"}
    assert body["scopes"] == ["36.01.01", VILLAGE]
    with database.reading() as connection:
        token = connection.execute(select(TOKEN)).one()
        device = connection.execute(select(DEVICE)).one()
        enrolled = connection.execute(select(DEVICE_USER)).one()
    assert token.hash == hashlib.sha256(body["token"].encode()).digest()
    assert (token.user_id, token.device_id) == (user_id, DEVICE_ID)
    assert (device.id, device.name, device.public_key) == (DEVICE_ID, "Laptop Siti", KEY)
    assert (enrolled.device_id, enrolled.user_id) == (DEVICE_ID, user_id)


def test_the_same_laptop_and_user_may_sign_in_again(
    database: Database, make_server: MakeServer
) -> None:
    add_user(database)
    address = make_server(database)
    tokens = {sign_in(address, login=login).json()["token"] for login in ("siti", " SITI ")}
    assert len(tokens) == 2


def test_an_impatient_laptop_signs_in_several_times_at_once(
    database: Database, make_server: MakeServer
) -> None:
    add_user(database)
    address = make_server(database)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(sign_in, [address] * 4))
    assert [answer.status_code for answer in answers] == [201] * 4
    with database.reading() as connection:
        assert len(connection.execute(select(DEVICE)).all()) == 1


def test_two_users_share_a_laptop(database: Database, make_server: MakeServer) -> None:
    users = {add_user(database, "siti"), add_user(database, "budi", name="Budi")}
    address = make_server(database)
    for login in ("siti", "budi"):
        assert sign_in(address, login).status_code == 201
    with database.reading() as connection:
        enrolled = set(connection.execute(select(DEVICE_USER.c.user_id)).scalars())
    assert enrolled == users


def test_a_device_with_another_key_is_refused(database: Database, make_server: MakeServer) -> None:
    add_user(database)
    address = make_server(database)
    sign_in(address)
    assert problem(sign_in(address, key=bytes(32))) == (409, "device-key-differs")
    assert sign_in(address, device_id=uuid4(), key=bytes(32)).status_code == 201


def test_wrong_password_and_unknown_login_are_told_alike(
    database: Database, make_server: MakeServer
) -> None:
    add_user(database)
    address = make_server(database)
    wrong = sign_in(address, password="not this one")
    unknown = sign_in(address, login="nobody")
    assert problem(wrong) == (401, "wrong-login")
    assert unknown.json() == wrong.json()


def test_a_closed_account_is_told_only_to_its_owner(
    database: Database, make_server: MakeServer
) -> None:
    add_user(database)
    address = make_server(database)
    with database.writing() as connection:
        accounts.close(connection, accounts.named(connection, "siti"), NOON)
    assert problem(sign_in(address)) == (403, "account-closed")
    assert problem(sign_in(address, password="not this one")) == (401, "wrong-login")


def test_failures_are_slowed_down_but_for_a_minute_at_most(
    database: Database, make_server: MakeServer
) -> None:
    add_user(database, "siti")
    add_user(database, "budi")
    clock = Clock()
    address = make_server(database, clock)
    for _ in range(5):
        assert problem(sign_in(address, password="guessed")) == (401, "wrong-login")

    held_up = sign_in(address)
    assert problem(held_up) == (429, "too-many-attempts")
    assert held_up.json()["details"] == {"retry_after": 1}
    assert held_up.headers["Retry-After"] == "1"
    assert sign_in(address, "budi").status_code == 201, "another login is not held up"

    for _ in range(10):
        clock.advance(60)
        assert problem(sign_in(address, password="guessed")) == (401, "wrong-login")
    clock.advance(60)
    assert sign_in(address).status_code == 201
    assert problem(sign_in(address, password="a slip")) == (401, "wrong-login")
    assert sign_in(address).status_code == 201, "success forgives what was before"


def test_signing_out_revokes_the_token(database: Database, make_server: MakeServer) -> None:
    add_user(database)
    address = make_server(database)
    ended, other = (f"Bearer {sign_in(address).json()['token']}" for _ in range(2))
    answer = sign_out(address, ended)
    assert (answer.status_code, answer.content) == (204, b"")
    assert problem(sign_out(address, ended)) == (401, "not-signed-in")
    assert sign_out(address, other).status_code == 204, "the other session goes on"


def test_without_a_good_token_nobody_is_signed_in(
    database: Database, make_server: MakeServer
) -> None:
    address = make_server(database)
    for authorization in (None, "", "Bearer", "Bearer nonsense", "Basic c2l0aTpzaXRp", "Bearer ñ"):
        answer = sign_out(address, authorization)
        assert problem(answer) == (401, "not-signed-in"), authorization
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_closing_an_account_ends_its_sessions_and_grants(
    database: Database, make_server: MakeServer
) -> None:
    user_id = add_user(database)
    address = make_server(database)
    token = sign_in(address).json()["token"]
    with database.writing() as connection:
        accounts.close(connection, accounts.named(connection, "siti"), NOON)
        assert accounts.granted_scopes(connection, user_id, NOON) == []
    assert problem(sign_out(address, f"Bearer {token}")) == (401, "not-signed-in")


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in sign_in_body().items() if name != key}


MALFORMED: tuple[tuple[dict[str, Any], str], ...] = (
    (_without("password"), "body.password"),
    (_without("device"), "body.device"),
    (sign_in_body(login=""), "body.login"),
    (sign_in_body(password="x" * 1001), "body.password"),
    (sign_in_body(key=b"short"), "body.device.public_key"),
    (sign_in_body() | {"device": {"id": "1"}}, "body.device.id"),
)


def test_a_malformed_sign_in_is_told_by_its_place_and_never_repeated(
    database: Database, make_server: MakeServer
) -> None:
    address = make_server(database)
    for body, place in MALFORMED:
        answer = requests.post(f"{address}/session", json=body, timeout=10)
        assert problem(answer) == (422, "invalid-request"), place
        assert place in [fault["place"] for fault in answer.json()["details"]["places"]]
        assert PASSWORD not in answer.text
        assert "xxx" not in answer.text


def test_a_hash_of_old_parameters_is_renewed(database: Database, make_server: MakeServer) -> None:
    user_id = add_user(database)
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with database.writing() as connection:
        accounts.set_password(connection, user_id, dearer.hash(PASSWORD))
    assert sign_in(make_server(database)).status_code == 201
    with database.reading() as connection:
        kept = accounts.named(connection, "siti").password_hash
    assert "m=8,t=1,p=1" in kept


class Slow(Passwords):
    """Somebody does something while a password is checked, which takes its time."""

    def __init__(self, meanwhile: Callable[[], object], time_cost: int) -> None:
        super().__init__(PasswordHasher(time_cost=time_cost, memory_cost=8, parallelism=1))
        self._meanwhile = meanwhile

    def check(self, kept: str | None, password: str) -> Verdict:
        verdict = super().check(kept, password)
        self._meanwhile()
        return verdict


@pytest.mark.parametrize("time_cost", [1, 2])
@pytest.mark.parametrize("what", ["password", "account"])
def test_what_the_office_changes_while_a_password_is_checked_counts(
    database: Database, time_cost: int, what: str
) -> None:
    """Also where the old hash would be renewed."""
    clock = Clock()
    add_user(database)

    def office() -> None:
        if what == "account":
            close_user(database, clock(), "siti")
        else:
            change_password(database, FAST_PASSWORDS, clock(), "siti", "kata sandi baru")

    with running(create_app(database, clock, Slow(office, time_cost))) as address:
        assert sign_in(address).status_code == (403 if what == "account" else 401)
    with running(create_app(database, clock, FAST_PASSWORDS)) as address:
        assert sign_in(address).status_code in (401, 403)
        new = sign_in(address, password="kata sandi baru").status_code
        assert new == (201 if what == "password" else 401)


def test_grants_count_from_and_to_their_moments(database: Database) -> None:
    user_id = add_user(database, role=Role.VERIFIER, scopes=())
    clock = Clock()
    with database.writing() as connection:
        account = accounts.named(connection, "siti")
        accounts.grant(connection, account, VILLAGE, clock.now)
        accounts.grant(connection, account, VILLAGE, clock.now)
        clock.advance(60)
        accounts.withdraw(connection, account, VILLAGE, clock.now)
        clock.advance(60)
        accounts.grant(connection, account, VILLAGE, clock.now)
        held = [
            accounts.granted_scopes(connection, user_id, Clock().now.replace(minute=minute))
            for minute in (0, 1, 2)
        ]
    assert held == [[VILLAGE], [], [VILLAGE]]


def test_a_grant_withdrawn_and_given_within_a_millisecond_goes_on(database: Database) -> None:
    user_id = add_user(database, scopes=())
    with database.writing() as connection:
        account = accounts.named(connection, "siti")
        accounts.grant(connection, account, VILLAGE, NOON)
        accounts.withdraw(connection, account, VILLAGE, NOON)
        assert accounts.granted_scopes(connection, user_id, NOON) == []
        accounts.grant(connection, account, VILLAGE, NOON)
        assert accounts.granted_scopes(connection, user_id, NOON) == [VILLAGE]


def test_a_login_is_known_by_one_account(database: Database) -> None:
    add_user(database)
    with pytest.raises(accounts.AccountFailure):
        add_user(database, "SITI")
    with database.writing() as connection:
        connection.execute(update(ACCOUNT).values(closed_at=NOON))
    with pytest.raises(accounts.AccountFailure):
        add_user(database)


def test_whoever_signs_in_while_the_hash_is_renewed_signs_in(database: Database) -> None:
    clock = Clock()
    user_id = add_user(database)
    renewals: list[str] = []

    def another() -> None:
        if not renewals:
            renewals.append(FAST_PASSWORDS.hash(PASSWORD))
            with database.writing() as connection:
                accounts.set_password(connection, user_id, renewals[0])

    with running(create_app(database, clock, Slow(another, 1))) as address:
        assert sign_in(address).status_code == 201
