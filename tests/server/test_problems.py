"""Failures as problems: their table, and what answers look like."""

import itertools
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from fastapi import FastAPI

from desktop.models.store.engine import StoreFailure, StoreFault
from server import problems
from server.database import Database
from server.problems import Problem
from tests.conftest import MakeServer
from tests.server.laptop import problem
from tests.servers import running


def _rows(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for row in kind.__subclasses__():
        if hasattr(row, "number"):
            yield row
        yield from _rows(row)


def test_numbers_and_slugs_name_one_problem_each() -> None:
    rows = list(_rows())
    assert len({row.number for row in rows}) == len({row.slug for row in rows}) == len(rows)


def test_numbers_begin_with_their_status_and_leave_no_gap() -> None:
    numbers = sorted(tuple(map(int, row.number.split("."))) for row in _rows())
    for status, group in itertools.groupby(numbers, key=lambda number: number[0]):
        counts = [count for _, count in group]
        assert counts == list(range(1, len(counts) + 1)), f"problems of status {status}"


def test_unknown_address_and_method(database: Database, make_server: MakeServer) -> None:
    address = make_server(database)
    assert problem(requests.get(f"{address}/nothing", timeout=10)) == (404, "not-found")
    answer = requests.put(f"{address}/healthz", timeout=10)
    assert problem(answer) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["details"] == {"allowed": ["GET"]}


def test_a_body_that_is_not_json(database: Database, make_server: MakeServer) -> None:
    answer = requests.post(
        f"{make_server(database)}/session",
        data=b'{"password": "rahasia',
        headers={"Content-Type": "application/json"},
        timeout=10,
    )
    assert problem(answer) == (422, "invalid-request")
    assert "rahasia" not in answer.text


@pytest.fixture
def failing_app(database: Database, tmp_path: Path) -> FastAPI:
    """An application whose addresses fail in the ways that nobody plans."""
    app = FastAPI()
    problems.install(app)

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("Siti's NIK is 3601010101010001")

    @app.get("/locked")
    def locked() -> None:
        raise StoreFailure(StoreFault.LOCKED)

    @app.get("/unreachable")
    def unreachable() -> None:
        with Database.at(f"postgresql://nobody@/none?host={tmp_path}").reading():
            raise AssertionError("it was reached")

    @app.get("/statement")
    def statement() -> None:
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT * FROM forgotten")

    return app


def test_a_bug_tells_a_reference_and_nothing_inside(
    failing_app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    with running(failing_app) as address, caplog.at_level(logging.ERROR):
        answer = requests.get(f"{address}/bug", timeout=10)
    assert problem(answer) == (500, "unexpected")
    assert "Siti" not in answer.text
    assert answer.json()["details"]["reference"] in caplog.messages[0]
    assert "Siti" not in caplog.messages[0]


def test_a_database_that_does_not_answer_is_a_reason_to_try_later(failing_app: FastAPI) -> None:
    with running(failing_app) as address:
        for away in ("locked", "unreachable"):
            answer = requests.get(f"{address}/{away}", timeout=10)
            assert problem(answer) == (503, "database-away"), away


def test_a_statement_that_is_wrong_is_a_bug(failing_app: FastAPI) -> None:
    with running(failing_app) as address:
        answer = requests.get(f"{address}/statement", timeout=10)
    assert problem(answer) == (500, "unexpected")
