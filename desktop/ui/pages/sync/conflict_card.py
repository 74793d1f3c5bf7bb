"""A conflict as people meet it: who wrote what, when, what it was before; choose or write, say why."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.models.records.people import Role
from desktop.models.rules.dates import format_date, format_month, format_time, to_wib
from desktop.models.rules.findings import Severity
from desktop.models.rules.resolution import DELETED, STATE, deciders, may_change, needs_reason
from desktop.models.rules.states import movers
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.pages.sync.decision_card import DecisionCard
from desktop.ui.pages.sync.values import field_words, kind_of
from desktop.ui.widgets.choice_field import ChoiceField
from desktop.ui.widgets.option import Option

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


class ConflictCard(DecisionCard):
    """What was written of one field, to choose from, or to write something else."""

    def __init__(self, desk: Desk, conflict: OpenConflict) -> None:
        super().__init__(desk, conflict)
        self._kind = kind_of(conflict, desk)
        self.set_title(self._question())
        self._tell()
        self.other: QWidget | None = None
        if self._may_write_other() and self._kind.make is not None:
            self.other = self._kind.make()
            self._other_row = self.form.add_row(self.tr("It is"), self.other, required=True)
            self._other_row.set_visible(visible=False)
            entered = getattr(self.other, "entered", None)
            if entered is not None:
                entered.connect(self.reason.setFocus)
            changed = getattr(self.other, "changed", None)
            if changed is not None:
                changed.connect(self._look)
        self.lay_out(
            self._choices_of_values,
            hides_numbers=self._kind.mask is not None,
            needs_reason=needs_reason(conflict.table, conflict.field),
        )

    def choose_like(self, former: DecisionCard) -> None:
        """Another value that was written counts, too."""
        super().choose_like(former)
        if not isinstance(former, ConflictCard) or former.choice.value() != OTHER:
            return
        if self.other is not None and former.other is not None:
            self.choice.set_value(OTHER)
            self.other.set_value(former.other.value())  # type: ignore[attr-defined]

    def part_like(self, former: DecisionCard, focused: QWidget) -> QWidget:
        """The field for another value, too, goes on where it was."""
        other = former.other if isinstance(former, ConflictCard) else None
        is_other = other is not None and (focused is other or other.isAncestorOf(focused))
        if is_other and self.other is not None:
            return self.other
        return super().part_like(former, focused)

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
        self.line(self._what(), "strong")
        self.before = QLabel(self)
        if conflict.field == DELETED:
            self.line(
                self.tr(
                    "One deleted it while another changed it. It was kept until somebody decides."
                ),
                "muted",
            )
        else:
            self.before = self.line("", "muted")
        if conflict.field == STATE:
            self.line(
                self.tr("If you choose another state than the one now, it is moved there."), "muted"
            )
        self._tell_before()

    def _tell_before(self) -> None:
        conflict = self.conflict
        value = self._kind.text(conflict.before, hidden=self.is_hidden)
        self.before.setText(self.tr("Before: {value}").format(value=value))
        is_known = conflict.field != STATE or conflict.before is not None
        self.before.setVisible(is_known and conflict.field != DELETED)

    def _what(self) -> str:
        """The field, and of which member, visit or month."""
        conflict, about, language = self.conflict, self.conflict.about, self.desk.language
        parts = [field_words(conflict, self.desk.forms, language), about.name]
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
        language = self.desk.language
        day = format_date(to_wib(moment).date(), language)
        return self.tr("{day} at {time}").format(day=day, time=format_time(moment, language))

    # What can be chosen.

    def _choices_of_values(self) -> ChoiceField:
        """An option a value, and one to write another; those of somebody else say whose they are."""
        conflict = self.conflict
        said = {_mark(one.value): (one.value, self._hint(one)) for one in conflict.writings}
        now = _mark(conflict.now)
        if conflict.field != DELETED:
            said = {now: said.pop(now, (conflict.now, "")), **said}
        options, closed = [], []
        for place, (mark, (value, hint)) in enumerate(said.items()):
            code = str(place)
            self.values[code] = value
            text = self._kind.text(value, hidden=self.is_hidden)
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
        choice = ChoiceField(self.desk.theme, options)
        choice.setAccessibleName(self._question())
        for code in closed:
            choice.disable(code)
        choice.chosen.connect(self._go_to_other)
        return choice

    def _refusal(self, value: Json) -> str:
        """Why this user cannot let a value stand, and who can; "" if they can."""
        conflict = self.conflict
        able = deciders(conflict.table, conflict.field, conflict.now, value)
        if conflict.field == STATE and value == conflict.now:
            able = self._movers() or able
        if self.role() in able:
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
        may = may_change(self.role(), conflict.table, conflict.field)
        return may and self._kind.make is not None

    # What is done.

    def _go_to_other(self, code: str) -> None:
        if code == OTHER and self.other is not None:
            self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def chosen(self) -> None:
        """Opens the field for something else, if that was chosen."""
        super().chosen()
        is_other = self.choice.value() == OTHER
        if self.other is not None:
            self._other_row.set_visible(visible=is_other)
        if is_other:
            self.grew.emit()

    def go_on(self) -> None:
        """To the field for something else first, if that was chosen."""
        if self.choice.value() == OTHER and self.other is not None:
            self.other.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().go_on()

    def clear(self) -> None:
        """Takes back what was written, too."""
        if self.other is not None:
            self.other.set_value(None)  # type: ignore[attr-defined]
        super().clear()

    def is_ready(self) -> bool:
        """Something else has to be something."""
        if self.choice.value() != OTHER or (self._other_row.check() and self._look()):
            return True
        self._other_row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def value(self) -> Any:
        """The value that was chosen or written."""
        return self._other_value() if self.choice.value() == OTHER else super().value()

    def tell_numbers(self) -> None:
        """What it was before holds a number, too."""
        self._tell_before()

    def _look(self) -> bool:
        """Says what the check of a number found; True if nothing stops it."""
        value = self._other_value()
        found = list(self._kind.check(value)) if value is not None else []
        language = self.desk.language
        errors = [one for one in found if one.severity is Severity.ERROR]
        hints = [finding_sentence(one, language) for one in found if one not in errors]
        self._other_row.set_hint("\n".join(hints))
        if not errors:
            return True
        self._other_row.set_error("\n".join(finding_sentence(one, language) for one in errors))
        return False

    def _other_value(self) -> Json:
        return None if self.other is None else self._kind.read(self.other)


def _mark(value: Json) -> str:
    """What tells a value from every other."""
    return json.dumps(value, sort_keys=True)
