"""When the next visit is due and what for: the rhythm, the receipts, and what the office asks for."""

from datetime import date

import pytest

from desktop.models.records.base import REF_SCOPE, new_id, utc_now
from desktop.models.records.questionnaires import Cadence
from desktop.models.rules.cadence import (
    SHIPPED,
    Asked,
    Rhythm,
    Standing,
    due_on,
    months_later,
    newest_holding,
    next_due,
    purpose_of_next,
    receipts_due,
    rhythm_of,
)

OFTEN = Rhythm(receipts_days=10, close_months=2, close_step=2, later_step=4)
BEGUN, SECOND, LATE = date(2026, 1, 10), date(2026, 2, 10), date(2026, 11, 3)


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (None, None, None),
        (date(2026, 11, 3), date(2026, 11, 3), date(2026, 12, 3)),
        (date(2026, 6, 10), date(2026, 7, 12), date(2026, 8, 12)),
        (date(2026, 1, 10), date(2026, 7, 9), date(2026, 8, 9)),
        (date(2026, 1, 10), date(2026, 7, 10), date(2026, 10, 10)),
        (date(2025, 1, 10), date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_the_next_visit(first: date | None, last: date | None, due: date | None) -> None:
    assert next_due(first, last) == due


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (BEGUN, BEGUN, date(2026, 3, 10)),
        (BEGUN, date(2026, 3, 9), date(2026, 5, 9)),
        (BEGUN, date(2026, 3, 10), date(2026, 7, 10)),
    ],
)
def test_another_rhythm(first: date, last: date, due: date) -> None:
    assert next_due(first, last, OFTEN) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
    ],
)
def test_short_months_end_earlier(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


PAID = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("standing", "due"),
    [
        (Standing(BEGUN, SECOND, SECOND), None),
        (Standing(BEGUN, SECOND, SECOND, disbursed=[PAID]), date(2026, 3, 22)),
        # Of several, the one paid first.
        (Standing(BEGUN, SECOND, SECOND, disbursed=[LATE, PAID]), date(2026, 3, 22)),
        # Met since it was paid, but not asked for them.
        (Standing(BEGUN, LATE, LATE, disbursed=[PAID]), date(2026, 3, 22)),
        # Asked for them, be it on that very day.
        (Standing(BEGUN, LATE, LATE, date(2026, 3, 2), [PAID]), None),
        (Standing(BEGUN, PAID, SECOND, PAID, [PAID]), None),
        (Standing(BEGUN, PAID, SECOND, date(2026, 2, 28), [PAID]), date(2026, 3, 22)),
        # A second grant is looked at as well.
        (Standing(BEGUN, LATE, date(2026, 10, 1), PAID, [PAID, LATE]), date(2026, 11, 24)),
    ],
)
def test_receipts_are_looked_at_after_a_grant(standing: Standing, due: date | None) -> None:
    assert receipts_due(standing) == due


def test_the_days_until_the_receipts_are_data() -> None:
    standing = Standing(BEGUN, SECOND, SECOND, disbursed=[PAID])
    assert receipts_due(standing, OFTEN) == date(2026, 3, 11)


NEVER = Standing()
MONTHLY = Standing(BEGUN, SECOND, SECOND)
QUARTERLY = Standing(BEGUN, LATE, LATE)
OWING = Standing(BEGUN, SECOND, SECOND, disbursed=[date(2026, 2, 12)])
OWING_LATER = Standing(BEGUN, SECOND, SECOND, disbursed=[PAID])
REFUSED = Standing(BEGUN, BEGUN)
SOON, LATER = Asked(date(2026, 2, 20)), Asked(date(2027, 6, 1), "receipts")


@pytest.mark.parametrize(
    ("standing", "asked", "due", "purpose"),
    [
        (NEVER, [], None, "baseline"),
        (NEVER, [SOON], None, "baseline"),
        (NEVER, [LATER], None, "receipts"),
        (REFUSED, [], date(2026, 2, 10), "baseline"),
        (MONTHLY, [], date(2026, 3, 10), "monthly"),
        (QUARTERLY, [], date(2027, 2, 3), "quarterly"),
        (OWING, [], date(2026, 3, 5), "receipts"),
        # Both will be done at the visit that is due first.
        (OWING_LATER, [], date(2026, 3, 10), "monthly"),
        (MONTHLY, [SOON], date(2026, 2, 20), "monthly"),
        (OWING, [SOON], date(2026, 2, 20), "receipts"),
        # What was asked for in so many words is done at the next visit, even if it is not due yet.
        (MONTHLY, [LATER], date(2026, 3, 10), "receipts"),
        (MONTHLY, [SOON, LATER], date(2026, 2, 20), "receipts"),
        (MONTHLY, [LATER, Asked(date(2026, 4, 1), "baseline")], date(2026, 3, 10), "baseline"),
        # A purpose that a newer version knows is kept as it is.
        (QUARTERLY, [Asked(LATE, "graduation")], LATE, "graduation"),
    ],
)
def test_what_wants_the_next_visit_first(
    standing: Standing, asked: list[Asked], due: date | None, purpose: str
) -> None:
    assert due_on(standing, asked) == due
    assert purpose_of_next(standing, asked) == purpose


def test_what_a_visit_is_for_follows_the_rhythm() -> None:
    standing = Standing(BEGUN, date(2026, 4, 1), date(2026, 4, 1))
    assert purpose_of_next(standing) == "monthly"
    assert purpose_of_next(standing, rhythm=OFTEN) == "quarterly"


def cadence(holds_from: date, **fields: object) -> Cadence:
    values = {"receipts_days": 10, "close_months": 2, "close_step": 2, "later_step": 4, **fields}
    return Cadence.model_validate({"scope": REF_SCOPE, "holds_from": holds_from, **values})


def test_of_those_that_hold_the_newest_counts() -> None:
    old, new = cadence(date(2026, 1, 1)), cadence(date(2026, 6, 1))
    corrected = cadence(date(2026, 6, 1), id=new_id())
    gone = cadence(date(2026, 6, 2), deleted_at=utc_now())
    known = [corrected, new, gone, old]

    assert newest_holding([], LATE) is None
    assert newest_holding(known, date(2025, 12, 31)) is None
    assert newest_holding(known, date(2026, 5, 31)) is old
    assert newest_holding(known, date(2026, 6, 1)) is corrected, "it was written last"


def test_without_any_the_shipped_one_counts() -> None:
    assert rhythm_of(None) == SHIPPED == Rhythm(21, 6, 1, 3)
    assert rhythm_of(cadence(BEGUN)) == OFTEN
