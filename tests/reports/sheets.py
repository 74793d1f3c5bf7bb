"""Invented families and visits, as the sheet for a family takes them."""

from datetime import date
from typing import Any

from desktop.models.queries.family_sheet import Promise, SheetBasis
from desktop.models.queries.household import FamilyView
from desktop.models.queries.members import MemberView
from desktop.models.queries.transport import Receipt
from desktop.models.records.base import new_id
from desktop.models.rules.carrying import Standing
from desktop.models.rules.deprivations import Factor, Outcome, Result
from desktop.reports.family_sheet import Choices, FamilySheet, family_sheet
from desktop.reports.told_visit import ToldVisit

TODAY = date(2026, 11, 21)
DUE = date(2026, 12, 21)
NIK, KK = "3601012108600001", "3601010102010001"
LONG_NAME = "Raden Mas Muhammad Abdurrahman Kusumaningrat bin Haji Syarifuddin Prawirakusumah"
CODES = {"+": Result.NOT_DEPRIVED, "-": Result.DEPRIVED, "?": Result.UNKNOWN}


def basis(name: str = "Siti Contoh", **known: Any) -> SheetBasis:
    """What is known of a family that is accompanied."""
    head = MemberView(
        new_id(), name, "head", "present", NIK, "female", date(1985, 3, 4), "Lebak", "Petani", None
    )
    family = FamilyView(
        id=new_id(),
        scope="36.01.01.2001",
        village=known.pop("village", "Sumberjaya"),
        is_urban=False,
        hamlet=known.pop("hamlet", "Kp. Cibogo"),
        rt="003",
        rw="001",
        address="Jalan Contoh 7",
        phone="+6281200000000",
        note="Suami sakit",
        status="active",
        family_card=KK,
        receipt=Receipt(),
        members=[head],
        visits=known.pop("visits", ()),
    )
    usual: dict[str, Any] = {
        "family": family,
        "village_kind": "desa",
        "regency": "Kabupaten Pandeglang",
        "is_accompanied": True,
        "next_due_on": DUE,
        "first_met": None,
        "last_met": None,
        "business_promises": (),
        "grants": (),
        "phone": None,
    }
    return SheetBasis(**(usual | known))


def standing(marks: str, on: date = TODAY, since: date | None = None) -> Standing:
    """The eight factors in their order: + is enough, - is lacking, ? is not known.

    With `since`, that was found on that day: food alone was asked now.
    """
    factors = zip(Factor, marks, strict=True)
    found = {factor: Outcome(CODES[mark]) for factor, mark in factors}
    return Standing(on, found, {one: since for one in list(Factor)[1:] if since})


def visit(now: str = "", before: str = "", *promises: Promise, **said: Any) -> ToldVisit:
    """A visit of today; without marks the family was not asked."""
    usual: dict[str, Any] = {
        "on": TODAY,
        "outcome": "met",
        "now": standing(now) if now else None,
        "before": standing(before, date(2026, 8, 12)) if before else None,
        "promises": promises,
        "next_due_on": DUE,
        "facilitator": "Rina Contoh",
        "is_own": True,
    }
    return ToldVisit(**(usual | said))


def made(
    told: ToldVisit | None = None, known: SheetBasis | None = None, choices: Choices | None = None
) -> FamilySheet:
    """The sheet of them."""
    return family_sheet(
        known or basis(), told or visit("+-+-?+--", "+--+?+--"), choices or Choices(), TODAY
    )
