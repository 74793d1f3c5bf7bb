"""The log says where and what kind, never whose."""

import io
import logging

import pytest

from server.logs import Access, configure


def test_a_line_says_who_and_what_and_of_an_error_only_the_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    stream = io.StringIO()
    configure(stream, "worker 2: ")
    logging.getLogger("server").error("failed", exc_info=ValueError("3601010101010001"))
    first, kind = stream.getvalue().splitlines()
    assert first.endswith(" ERROR worker 2: failed")
    assert kind == "builtins.ValueError"


def test_an_access_is_method_path_and_status() -> None:
    arguments = ("10.1.2.3:5123", "GET", "/healthz?who=siti", "1.1", 200)
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None
    )
    assert Access().filter(record)
    assert record.getMessage() == "GET /healthz 200"
