"""Whoever answers instead of the province: the right fault is told, and nothing that waits is lost.

Nor is anything taken for sent; and the next good sync brings it there.
"""

import gc
import socket
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any
from uuid import UUID

import pytest

from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.sync import wire
from desktop.sync.client import Client
from desktop.sync.engine import Pace
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Run, recent_runs
from desktop.sync.session import Session
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.sync import impostors
from tests.sync.impostors import JSON, PROBLEM, Impostor, answer, impostor, json_answer, problem

ENTRY_OF_NOTHING = {"i": "a1", "n": 1, "p": [["36.01.01.2001", 0, 5, 5, "rubbish"]]}

REPLIES: dict[str, tuple[impostors.Reply, SyncFault]] = {
    "a captive portal": (answer("200 OK"), SyncFault.NOT_THE_PROVINCE),
    "a redirect to a portal": (
        answer("302 Found", impostors.HTML, b"", "Location: http://127.0.0.1:1/login"),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "a redirect of JSON": (
        answer("307 Temporary Redirect", JSON, b"{}", "Location: http://127.0.0.1:1/"),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "a portal's 401": (answer("401 Unauthorized"), SyncFault.NOT_THE_PROVINCE),
    "a portal's 511": (
        answer("511 Network Authentication Required"),
        SyncFault.SERVER_FAILED,
    ),
    "another server's 404": (answer("404 Not Found"), SyncFault.NOT_THE_PROVINCE),
    "an empty body": (answer("200 OK", JSON, b""), SyncFault.NOT_THE_PROVINCE),
    "no content": (answer("204 No Content", JSON, b""), SyncFault.NOT_THE_PROVINCE),
    "nothing at all": (b"", SyncFault.OFFLINE),
    "noise": (b"\x00\x01\x02 what?\r\n\r\n", SyncFault.OFFLINE),
    "half a head": (b"HTTP/1.1 200 OK\r\nContent-Ty", SyncFault.NOT_THE_PROVINCE),
    "half a body": (answer("200 OK", JSON, b'{"i":', length=500), SyncFault.CUT_OFF),
    "half a chunk": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b'Transfer-Encoding: chunked\r\n\r\n20\r\n{"i":',
        SyncFault.CUT_OFF,
    ),
    "a folded body without its end": (impostors.cut_gzip(), SyncFault.CUT_OFF),
    "a body that is not folded as it says": (
        answer("200 OK", JSON, b"{}", "Content-Encoding: gzip"),
        SyncFault.CUT_OFF,
    ),
    "a bomb": (impostors.bomb(wire.MAX_DECOMPRESSED + 1), SyncFault.CUT_OFF),
    "a failed server's page": (answer("500 Internal Server Error"), SyncFault.SERVER_FAILED),
    "a failed server's problem": (
        problem("500 Internal Server Error", "unexpected"),
        SyncFault.SERVER_FAILED,
    ),
    "a proxy without its server": (answer("502 Bad Gateway"), SyncFault.SERVER_FAILED),
    "a busy proxy": (answer("503 Service Unavailable"), SyncFault.SERVER_BUSY),
    "a database that is away": (
        problem("503 Service Unavailable", "database-away"),
        SyncFault.SERVER_BUSY,
    ),
    "too many attempts": (
        problem("429 Too Many Requests", "too-many-attempts"),
        SyncFault.SERVER_BUSY,
    ),
    "an ended session": (problem("401 Unauthorized", "not-signed-in"), SyncFault.NOT_SIGNED_IN),
    "a closed account": (problem("403 Forbidden", "account-closed"), SyncFault.ACCOUNT_CLOSED),
    "a proxy that takes less": (answer("413 Content Too Large"), SyncFault.TOO_LARGE),
    "a province that takes less": (
        problem("413 Content Too Large", "message-too-large"),
        SyncFault.TOO_LARGE,
    ),
    "a problem of a newer province": (problem("400 Bad Request", "something"), SyncFault.REFUSED),
    "a problem that is none": (
        answer("400 Bad Request", PROBLEM, b"<html>"),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "JSON of somebody": (json_answer({"status": "ok"}), SyncFault.NOT_THE_PROVINCE),
    "a list": (json_answer([1, 2]), SyncFault.NOT_THE_PROVINCE),
    "no JSON": (answer("200 OK", JSON, b"{status: ok}"), SyncFault.NOT_THE_PROVINCE),
    "nothing to say to what was sent": (json_answer({}), SyncFault.NOT_THE_PROVINCE),
    "no outcome of what was sent": (
        json_answer({"i": "a1", "n": 1, "l": [9, 0]}),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "a day that never comes": (
        json_answer({"i": "a1", "n": 10**18, "l": [9, 0]}),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "wrong types": (
        json_answer({"i": "a1", "n": 1, "l": ["a", "b"]}),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "a page of nothing": (json_answer(ENTRY_OF_NOTHING), SyncFault.NOT_THE_PROVINCE),
    "a list within lists": (
        answer("200 OK", JSON, b'{"i":' + b"[" * 200_000),
        SyncFault.NOT_THE_PROVINCE,
    ),
    "silence": (impostors.hang, SyncFault.TIMEOUT),
    "half an answer, then silence": (impostors.hang_half_way, SyncFault.TIMEOUT),
}


@pytest.fixture(scope="module")
def shared_siti(shared_province: Province) -> Laptop:
    siti = shared_province.laptop("siti")
    siti.sync()
    return siti


@pytest.fixture
def siti(shared_siti: Laptop) -> Iterator[Laptop]:
    """A laptop with something to send. Tests may leave it unsent."""
    shared_siti.pace = Pace(ops=8, room=8192)
    yield shared_siti
    shared_siti.sync()


def kept(laptop: Laptop) -> tuple[Any, ...]:
    """All that a failed sync must leave as it was."""
    with laptop.store.reading() as connection:
        confirmed = get_meta(connection, Meta.LAST_CONFIRMED)
        incarnation = get_meta(connection, Meta.INCARNATION)
    return laptop.outbox(), laptop.everything(), laptop.scopes(), confirmed, incarnation


def sync_with(laptop: Laptop, somebody: Impostor, **options: Any) -> Run:
    client = Client(somebody.address, "token", read_seconds=0.1, **options)
    try:
        return laptop.try_sync(client)
    finally:
        client.close()


def newest_run(laptop: Laptop) -> Run:
    with laptop.store.reading() as connection:
        return recent_runs(connection, 1)[0]


def assert_goes_on(province: Province, laptop: Laptop, family: UUID) -> None:
    """The next sync with the province brings there what waited, once."""
    run = laptop.sync()
    assert run.sent >= 2
    laptop.assert_whole()
    province.assert_agrees(laptop)
    province.assert_dense()
    assert province.row(family) is not None


@pytest.mark.parametrize("name", REPLIES)
def test_nothing_is_lost_and_nothing_taken_for_sent(
    shared_province: Province, siti: Laptop, name: str
) -> None:
    reply, fault = REPLIES[name]
    family = siti.register("Nur Aini")
    before = kept(siti)
    with impostor(reply) as somebody:
        run = sync_with(siti, somebody)
    assert run.fault is fault, run.detail
    assert kept(siti) == before
    assert len(somebody.requests) <= 5, "it was asked again and again"
    noted = newest_run(siti)
    assert (noted.fault, noted.sent, noted.received) == (fault, 0, 0)
    assert astuple(noted.traffic) == astuple(run.traffic)
    assert_goes_on(shared_province, siti, family)


@pytest.mark.parametrize(("name", "syncs"), [("silence", 3), ("a proxy that takes less", 1)])
def test_where_it_was_too_much_less_is_tried(siti: Laptop, name: str, syncs: int) -> None:
    """At once where somebody refuses it; where nobody answers, the next time."""
    siti.pace = Pace(ops=12)
    for _ in range(6):
        siti.register("Nur Aini")
    with impostor(REPLIES[name][0]) as somebody:
        for _ in range(syncs):
            sync_with(siti, somebody)
    sizes = [len(request) for request in somebody.requests]
    assert len(sizes) >= 3
    assert max(sizes[1:]) < sizes[0]


def test_nobody_is_there(shared_province: Province, siti: Laptop) -> None:
    family = siti.register("Nur Aini")
    before = kept(siti)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    run = sync_with(siti, Impostor(port, secure=False))
    assert run.fault is newest_run(siti).fault is SyncFault.OFFLINE
    assert kept(siti) == before
    assert_goes_on(shared_province, siti, family)


def test_a_portal_s_empty_answer_confirms_nothing_to_who_was_never_answered(
    shared_province: Province,
) -> None:
    shared_province.user("baru")
    laptop = shared_province.another_laptop("baru")
    with impostor(json_answer({})) as somebody:
        assert sync_with(laptop, somebody).fault is SyncFault.NOT_THE_PROVINCE
    with laptop.store.reading() as connection:
        assert get_meta(connection, Meta.LAST_CONFIRMED) is None


@pytest.mark.parametrize("name", ["a captive portal", "half a body", "half a chunk", "silence"])
def test_a_failure_that_is_kept_keeps_no_connection_open(name: str) -> None:
    """One left open is told of as a warning when it is collected, and warnings are errors."""

    def fail() -> None:
        with impostor(REPLIES[name][0]) as somebody:
            client = Client(somebody.address, read_seconds=0.1)
            with pytest.raises(SyncFailure) as caught:
                client.sign_in("siti", "rahasia", {})
        client.close()
        assert caught.traceback, "which holds this frame, and this frame holds it"

    fail()
    gc.collect()


@pytest.mark.parametrize(
    "name", ["a captive portal", "JSON of somebody", "half a body", "nothing at all", "silence"]
)
def test_only_the_province_counts_as_a_connection(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sync.client.CHECK_SECONDS", 0.1)
    with impostor(REPLIES[name][0]) as somebody:
        client = Client(somebody.address)
        assert not client.is_reachable()
        client.close()


@pytest.mark.parametrize("name", ["a captive portal", "nothing at all", "silence"])
def test_after_a_failure_it_is_asked_first_and_said_what_is_in_the_way(
    siti: Laptop, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("desktop.sync.client.CHECK_SECONDS", 0.1)
    reply, fault = REPLIES[name]
    with impostor(reply) as somebody:
        with siti.store.writing() as connection:
            set_meta(connection, Meta.SERVER, somebody.address)
        run = Session(siti.store, "0.1.0").sync(ask_first=True)
    with siti.store.writing() as connection:
        set_meta(connection, Meta.SERVER, siti.server)
    assert run is not None
    assert run.fault is fault
    assert [request.split(maxsplit=2)[1] for request in somebody.requests] == [b"/healthz"]


def test_a_sync_that_was_stopped_before_it_began_does_not_begin(siti: Laptop) -> None:
    session = Session(siti.store, "0.1.0")
    session.allow()
    session.cancel()
    run = session.sync()
    assert run is not None
    assert (run.fault, run.traffic.requests) == (SyncFault.STOPPED, 0)
    session.allow()
    run = session.sync()
    assert run is not None
    assert run.fault is None


def test_the_province_counts_as_a_connection(shared_province: Province) -> None:
    client = Client(shared_province.address)
    assert client.is_reachable()
    client.close()


@pytest.mark.parametrize("name", ["JSON of somebody", "a captive portal", "half a body"])
def test_a_login_that_somebody_else_answers_enrols_nobody(
    shared_province: Province, name: str
) -> None:
    login = f"masuk-{name.rsplit(maxsplit=1)[-1]}"
    shared_province.user(login)
    reply, fault = REPLIES[name]
    with impostor(reply) as somebody:
        laptop = Laptop(shared_province.folder / login, somebody.address, login)
        shared_province.keep(laptop)
        with pytest.raises(SyncFailure) as caught:
            laptop.enrol()
    assert caught.value.fault is fault
    with laptop.store.reading() as connection:
        assert get_meta(connection, Meta.TOKEN) is None
    laptop.server = shared_province.address
    laptop.enrol().sync()
