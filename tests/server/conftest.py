"""What tests of the server share: the office's console on the database of the test."""

import io

import pytest

from tests.server.console import Console
from tests.servers import Place


@pytest.fixture
def console(
    database_place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Console:
    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return Console(database_place, capsys, type_in)
