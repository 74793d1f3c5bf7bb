"""From a keystroke in the search of families to the painted rows, among 100,000."""

from pathlib import Path
from time import perf_counter
from typing import Any, Final

from PySide6.QtTest import QTest

from desktop.models.queries.households import expression
from desktop.models.rules.names import normalise_name
from desktop.ui.pages.households.page import HouseholdsPage
from tests.benchmarks.harness import Result, Target, p95, undisturbed
from tests.benchmarks.program import Program, running

TYPED: Final = (
    *("siti aini", "nur aini", "nuraini", "ahmad hidayat", "sumiati lestari", "sarman", "rohimah"),
    *("jubaedah", "saepudin", "kp cibogo", "pasir ona", "supriadi", "iskandar", "maesaroh"),
    *("sti aini", "ahmda hidayat", "suimati", "rohmiah", "hidaayt", "ksmariah"),  # slips
)
_LEAST_LETTERS: Final = 2
_ROWS: Final = 200


def measure(home: Path) -> Result:
    """The 95th of 100 keystrokes, from two letters on; the floor is the bare query of the index."""
    with running(home) as program:
        program.go("households", find=True)
        _type(program, TYPED[0])
        with undisturbed():
            value = [sample for typed in TYPED for sample in _type(program, typed)]
        floor = _query(program)
    return Result("search", p95(value), p95(floor), "ms", Target("value", 33))


def _type(program: Program, typed: str) -> list[float]:
    """Types into an empty field, letter by letter."""
    page = program.app.window.page
    assert isinstance(page, HouseholdsPage)
    program.do(page.field.clear)
    samples = [
        program.do(lambda letter=letter: QTest.keyClicks(page.field, letter))  # type: ignore[misc]
        for letter in typed
    ]
    return samples[_LEAST_LETTERS - 1 :]


def _query(program: Program) -> list[float]:
    samples = []
    with program.app.desk.store.reading() as connection:
        driver: Any = connection.connection.driver_connection
        for typed in TYPED:
            for letters in range(_LEAST_LETTERS, len(typed) + 1):
                matched = expression(normalise_name(typed[:letters]).split())
                begun = perf_counter()
                driver.execute(
                    "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?",
                    (matched, _ROWS),
                ).fetchall()
                samples.append((perf_counter() - begun) * 1000)
    return samples
