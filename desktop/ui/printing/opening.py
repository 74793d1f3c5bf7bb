"""Opening the sheet of a family: what is known of it is read, then the dialog shows the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.queries.family_sheet import SheetBasis, sheet_basis
from desktop.models.rules.dates import to_wib
from desktop.reports.family_sheet import family_sheet
from desktop.reports.told_visit import ToldVisit, told_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtCore import QObject

    from desktop.ui.desk import Desk


def print_stored(
    desk: Desk, owner: QObject, household_id: UUID, visit_id: UUID | None = None
) -> None:
    """Shows the sheet of a stored visit, to print it.

    Args:
        desk: the collaborators of all pages.
        owner: who asks; nothing is shown if it is gone by the time it could be.
        household_id: the family.
        visit_id: the visit; the last one unless told.
    """
    account = desk.account

    def tell(basis: SheetBasis) -> ToldVisit | None:
        visits = basis.family.visits
        wanted = visit_id or (visits[0].id if visits else None)
        if wanted is None or account is None:
            return None
        return told_of(basis, wanted, account.user_id, account.name)

    print_told(desk, owner, household_id, tell)


def print_told(
    desk: Desk,
    owner: QObject,
    household_id: UUID,
    tell: Callable[[SheetBasis], ToldVisit | None],
) -> None:
    """Shows the sheet of a visit that somebody tells of, to print it.

    Args:
        desk: the collaborators of all pages.
        owner: who asks; nothing is shown if it is gone by the time it could be.
        household_id: the family.
        tell: the visit, from what is known of the family.
    """
    reference, today = desk.reference, to_wib(desk.store.clock()).date()

    def show(basis: SheetBasis | None) -> None:
        visit = None if basis is None else tell(basis)
        if basis is None or visit is None:
            words = QCoreApplication.translate(
                "FamilySheetDialog", "There is nothing to print of this family yet."
            )
            desk.notices.warning(words)
            return
        from desktop.ui.printing.dialog import FamilySheetDialog  # noqa: PLC0415 when it is wanted

        dialog = FamilySheetDialog(
            desk,
            lambda choices: family_sheet(basis, visit, choices, today),
            basis.phone,
            asks_phone=visit.is_own,
            parent=_window_of(owner),
        )
        dialog.open()

    desk.read(owner, lambda connection: sheet_basis(connection, household_id, reference), show)


def _window_of(owner: QObject) -> QWidget | None:
    """The window that the dialog lies over, and that keeps it."""
    if isinstance(owner, QWidget):
        return owner.window()
    shown = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
    return QApplication.activeWindow() or next(shown, None)
