"""The self-test: everything passes here, and whatever does not is told in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import selftest


def _check_fails(_folder: Path) -> None:
    raise selftest.CheckError("1 village instead of 1552")


def _check_breaks(_folder: Path) -> None:
    raise FileNotFoundError("a font\nis gone")


def test_everything_is_aboard() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "selftest"],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
        check=False,
        timeout=180,
    )
    assert ended.stdout.splitlines() == [f"ok   {name}" for name in selftest.CHECKS], ended.stderr
    assert ended.returncode == 0


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (_check_fails, "FAIL broken: 1 village instead of 1552"),
        (_check_breaks, "FAIL broken: FileNotFoundError: a font is gone"),
    ],
)
def test_a_failure_is_one_line_and_the_other_checks_go_on(
    check: object,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    whole = {"broken": check, "resources": selftest.check_resources}
    monkeypatch.setattr(selftest, "CHECKS", whole)
    assert selftest.run() == 1
    assert capsys.readouterr().out.splitlines() == [line, "ok   resources"]
