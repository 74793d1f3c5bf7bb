"""Monthly business figures: profit, totals, and the figures worth a second look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.findings import Severity
from desktop.models.rules.ledger import (
    LedgerFinding,
    LedgerTotals,
    MonthFigures,
    ledger_findings,
    profit,
    totals,
)


@pytest.mark.parametrize(
    ("revenue", "expenses", "expected"),
    [
        (1_500_000, 900_000, 600_000),
        (900_000, 1_500_000, -600_000),
        (0, 0, 0),
        (None, 900_000, None),
        (1_500_000, None, None),
        (None, None, None),
    ],
)
def test_profit(revenue: int | None, expenses: int | None, expected: int | None) -> None:
    assert profit(revenue, expenses) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (500_000, 5_000_000, LedgerFinding.JUMP_UP),
        (500_000, 4_999_999, None),
        (500_000, 50_000, LedgerFinding.JUMP_DOWN),
        (500_000, 50_001, None),
        (500_000, 500_000, None),
        (0, 5_000_000, None),
        (500_000, 0, None),
        (None, 5_000_000, None),
        (500_000, None, None),
    ],
)
def test_jump(before: int | None, now: int | None, expected: LedgerFinding | None) -> None:
    findings = ledger_findings(MonthFigures(revenue=now), MonthFigures(revenue=before))
    assert [finding.code for finding in findings] == ([expected] if expected else [])
    for finding in findings:
        assert finding.severity is Severity.WARNING
        assert finding.details == {"field": "revenue", "current": now, "previous": before}


def test_every_figure_is_checked() -> None:
    findings = ledger_findings(
        MonthFigures(10, 10, 10, 10, 10, 10), MonthFigures(100, 100, 100, 100, 100, 100)
    )
    assert [finding.details["field"] for finding in findings] == [
        "revenue",
        "expenses",
        "assets",
        "savings",
        "debt",
        "instalment",
    ]


def test_a_negative_amount_is_an_error_and_no_jump() -> None:
    (finding,) = ledger_findings(MonthFigures(debt=-5), MonthFigures(debt=5_000))
    assert (finding.code, finding.severity) == (LedgerFinding.NEGATIVE_AMOUNT, Severity.ERROR)
    assert finding.details == {"field": "debt", "current": -5}


def test_the_first_month_has_nothing_to_compare() -> None:
    assert ledger_findings(MonthFigures(revenue=5_000_000, expenses=1)) == []


def test_totals() -> None:
    assert totals(
        [
            MonthFigures(revenue=1_000_000, expenses=400_000),
            MonthFigures(revenue=500_000, expenses=700_000),
            MonthFigures(revenue=300_000),
            MonthFigures(),
        ]
    ) == LedgerTotals(
        revenue=1_800_000,
        expenses=1_100_000,
        profit=400_000,
        months_with_profit_known=2,
        months_profitable=1,
    )


def test_totals_of_nothing() -> None:
    assert totals([]) == LedgerTotals(0, 0, 0, 0, 0)


@given(now=st.integers(1, 10**12), before=st.integers(1, 10**12))
def test_a_jump_up_is_a_jump_down_seen_backwards(now: int, before: int) -> None:
    def jumped(current: int, previous: int) -> list[str]:
        found = ledger_findings(MonthFigures(revenue=current), MonthFigures(revenue=previous))
        return [finding.code.value for finding in found]

    assert (jumped(now, before) == ["jump_up"]) is (jumped(before, now) == ["jump_down"])
