"""The program's log says where and what kind, never whose: it lies in the clear beside the store."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.logs import Terse, start_log
from desktop.models.store.engine import StoreFailure, StoreFault


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The file of a log that was started, ended with the test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_log(tmp_path / "logs")
    yield tmp_path / "logs" / "berdaya.log"
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def _break_a_rule() -> NoReturn:
    raise ValueError("Key (national_id)=(3601010101010001) exists")


def _raised() -> Exception:
    try:
        try:
            _break_a_rule()
        except ValueError as cause:
            raise StoreFailure(StoreFault.DISK_FULL, Path("Siti")) from cause
    except StoreFailure as error:
        return error


def test_a_traceback_tells_place_and_kind_from_the_root_cause_on() -> None:
    error = _raised()
    written = Terse().formatException((type(error), error, error.__traceback__))
    kind = "desktop.models.store.engine.StoreFailure (disk_full)"
    assert written.index("builtins.ValueError") < written.index(kind)
    assert "in _raised" in written
    assert not any(secret in said(written) for secret in ("3601010101010001", "Siti"))


def test_the_log_of_a_task_that_failed_says_nothing_of_a_family(log: Path) -> None:
    logging.getLogger("desktop.ui.desk").error("a task failed", exc_info=_raised())
    written = log.read_text("utf-8")
    assert "ERROR desktop.ui.desk a task failed" in written
    assert "(disk_full)" in written
    assert not any(secret in said(written) for secret in ("3601010101010001", "Siti"))


def test_what_another_log_wrote_of_an_error_is_not_taken_over(log: Path) -> None:
    error = _raised()
    raised = (type(error), error, error.__traceback__)
    record = logging.LogRecord("desktop", logging.ERROR, "", 0, "failed", (), raised)
    assert "3601010101010001" in logging.Formatter().format(record)
    logging.getLogger().handle(record)
    assert "3601010101010001" not in said(log.read_text("utf-8"))


def said(written: str) -> str:
    """Without the lines of code that a traceback quotes, which are this file's own."""
    return "\n".join(line for line in written.splitlines() if not line.startswith("    "))
