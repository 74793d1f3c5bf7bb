"""A family at a glance: what waits, the eight factors over the visits, and how to reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.dates import format_date, to_wib
from desktop.models.rules.identity import group_phone
from desktop.ui.pages.household.asked import AskedCard
from desktop.ui.pages.household.facts import Facts, words
from desktop.ui.pages.household.kin import KinCard
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.heat_strip import HeatColumn, HeatStrip, eight_factors
from desktop.ui.widgets.scroll_page import Columns, ScrollPage
from desktop.ui.words import PURPOSES, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.queries.conflicts import OpenConflict, Writing
    from desktop.models.queries.household import DraftView, FamilyView, NextVisit, VisitView
    from desktop.models.rules.dates import Language
    from desktop.ui.desk import Desk

_NARROWEST = 860
_LABEL_WIDTH = 112
_FIELD_WIDTH = 240


class SummaryTab(QWidget):
    """The first thing seen of a family.

    Args:
        desk: the collaborators of all pages.
    """

    visit_asked = Signal()
    """A visit is to be begun, or gone on with."""
    draft_asked = Signal(object)
    """A certain visit is to be gone on with: its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page = ScrollPage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S3, 0, 0)
        column.addWidget(self._page)

    def show_family(self, family: FamilyView) -> None:
        """Shows a family."""
        while (item := self._page.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for draft in family.drafts:
            self._page.add(self._draft_card(draft, is_one_of_several=len(family.drafts) > 1))
        for asked in family.asked:
            self._page.add(AskedCard(self._desk, asked, self.visit_asked))
        if family.conflicts:
            self._page.add(self._conflict_card(family.conflicts))
        if family.founded_from is not None:
            self._page.add(KinCard(self._desk, family.founded_from, is_origin=True))
        for kin in family.founded:
            self._page.add(KinCard(self._desk, kin, is_origin=False))
        columns = Columns(self._desk.theme, _NARROWEST)
        columns.add(self._factors(family), 3)
        columns.add(self._facts(family), 2)
        self._page.add(columns)
        self._page.body.addStretch(1)

    @property
    def _language(self) -> Language:
        return "en" if self._desk.language == "en" else "id"

    def _draft_card(self, draft: DraftView, *, is_one_of_several: bool) -> Card:
        """A visit that was begun; one alone is gone on with by the button above."""
        begun = format_date(to_wib(draft.started_at).date(), self._language)
        card = Card(self.tr("A visit waits to be finished"))
        if is_one_of_several:
            go_on = Button(self._desk.theme, self.tr("Continue the visit"), icon="clipboard-check")
            go_on.clicked.connect(lambda: self.draft_asked.emit(draft.id))
            card.add_action(go_on)
        sentence = self.tr("Begun on {day}. Answers so far: {count}.")
        sentence = sentence.format(day=begun, count=draft.answered)
        if draft.title is not None:
            sentence = f"{draft.title.in_language(self._language)}. {sentence}"
        card.add(words(sentence, "muted"))
        return card

    def _conflict_card(self, conflicts: Sequence[OpenConflict]) -> Card:
        """What was written differently, each with who wrote what; they are decided one by one."""
        from desktop.ui.pages.sync.values import field_words, kind_of  # noqa: PLC0415 rarely

        card = Card(self.tr("Two people wrote different things"))
        decide = Button(self._desk.theme, self.tr("Decide"), icon="check")
        decide.clicked.connect(lambda: self._desk.go("sync", conflict_id=conflicts[0].ids[0]))
        card.add_action(decide)
        card.add(words(self.tr("Which is right has to be decided. Both were kept."), "muted"))
        facts = Facts(self._desk.theme, _FIELD_WIDTH)
        for one in conflicts:
            kind = kind_of(one, self._desk)
            name = field_words(one, self._desk.forms, self._language)
            said = [
                self.tr("{value} ({who})").format(
                    value=kind.text(writing.value, hidden=True), who=self._writer(writing)
                )
                for writing in one.writings
            ]
            said += [f"{person.name} ({person.hamlet or person.village})" for person in one.people]
            facts.add(" · ".join(filter(None, (name, one.about.name))), ", ".join(said))
        card.add(facts)
        return card

    def _writer(self, writing: Writing) -> str:
        return self.tr("you") if writing.is_own else writing.author or self.tr("somebody")

    def _factors(self, family: FamilyView) -> Card:
        card = Card(self.tr("What the family lacks"))
        met = [visit for visit in family.visits if visit.outcome == VisitOutcome.MET]
        if not met:
            empty = EmptyState(
                self._desk.theme,
                "clipboard-check",
                self.tr("After the first visit you will see here what the family lacks."),
                self.tr("Begin the first visit"),
            )
            empty.pressed.connect(self.visit_asked)
            card.add(empty)
            return card
        strip = HeatStrip(self._desk.theme)
        strip.set_visits([_column(visit) for visit in reversed(met)])
        card.add(words(self._lacking(met[0]), "muted"))
        card.add(strip)
        return card

    def _lacking(self, visit: VisitView) -> str:
        names = {factor.key: factor.text for factor in eight_factors()}
        lacking = ", ".join(names[factor.value] for factor in visit.lacking)
        if not lacking and visit.unknown:
            return self.tr("Some of it is not known yet; nothing else was seen to be lacking.")
        if not lacking:
            return self.tr("Nothing is known to be lacking.")
        return self.tr("Lacking, as far as it was asked: {lacking}.").format(lacking=lacking)

    def _facts(self, family: FamilyView) -> Card:
        card = Card(self.tr("Family"))
        facts = Facts(self._desk.theme, _LABEL_WIDTH)
        last = family.visits[0].visited_on if family.visits else None
        present = sum(member.is_present for member in family.members)
        neighbourhood = " / ".join(filter(None, (family.rt, family.rw)))
        for label, value in (
            (self.tr("Last visit"), format_date(last, self._language) if last else ""),
            (self.tr("Due"), self._next(family.next_visit)),
            (self.tr("Members"), str(present)),
            (self.tr("Address"), family.address),
            (self.tr("Hamlet"), family.hamlet),
            (self.tr("RT / RW"), neighbourhood),
            (self.tr("Village"), family.village),
            (self.tr("Phone"), group_phone(family.phone) if family.phone else ""),
            (self.tr("Note"), family.note),
        ):
            facts.add(label, value or "–")
        card.add(facts)
        card.body.addStretch(1)
        return card

    def _next(self, visit: NextVisit | None) -> str:
        if visit is None:
            return ""
        due = self.tr("at once")
        if visit.due_on is not None:
            due = format_date(visit.due_on, self._language)
        return self.tr("{due} ({purpose})").format(due=due, purpose=word(PURPOSES, visit.purpose))


def _column(visit: VisitView) -> HeatColumn:
    standing = visit.standing
    return HeatColumn(f"{visit.visited_on:%d/%m/%y}", standing.results, standing.since)
