"""Synthetic small businesses: what they sell month by month, and the grants they grew from."""

from datetime import date, timedelta
from typing import Final

from desktop.models.records.base import natural_id
from desktop.models.records.businesses import (
    Business,
    BusinessStatus,
    Grant,
    ProgrammeYear,
    ProgressReport,
    progress_report_id,
)
from desktop.models.reference import Reference
from desktop.models.rules.dates import month_end, month_key, shift_month
from desktop.practice import names
from desktop.practice.people import Draw, Family
from desktop.practice.year import Year, moved

_WITH_BUSINESS: Final = 0.6
_JUMP: Final = 0.03
"""How often a month has one zero too many, which is what the checks and the district look for."""
_JUMP_FROM: Final = 5
"""Revenue so many times the expenses has a zero too many."""
_LATELY: Final = 3
"""Months that may still stand returned."""

_PROGRAMMES: Final = ((1, 2_000_000), (0, 2_500_000))
"""Years ago, and the amount in rupiah."""


def draw_programmes(draw: Draw) -> list[ProgrammeYear]:
    """Last year's grant programme and this year's."""
    return [
        ProgrammeYear(
            id=natural_id("practice_programme", year),
            scope="ref",
            name="UEP",
            year=year,
            amount=amount,
            bank="Bank Banten",
            funder="APBD Provinsi Banten",
            report_due_on=date(year, 12, 20),
        )
        for year, amount in ((draw.today.year - ago, amount) for ago, amount in _PROGRAMMES)
    ]


def draw_livelihood(draw: Draw, year: Year, family: Family, reference: Reference) -> None:
    """Adds a family's business with its months and its grant, if it has one."""
    if not draw.is_so(_WITH_BUSINESS):
        return
    months = draw.chance.randint(3, 9)
    started = draw.today.replace(day=1) - timedelta(days=31 * months + draw.chance.randint(0, 25))
    code = draw.chance.choice(sorted(names.BUSINESSES))
    kinds = {kind.kbli_code: kind for kind in reference.business_types()}
    owner = family.members[0].name.split()[0]
    business = Business(
        id=draw.id_of(started),
        scope=family.household.scope,
        household_id=family.household.id,
        name=f"{kinds[code].name_id.split(',')[0]} {owner}",
        kbli_code=code,
        kbli_version=kinds[code].kbli_version,
        business_id_number=f"9{draw.chance.randrange(10**12):012}" if draw.is_so(0.4) else None,
        started_on=started,
    )
    reports = _months(draw, business, names.BUSINESSES[code], months)
    business.status = reports[-1].status or BusinessStatus.ACTIVE
    year.recorded += [business, *reports]
    for place, report in enumerate(reports):
        _hand_in(draw, year, report, age=months - place)
    _add_grant(draw, year, business, months)


def _months(draw: Draw, business: Business, usual: int, count: int) -> list[ProgressReport]:
    """The months up to the last one; a trend, a season, and sometimes a slip of the hand."""
    last = shift_month(month_key(draw.today), -1)
    level = usual * draw.chance.uniform(0.6, 1.2)
    trend = draw.chance.uniform(0.96, 1.08)
    savings, debt = draw.money(0, 300_000, 25_000), draw.chance.choice((0, 0, 0, 500_000, 900_000))
    reports = []
    for place in range(count):
        month = shift_month(last, place - count + 1)
        level *= trend
        revenue = _round(level * draw.chance.uniform(0.82, 1.15))
        expenses = _round(revenue * draw.chance.uniform(0.55, 0.88))
        if draw.is_so(0.07):
            expenses = _round(revenue * 1.12)
        instalment = min(debt, 100_000)
        debt -= instalment
        savings += draw.money(0, 60_000, 10_000)
        report = ProgressReport(
            id=progress_report_id(business.id, month),
            scope=business.scope,
            business_id=business.id,
            month=month,
            revenue=revenue * (10 if draw.is_so(_JUMP) else 1),
            expenses=expenses,
            stock=_round(level * draw.chance.uniform(0.25, 0.6)),
            savings=savings,
            debt=debt,
            instalment=instalment,
            family_workers=draw.chance.choice((1, 1, 2)),
            hired_workers=0,
            status=BusinessStatus.ACTIVE if trend > 0.98 else BusinessStatus.DECLINING,
        )
        if place >= count - 2:
            _add_constraint(draw, report)
        reports.append(report)
    return reports


