"""A question that somebody has to decide: what is known of it, answers to choose from, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.records.people import Role
from desktop.ui.theme.tokens import S2
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.models.queries.conflicts import OpenConflict
    from desktop.ui.desk import Desk
    from desktop.ui.widgets.choice_field import ChoiceField

_LABELS = 112


class DecisionCard(Card):
    """Nothing is chosen beforehand: a decision is made, not come upon.

    Number keys and arrows choose, Enter goes on to the next field and at last decides, Esc takes
    back what was chosen. Who makes one says what is known of it in lines, and calls `lay_out`.

    Args:
        desk: the collaborators of all pages.
        conflict: what has to be decided.
    """

    decided = Signal(object, object, str)
    """The conflict, what is to stand, and why."""

    grew = Signal()
    """A field was opened: the card is higher now."""

    is_deciding = False
    """A decision was made, and is neither kept yet nor has it failed."""

    choice: ChoiceField
    button: Button

    def __init__(self, desk: Desk, conflict: OpenConflict) -> None:
        super().__init__("")
        self.setObjectName("conflict_card")
        self.desk, self.conflict = desk, conflict
        self.values: dict[str, Any] = {}
        self.is_hidden = False
        self.form = FormGrid(desk.theme, label_width=_LABELS)
        self.reason = TextField(max_length=300)
        self._choices = QVBoxLayout()
        self._choices.setContentsMargins(0, 0, 0, 0)

    # What each kind of question says for itself.

    def tell_numbers(self) -> None:
        """Says again what holds numbers of identity, hidden or not."""

    def is_ready(self) -> bool:
        """Whether all is there that the chosen answer needs; else the keyboard is where it is not."""
        return True

    def value(self) -> Any:
        """What is to stand."""
        return self.values.get(self.choice.value() or "")

    def choose_like(self, former: DecisionCard) -> None:
        """Chooses what was chosen in the former card, if it still can be."""
        code = former.choice.value()
        same = [one for one, value in self.values.items() if value == former.values.get(code or "")]
        if code in former.values and same:
            self.choice.set_value(same[0])

    def part_like(self, former: DecisionCard, focused: QWidget) -> QWidget:
        """The part that is what the focused one was in the former card."""
        return self.reason if focused is former.reason else self.choice

    # What all have in common.

    def lay_out(
        self, make_choice: Callable[[], ChoiceField], *, hides_numbers: bool, needs_reason: bool
    ) -> None:
        """Lays the answers and the fields below what was said.

        Args:
            make_choice: makes the answers, and notes in `values` what is to stand for the code of each;
                called again when numbers of identity are shown or hidden.
            hides_numbers: whether there are such numbers, to be hidden at first.
            needs_reason: whether it has to be said why.
        """
        theme = self.desk.theme
        self._make_choice = make_choice
        self.is_hidden = hides_numbers
        self.body.addLayout(self._choices)
        self._show_choice()
        self._reason_row = self.form.add_row(
            self.tr("Why"),
            self.reason,
            hint=self.tr("For whoever looks at it later."),
            required=needs_reason,
        )
        self.reason.entered.connect(self._decide)
        self.add(self.form)
        self.button = Button(theme, self.tr("This is right"), icon="check")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._decide)
        self.body.addSpacing(S2)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        if hides_numbers:
            self.eye = IconButton(theme, "eye", self.tr("Show the numbers"))
            self.eye.clicked.connect(self._toggle_numbers)
            self.add_action(self.eye)
            self.tell_numbers()

    def line(self, text: str, role: str) -> QLabel:
        """Adds a line of what is known."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        policy = label.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)  # what is left over is not between lines
        label.setSizePolicy(policy)
        self.add(label)
        return label

    def role(self) -> Role:
        """In which role somebody decides here."""
        account = self.desk.account
        return Role(account.role) if account is not None and account.role else Role.FACILITATOR

    def is_begun(self) -> bool:
        """Whether something was chosen or written."""
        return self.choice.value() is not None or bool(self.reason.value())

    def resume(self) -> None:
        """Lets the decision be made again: it could not be kept."""
        self.is_deciding = False
        self.setEnabled(True)
        self.chosen()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_over(self, former: DecisionCard) -> None:
        """Goes on with what was begun in a card that this one replaces."""
        self.choose_like(former)
        self.reason.set_value(former.reason.value())
        self.chosen()
        now = former.window().focusWidget()
        if now is not None and former.isAncestorOf(now):
            part = self.part_like(former, now)  # to which the keyboard goes once it is seen
            QTimer.singleShot(0, part, lambda: part.setFocus(Qt.FocusReason.OtherFocusReason))

    def chosen(self) -> None:
        """Shows what the answer that is chosen now needs."""
        self.button.setEnabled(self.choice.value() is not None)

    def go_on(self) -> None:
        """Enter on what was chosen."""
        if self.choice.value() is not None:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Takes back what was chosen and written."""
        self.choice.set_value(None)
        self.reason.set_value(None)
        self.chosen()
        self.choice.setFocus()

    def event(self, event: QEvent, /) -> bool:
        """Esc is ours as long as there is something to take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.is_begun()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc takes back."""
        if event.key() == Qt.Key.Key_Escape and self.is_begun():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _decide(self) -> None:
        """Tells the decision, once everything that it needs is there."""
        if self.choice.value() is None:
            self.choice.setFocus()
            return
        if not self.is_ready():
            return
        if not self._reason_row.check():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.is_deciding = True
        self.setEnabled(False)
        self.decided.emit(self.conflict, self.value(), self.reason.value() or "")

    def _show_choice(self) -> None:
        self.choice = self._make_choice()
        self.choice.changed.connect(self.chosen)
        self.choice.entered.connect(self.go_on)
        self._choices.addWidget(self.choice)

    def _toggle_numbers(self) -> None:
        """Shows the numbers in full, or hides their middle again."""
        self.is_hidden = not self.is_hidden
        code = self.choice.value()
        former = self.choice
        self._choices.removeWidget(former)
        former.deleteLater()
        self._show_choice()
        self.choice.set_value(code)
        self.tell_numbers()
        name = self.tr("Show the numbers") if self.is_hidden else self.tr("Hide the numbers")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)
