"""The monthly figures of a family's business: profit, totals, and figures worth a second look."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from desktop.models.rules.findings import Finding, Severity

JUMP_NAME: Final = "ledger-jump"
JUMP_VERSION: Final = 1
JUMP_FACTOR: Final = 10
"""One zero too many or too few is the commonest slip with rupiah."""


class LedgerFinding(StrEnum):
    """What can be remarkable about a month's figures."""

    NEGATIVE_AMOUNT = "negative_amount"
    JUMP_UP = "jump_up"
    JUMP_DOWN = "jump_down"


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What a business reports for one month, in whole rupiah; None is "not answered".

    Attributes:
        revenue: what was sold (omzet).
        expenses: what selling it cost.
        assets: stock and equipment at the end of the month.
        savings: the balance at the end of the month.
        debt: still owed at the end of the month.
        instalment: paid on debt in the month.
    """

    revenue: int | None = None
    expenses: int | None = None
    assets: int | None = None
    savings: int | None = None
    debt: int | None = None
    instalment: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """Sums over several months, in whole rupiah, and of how many months they tell.

    Attributes:
        revenue: of all months that answered it.
        expenses: of all months that answered it.
        profit: of the months that answered both; it need not be `revenue - expenses`.
        months_with_profit_known: the months behind `profit`.
        months_profitable: those of them with a profit above zero.
    """

    revenue: int
    expenses: int
    profit: int
    months_with_profit_known: int
    months_profitable: int


def profit(revenue: int | None, expenses: int | None) -> int | None:
    """Return revenue less expenses, negative for a loss; None while one is not answered."""
    if revenue is None or expenses is None:
        return None
    return revenue - expenses


def totals(months: Iterable[MonthFigures]) -> LedgerTotals:
    """Add up months; what was not answered adds nothing."""
    reported = list(months)
    profits = [
        known for month in reported if (known := profit(month.revenue, month.expenses)) is not None
    ]
    return LedgerTotals(
        revenue=sum(month.revenue or 0 for month in reported),
        expenses=sum(month.expenses or 0 for month in reported),
        profit=sum(profits),
        months_with_profit_known=len(profits),
        months_profitable=sum(known > 0 for known in profits),
    )


def ledger_findings(current: MonthFigures, previous: MonthFigures | None = None) -> list[Finding]:
    """Check a month by itself and against the month before.

    A figure ten times, or a tenth, of last month's is a warning (rule "ledger-jump", version 1):
    it may be true, as after a harvest. A start from nothing or a fall to nothing is not a jump.

    Returns:
        Findings whose details hold `field` (the name in `MonthFigures`), `current` and, for a
        jump, `previous` in rupiah.
    """
    findings = []
    for figure in fields(MonthFigures):
        now: int | None = getattr(current, figure.name)
        before: int | None = getattr(previous, figure.name) if previous is not None else None
        if now is None:
            continue
        details: dict[str, str | int] = {"field": figure.name, "current": now}
        if now < 0:
            findings.append(Finding(LedgerFinding.NEGATIVE_AMOUNT, Severity.ERROR, details))
        elif before is not None and (jump := _jump(now, before)) is not None:
            findings.append(Finding(jump, Severity.WARNING, details | {"previous": before}))
    return findings


def _jump(now: int, before: int) -> LedgerFinding | None:
    if now <= 0 or before <= 0:
        return None
    if now >= before * JUMP_FACTOR:
        return LedgerFinding.JUMP_UP
    if now * JUMP_FACTOR <= before:
        return LedgerFinding.JUMP_DOWN
    return None