def _add_constraint(draw: Draw, report: ProgressReport) -> None:
    if not draw.is_so(0.12):
        return
    report.constraint, report.follow_up = draw.chance.choice(names.CONSTRAINTS)
    report.follow_up_by = draw.chance.choice(("Pendamping", "Keluarga", "Desa"))
    report.follow_up_due_on = month_end(report.month) + timedelta(days=draw.chance.randint(10, 45))


def _hand_in(draw: Draw, year: Year, report: ProgressReport, *, age: int) -> None:
    """A month is handed in when it is over; the district has looked at all but the newest."""
    if age == 1 and draw.is_so(0.25):
        return
    end = month_end(report.month)
    handed_in = min(end + timedelta(days=draw.chance.randint(1, 9)), draw.yesterday)
    move = moved(draw, report, "draft > submitted", handed_in)
    year.recorded.append(move)
    seen = min(handed_in + timedelta(days=draw.chance.randint(1, 10)), draw.yesterday)
    has_jump = (report.revenue or 0) > _JUMP_FROM * (report.expenses or 0)
    if age <= _LATELY and (has_jump or draw.is_so(0.02)):
        reason = names.RETURNED_MONTH_JUMP if has_jump else names.RETURNED_MONTH
        move = moved(draw, report, "submitted > returned", seen, reason)
        year.verified.append(move)
    elif age > 1 or draw.is_so(0.3):
        year.verified.append(moved(draw, report, "submitted > verified", seen))


def _add_grant(draw: Draw, year: Year, business: Business, months: int) -> None:
    """Businesses of half a year and more have last year's grant; some of the others wait."""
    is_old = months >= 6
    if not is_old and draw.is_so(0.4):
        return
    programme = year.programmes[0 if is_old else 1]
    assert business.started_on is not None  # noqa: S101 it was just drawn
    proposed = business.started_on - timedelta(days=draw.chance.randint(60, 90))
    if not is_old:
        proposed = draw.days_ago(70, 20)
    paid = proposed + timedelta(days=draw.chance.randint(40, 55))
    grant = Grant(
        id=draw.id_of(proposed),
        scope=business.scope,
        household_id=business.household_id,
        business_id=business.id,
        programme_year_id=programme.id,
        amount=programme.amount,
        proposed_on=proposed,
        disbursed_on=paid if is_old else None,
        bank=programme.bank,
        account_number=f"9000{draw.chance.randrange(10**8):08}",
    )
    year.recorded.append(grant)
    _move_grant(draw, year, grant, paid, is_old=is_old)


def _move_grant(draw: Draw, year: Year, grant: Grant, paid: date, *, is_old: bool) -> None:
    assert grant.proposed_on is not None  # noqa: S101 it was just drawn
    seen = grant.proposed_on + timedelta(days=7)
    if not is_old and draw.is_so(0.15):
        reason = names.RETURNED_GRANT
        move = moved(draw, grant, "proposed > returned", seen, reason)
        year.verified.append(move)
        return
    if not is_old and draw.is_so(0.5):
        return
    year.verified.append(moved(draw, grant, "proposed > verified", seen))
    if not is_old:
        return
    approved = paid - timedelta(days=9)
    year.approved.append(moved(draw, grant, "verified > approved", approved))
    year.approved.append(moved(draw, grant, "approved > disbursed", paid))
    if draw.is_so(0.6):
        closed = min(paid + timedelta(days=60), draw.yesterday)
        move = moved(draw, grant, "disbursed > accounted", closed)
        year.accounted.append(move)


def _round(amount: float) -> int:
    return max(10_000, round(amount / 5_000) * 5_000)
