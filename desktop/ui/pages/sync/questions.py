"""What somebody has to decide: a card each, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.operations import decisions, duplicates
from desktop.models.queries.conflicts import open_conflicts
from desktop.models.rules.resolution import DUPLICATE
from desktop.ui.pages.sync.conflict_card import ConflictCard
from desktop.ui.pages.sync.duplicate_card import DuplicateCard
from desktop.ui.theme.tokens import S3

if TYPE_CHECKING:
    from uuid import UUID

    from desktop.models.queries.conflicts import OpenConflict
    from desktop.models.store.writer import Writer
    from desktop.ui.desk import Desk
    from desktop.ui.pages.sync.decision_card import DecisionCard


class Questions(QWidget):
    """The cards; hidden while there are none.

    Args:
        desk: the collaborators of all pages.
    """

    grew = Signal(object)
    """A card that is higher now."""

    decided = Signal(object)
    """A decision was kept: the card to go on with, or None if there is no other."""

    failed = Signal()
    """A decision was not kept: what there is to decide may have changed meanwhile."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.cards: dict[tuple[UUID, str], DecisionCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(S3)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def ask(self, conflicts: list[OpenConflict]) -> None:
        """A card each; one that is as it was stays, with what was chosen and written in it.

        While a decision is being kept, all stay as they are: these may have been looked up before it,
        and are looked up anew once it is kept or has failed.
        """
        if any(card.is_deciding for card in self.cards.values()):
            return
        former, self.cards = self.cards, {}
        for place, conflict in enumerate(conflicts):
            card = former.get(conflict.key)
            if card is None or card.conflict != conflict or not card.isEnabled():
                card = self._card(conflict, card)
            self.cards[conflict.key] = card
            self._column.insertWidget(place, card)
        kept = list(self.cards.values())
        for card in former.values():
            if card not in kept:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        # Hidden while it is empty: the space between two cards would be there twice.
        self.setVisible(bool(conflicts))

    def about(self, conflict_id: UUID | None) -> DecisionCard | None:
        """The card that a record of a conflict is on."""
        return next((one for one in self.cards.values() if conflict_id in one.conflict.ids), None)

    def _card(self, conflict: OpenConflict, former: DecisionCard | None) -> DecisionCard:
        kind = DuplicateCard if conflict.field == DUPLICATE else ConflictCard
        card = kind(self._desk, conflict)
        card.decided.connect(self._decide)
        card.grew.connect(lambda: self.grew.emit(card))
        if former is not None and former.isEnabled():
            card.take_over(former)
        return card

    def _decide(self, conflict: OpenConflict, value: Any, reason: str) -> None:
        subject = (conflict.table, conflict.row_id, conflict.scope)
        members = [one.member_id for one in conflict.people]
        card = self.cards[conflict.key]
        role = card.role()

        def operation(writer: Writer) -> None:
            if conflict not in open_conflicts(writer.connection):
                raise decisions.ChangedError(f"{conflict.table} {conflict.row_id}")
            if conflict.field == DUPLICATE:
                answer, chosen = value
                duplicates.settle(writer, conflict.ids, members, answer, chosen, reason)
            else:
                decisions.decide(
                    writer, conflict.ids, subject, conflict.field, value, role, reason or None
                )

        def failed(error: Exception) -> None:
            card.resume()
            self._desk.explain(error)
            self.failed.emit()

        self._desk.write(self, operation, lambda _nothing: self._kept(conflict), failed)

    def _kept(self, conflict: OpenConflict) -> None:
        self.cards[conflict.key].is_deciding = False
        self._desk.notices.info(self.tr("The decision is saved and will be sent."))
        others = (card for key, card in self.cards.items() if key != conflict.key)
        self.decided.emit(next(others, None))
