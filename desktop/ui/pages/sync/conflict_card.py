"""A conflict as people meet it: who wrote what, when, what it was before; choose or write, say why."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.records.people import Role
from desktop.models.rules.dates import format_date, format_month, format_time, to_wib
from desktop.models.rules.findings import Severity
from desktop.models.rules.resolution import DELETED, STATE, deciders, may_change, needs_reason
from desktop.models.rules.states import movers
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.pages.sync.values import field_words, kind_of
from desktop.ui.theme.tokens import S2
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice_field import ChoiceField
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.models.queries.conflicts import OpenConflict, Writing
    from desktop.models.records.base import Json
    from desktop.ui.desk import Desk

OTHER: Final = "other"
"""The option of writing something else."""

_LATE: Final = timedelta(hours=1)
"""What came to the province so much after it was written, says so."""

_ROLES: Final = {
    Role.FACILITATOR: QT_TRANSLATE_NOOP("ConflictCard", "the facilitator"),
    Role.VERIFIER: QT_TRANSLATE_NOOP("ConflictCard", "the district"),
    Role.PROVINCE: QT_TRANSLATE_NOOP("ConflictCard", "the province"),
}


class ConflictCard(Card):
    """What was written of one field, to choose from; nothing is chosen beforehand.

    Number keys and arrows choose, Enter goes on to the next field and at last decides, Esc takes
    back what was chosen.

    Args:
        desk: the collaborators of all pages.
        conflict: what has to be decided.
    """

    decided = Signal(object, object, str)
    """The conflict, the value that is to stand, and why."""

    grew = Signal()
    """The field for another value was opened: the card is higher now."""

    def __init__(self, desk: Desk, conflict: OpenConflict) -> None:
        super().__init__("")
        self.setObjectName("conflict_card")
        self._desk, self.conflict = desk, conflict
        self._kind = kind_of(conflict, desk)
        self._values: dict[str, Json] = {}
        self._is_hidden = self._kind.mask is not None
        self.set_title(self._question())
        self._tell()
        self._choices = QVBoxLayout()
        self._choices.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._choices)
        self.choice = self._make_choice()
        self._choices.addWidget(self.choice)
        self._add_fields()
        self.button = Button(desk.theme, self.tr("This is right"), icon="check")
        self.button.setEnabled(False)  # a decision is made, not come upon
        self.button.clicked.connect(self._decide)
        self.body.addSpacing(S2)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        if self._is_hidden:
            self.eye = IconButton(desk.theme, "eye", self.tr("Show the numbers"))
            self.eye.clicked.connect(self._toggle_numbers)
            self.add_action(self.eye)

    def take_over(self, former: ConflictCard) -> None:
        """Goes on with what was begun in a card that this one replaces."""
        code = former.choice.value()
        chosen = None if code is None else former._values.get(code)
        same = [one for one, value in self._values.items() if value == chosen]
        if code == OTHER and self.other is not None and former.other is not None:
            self.choice.set_value(OTHER)
            self.other.set_value(former.other.value())  # type: ignore[attr-defined]
        elif code is not None and same:
            self.choice.set_value(same[0])
        self.reason.set_value(former.reason.value())
        self._chosen()
        self._take_keyboard(former)

    def _take_keyboard(self, former: ConflictCard) -> None:
        """Puts the keyboard where it was in the former card, once this one is seen."""
        now = former.window().focusWidget()
        if now is None or not former.isAncestorOf(now):
            return
        part: QWidget = self.choice
        if now is former.reason:
            part = self.reason
        elif self.other is not None and former.other is not None:
            is_other = now is former.other or former.other.isAncestorOf(now)
            part = self.other if is_other and not self.other.isHidden() else part
        QTimer.singleShot(0, part, lambda: part.setFocus(Qt.FocusReason.OtherFocusReason))

    def is_begun(self) -> bool:
        """Whether something was chosen or written."""
        return self.choice.value() is not None or bool(self.reason.value())

    def resume(self) -> None:
        """Lets the decision be made again: it could not be kept."""
        self.setEnabled(True)
        self._chosen()

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
        """Esc takes back what was chosen and written."""
        if event.key() == Qt.Key.Key_Escape and self.is_begun():
            self.choice.set_value(None)
            self.reason.set_value(None)
            if self.other is not None:
                self.other.set_value(None)  # type: ignore[attr-defined]
            self._chosen()
            self.choice.setFocus()
        else:
            super().keyPressEvent(event)

    # What is said of it.

    def _question(self) -> str:
        family = self.conflict.about.family or self.tr("A record")
        if self.conflict.field == DELETED:
            return self.tr("{family}: keep or delete?").format(family=family)
        if self.conflict.field == STATE:
            return self.tr("{family}: which state is right?").format(family=family)
        return self.tr("{family}: which is right?").format(family=family)

    def _tell(self) -> None:
        """What it is about, what it was before, and what choosing does where that is not plain."""
        conflict = self.conflict
        self._line(self._what(), "strong")
        self.before = QLabel(self)
        if conflict.field == DELETED:
            self._line(
                self.tr(
                    "One deleted it while another changed it. It was kept until somebody decides."
                ),
                "muted",
            )
        else:
            self.before = self._line("", "muted")
        if conflict.field == STATE:
            self._line(
                self.tr("If you choose another state than the one now, it is moved there."), "muted"
            )
        self._tell_before()

    def _tell_before(self) -> None:
        conflict = self.conflict
        value = self._kind.text(conflict.before, hidden=self._is_hidden)
        self.before.setText(self.tr("Before: {value}").format(value=value))
        is_known = conflict.field != STATE or conflict.before is not None
        self.before.setVisible(is_known and conflict.field != DELETED)

    def _what(self) -> str:
        """The field, and of which member, visit or month."""
        conflict, about, language = self.conflict, self.conflict.about, self._desk.language
        parts = [field_words(conflict, self._desk.resources, language), about.name]
        if about.month:
            parts.append(format_month(about.month, language))
        if about.on is not None:
            day = format_date(about.on, language)
            parts.append(self.tr("visit of {day}").format(day=day))
        return " · ".join(filter(None, parts))

    def _hint(self, writing: Writing) -> str:
        who = self.tr("You") if writing.is_own else writing.author or self.tr("Somebody")
        parts = [f"{who}, {self._moment(writing.at)}"]
        if writing.received_at - writing.at > _LATE:
            came = self.tr("came to the province {moment}")
            parts.append(came.format(moment=self._moment(writing.received_at)))
        return " · ".join(parts)

    def _moment(self, moment: datetime) -> str:
        language = self._desk.language
        day = format_date(to_wib(moment).date(), language)
        return self.tr("{day} at {time}").format(day=day, time=format_time(moment, language))

    def _line(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        policy = label.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)  # what is left over is not between lines
        label.setSizePolicy(policy)
        self.add(label)
        return label

    # What can be chosen.

    def _make_choice(self) -> ChoiceField:
        """An option a value, and one to write another; those of somebody else say whose they are."""
        conflict = self.conflict
        said = {_mark(one.value): (one.value, self._hint(one)) for one in conflict.writings}
        now = _mark(conflict.now)
        if conflict.field != DELETED:
            said = {now: said.pop(now, (conflict.now, "")), **said}
        options, closed = [], []
        for place, (mark, (value, hint)) in enumerate(said.items()):
            code = str(place)
            self._values[code] = value
            text = self._kind.text(value, hidden=self._is_hidden)
            if conflict.field == DELETED and value is None:
                text = self.tr("Keep")
            refusal = self._refusal(value)
            stands = self.tr("stands now") if mark == now else ""
            options.append(Option(code, text, " · ".join(filter(None, (hint, stands, refusal)))))
            if refusal:
                closed.append(code)
        if self._may_write_other():
            options.append(
                Option(OTHER, self.tr("Something else"), self.tr("none of these is right"))
            )
        choice = ChoiceField(self._desk.theme, options)
        choice.setAccessibleName(self._question())
        for code in closed:
            choice.disable(code)
        choice.changed.connect(self._chosen)
        choice.chosen.connect(self._go_to_other)
        choice.entered.connect(self._go_on)
        return choice

    def _role(self) -> Role:
        account = self._desk.account
        return Role(account.role) if account is not None and account.role else Role.FACILITATOR

    def _refusal(self, value: Json) -> str:
        """Why this user cannot let a value stand, and who can; "" if they can."""
        conflict = self.conflict
        able = deciders(conflict.table, conflict.field, conflict.now, value)
        if conflict.field == STATE and value == conflict.now:
            able = self._movers() or able
        if self._role() in able:
            return ""
        if able or conflict.field != STATE:
            return self.tr("only {who} can choose this").format(who=self._people(able))
        first = movers(conflict.table, str(conflict.now), str(value))
        if first:
            return self.tr("first {who} has to move it on").format(who=self._people(first))
        return self.tr("it can no longer be moved there")

    def _movers(self) -> frozenset[Role]:
        """Who may let another state stand than the one now; only they may leave it as it is."""
        conflict = self.conflict
        others = (one.value for one in conflict.writings if one.value != conflict.now)
        return frozenset().union(
            *(deciders(conflict.table, conflict.field, conflict.now, value) for value in others)
        )

    def _people(self, roles: frozenset[Role]) -> str:
        named = [self.tr(str(words)) for role, words in _ROLES.items() if role in roles]
        return self.tr(" or ").join(named)

    def _may_write_other(self) -> bool:
        conflict = self.conflict
        may = may_change(self._role(), conflict.table, conflict.field)
        return may and self._kind.make is not None

    def _add_fields(self) -> None:
        self._form = FormGrid(self._desk.theme, label_width=112)
        self.reason = TextField(max_length=300)
        self.other: QWidget | None = None
        if self._may_write_other() and self._kind.make is not None:
            self.other = self._kind.make()
            self._other_row = self._form.add_row(self.tr("It is"), self.other, required=True)
            self._other_row.set_visible(visible=False)
            entered = getattr(self.other, "entered", None)
            if entered is not None:
                entered.connect(self.reason.setFocus)
            changed = getattr(self.other, "changed", None)
            if changed is not None:
                changed.connect(self._look)
        self._reason_row = self._form.add_row(
            self.tr("Why"),
            self.reason,
            hint=self.tr("For whoever looks at it later."),
            required=needs_reason(self.conflict.table, self.conflict.field),
        )
        self.reason.entered.connect(self._decide)
        self.add(self._form)

    # What is done.

    def _chosen(self) -> None:
        code = self.choice.value()
        self.button.setEnabled(code is not None)
        if self.other is not None:
            self._other_row.set_visible(visible=code == OTHER)
        if code == OTHER:
            self.grew.emit()

    def _go_to_other(self, code: str) -> None:
        if code == OTHER and self.other is not None:
            self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self) -> None:
        """Enter on what was chosen."""
        if self.choice.value() == OTHER and self.other is not None:
            self.other.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.choice.value() is not None:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self) -> bool:
        """Says what the check of a number found; True if nothing stops it."""
        value = self._other_value()
        found = list(self._kind.check(value)) if value is not None else []
        language = self._desk.language
        errors = [one for one in found if one.severity is Severity.ERROR]
        hints = [finding_sentence(one, language) for one in found if one not in errors]
        self._other_row.set_hint("\n".join(hints))
        if not errors:
            return True
        self._other_row.set_error("\n".join(finding_sentence(one, language) for one in errors))
        return False

    def _other_value(self) -> Json:
        return None if self.other is None else self._kind.read(self.other)

    def _decide(self) -> None:
        """Tells the decision, once everything that it needs is there."""
        code = self.choice.value()
        if code is None:
            self.choice.setFocus()
            return
        value: Any = self._values.get(code)
        if code == OTHER:
            if not (self._other_row.check() and self._look()):
                self._other_row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            value = self._other_value()
        if not self._reason_row.check():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.setEnabled(False)
        self.decided.emit(self.conflict, value, self.reason.value() or "")

    def _toggle_numbers(self) -> None:
        """Shows the numbers in full, or hides their middle again."""
        self._is_hidden = not self._is_hidden
        code = self.choice.value()
        self._choices.removeWidget(self.choice)
        self.choice.deleteLater()
        self.choice = self._make_choice()
        self._choices.addWidget(self.choice)
        self.choice.set_value(code)
        self._tell_before()
        name = self.tr("Show the numbers") if self._is_hidden else self.tr("Hide the numbers")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)


def _mark(value: Json) -> str:
    """What tells a value from every other."""
    return json.dumps(value, sort_keys=True)
