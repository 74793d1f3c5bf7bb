"""Printing the sheet for the family from a visit that is still on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.reports.told_visit import ToldVisit, due_after, promises
from desktop.ui.printing.opening import print_told

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.models.queries.family_sheet import SheetBasis
    from desktop.ui.desk import Desk
    from desktop.ui.pages.visit.visit import Visit


def print_visit(desk: Desk, owner: QObject, visit: Visit) -> None:
    """Shows the sheet as the answers stand; the visit need not be finished, but it could be.

    Args:
        desk: the collaborators of all pages.
        owner: who asks.
        visit: the visit.
    """
    account, said = desk.account, visit.finished()

    def tell(basis: SheetBasis) -> ToldVisit:
        return ToldVisit(
            on=said.visited_on,
            outcome=said.outcome,
            now=visit.factors(),
            before=visit.previous_factors(),
            promises=promises(basis, said.visited_on, said.answers),
            next_due_on=due_after(basis, said.visited_on, said.outcome),
            facilitator=account.name if account else "",
            is_own=True,
        )

    print_told(desk, owner, visit.basis.household_id, tell)
