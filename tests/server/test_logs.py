"""The log says where and what kind, never whose."""

import logging
from typing import NoReturn

from server.logs import Access, Terse


def _break_a_rule() -> NoReturn:
    raise ValueError("Key (national_id)=(3601010101010001) exists")


def _raised() -> BaseException:
    try:
        try:
            _break_a_rule()
        except ValueError as cause:
            raise RuntimeError("Siti") from cause
    except RuntimeError as error:
        return error


def test_a_traceback_tells_place_and_type_from_the_root_cause_on() -> None:
    error = _raised()
    written = Terse().formatException((type(error), error, error.__traceback__))
    assert written.index("builtins.ValueError") < written.index("builtins.RuntimeError")
    assert "in _raised" in written
    said = [line for line in written.splitlines() if not line.startswith("    ")]
    assert not any("3601010101010001" in line or "Siti" in line for line in said)


def test_an_access_is_method_path_and_status() -> None:
    arguments = ("10.1.2.3:5123", "GET", "/healthz?who=siti", "1.1", 200)
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None
    )
    assert Access().filter(record)
    assert record.getMessage() == "GET /healthz 200"
