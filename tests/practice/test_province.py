"""The practice province: it starts, stops, starts again, and never outlives whoever started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from desktop import programs
from desktop.models.records.people import Role
from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.practice.province import Province
from desktop.sync.client import Client

_PARENT = """
import sys
from pathlib import Path
from desktop.practice.province import Province
province = Province(Path(sys.argv[1]))
print(province.start(), flush=True)
sys.stdin.read()
"""


def answers(address: str) -> bool:
    client = Client(address)
    try:
        return client.is_reachable()
    finally:
        client.close()


def test_it_stops_and_starts_again_at_the_same_address(tmp_path: Path) -> None:
    province = Province(tmp_path)
    address = province.start()
    try:
        before = requests.get(f"{address}/healthz", timeout=10).json()["incarnation"]
        province.stop()
        assert not province.is_running
        assert not answers(address)
        assert province.start() == address
        assert requests.get(f"{address}/healthz", timeout=10).json()["incarnation"] == before
        province.stop()
        province = Province(tmp_path)
        assert province.start() == address, "a new one remembers where the last one was"
    finally:
        province.stop()


def test_it_says_why_an_account_was_refused(tmp_path: Path) -> None:
    province = Province(tmp_path)
    with pytest.raises(PracticeFailure) as failure:
        province.add_user("siti", "Siti", Role.FACILITATOR, ("36.02.14.2009",), "kurang")
    assert failure.value.fault is PracticeFault.ACCOUNT_REFUSED
    assert failure.value.detail


def test_a_server_that_cannot_start_is_told_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "server.db").write_bytes(b"SQLite format 3\x00 and something else")
    with pytest.raises(PracticeFailure) as failure:
        Province(tmp_path).start()
    assert failure.value.fault is PracticeFault.NO_SERVER
    assert failure.value.detail


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_it_dies_with_whoever_started_it(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-c", _PARENT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        address = parent.stdout.readline().strip()
        assert answers(address)
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while answers(address):
        assert time.monotonic() < deadline, "the server outlived its parent"


def test_in_a_bundle_the_server_stands_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(Path("/opt/berdaya/berdaya")))
    (server,) = programs.server_command()
    assert Path(server).parent == Path("/opt/berdaya")
    assert Path(server).stem == "berdaya-server"
    assert programs.own_command() == [sys.executable]


def test_settings_of_a_real_berdaya_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERDAYA_HOME", "/somewhere/real")
    kept = programs.clean_environment(QT_QPA_PLATFORM="offscreen")
    assert "BERDAYA_HOME" not in kept
    assert kept["QT_QPA_PLATFORM"] == "offscreen"
