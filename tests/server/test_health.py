"""The small request that tells laptops whether the province is there, and the description."""

import requests

from server.database import Database
from server.queries import incarnations
from tests.conftest import MakeServer


def test_health_names_itself_and_its_incarnation(
    database: Database, make_server: MakeServer
) -> None:
    answer = requests.get(f"{make_server(database)}/healthz", timeout=10)
    with database.reading() as connection:
        current = incarnations.current(connection)
    assert current is not None
    assert answer.status_code == 200
    assert answer.json() == {"berdaya": 1, "ok": True, "incarnation": current.name}
    assert len(answer.content) < 100


def test_every_address_is_described_with_its_problems(
    database: Database, make_server: MakeServer
) -> None:
    description = requests.get(f"{make_server(database)}/openapi.json", timeout=10).json()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], f"{method} {path} has no description"
            assert operation["tags"], f"{method} {path} has no tag"
    session = description["paths"]["/session"]["post"]["responses"]
    assert {"201", "401", "403", "409", "422", "429"} <= set(session)
