"""A session of answers: one household being asked one questionnaire.

Setting an answer re-evaluates only what depends on it. Answers that became irrelevant stay in
the draft, so that nothing typed is lost, and are left out of the record; so do those of a row that
was taken away.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from desktop.models.questionnaires import paths, values
from desktop.models.questionnaires.checks import Checks
from desktop.models.questionnaires.earlier import TAKEN_AWAY, LastVisit, kept_rows, mark
from desktop.models.questionnaires.evaluation import Evaluation
from desktop.models.questionnaires.form import Path, Question, Questionnaire, Section, Value
from desktop.models.questionnaires.layout import Layout, Place
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import (
    Block,
    Instance,
    Item,
    ProblemKind,
    Progress,
    SectionState,
)
from desktop.models.questionnaires.tree import Key
from desktop.models.questionnaires.values import AnswerError
from desktop.models.records.base import new_id

ASK_ANEW = "ask-anew"
"""The appearance of a question that no answer of an earlier visit may stand for."""


class AnswerSession:
    """One household's answers to one questionnaire, kept consistent while they are given.

    Args:
        form: the questionnaire.
        facts: what is known of the household, by the names of the form's facts; others are
            ignored, missing ones read as unanswered.
        instances: the known rows of each repeat, in the order in which they are asked.
        today: the day of the visit, for `today()`.
        now: the moment of opening, for `now()`; the present one if not given.
        answers: a draft to go on with, as `draft` returned it; defaults are not applied to what
            it contains. What does not fit the form (an older version's) is carried along.
        previous: the answers of the previous visit, also to `instance('__last-saved')`.
        accepted: reasons with which warnings were accepted, by path and name of the warning.
        unread: whose answers were taken over from the last visit, and not confirmed yet.
    """

    def __init__(
        self,
        form: Questionnaire,
        *,
        facts: Mapping[str, str | int | None],
        instances: Mapping[str, Sequence[Instance]],
        today: date,
        now: datetime | None = None,
        answers: Mapping[Path, Value] | None = None,
        previous: Mapping[Path, Value] | None = None,
        accepted: Mapping[tuple[Path, str], str] | None = None,
        unread: Iterable[Path] = (),
    ) -> None:
        self.form = form
        self._calculated_once = frozenset(
            question.name
            for question in form.questions.values()
            if "once(" in (question.calculation or "")
        )
        self._today = today
        self._last_visit = LastVisit(form, previous or {})
        self._kept = dict(answers or {})
        self._rows = Rows(form, {**kept_rows(form, self._kept), **instances})
        self._states: dict[str, SectionState] = {}
        self._layout = Layout(form, self._rows)
        self._draft, self._strays = self._sorted_out(self._kept)
        once = self._taken_from_strays()
        self._evaluation = Evaluation(
            form,
            facts=facts,
            rows=self._rows,
            next_row=self._next_row,
            answers={
                self._layout.places[path].key: value for path, value in (self._draft | once).items()
            },
            previous=self._last_visit.tree(),
            today=today,
            now=now or datetime.now(UTC),
        )
        self.checks = Checks(self._layout, self._evaluation, accepted or {}, unread)
        self._welcome_rows()
        self._apply_defaults(self._layout.places)

    # --- asking --------------------------------------------------------------------------

    def sections(self) -> list[SectionState]:
        """All sections in order, with how far each has come."""
        for section in self.form.sections:
            if section.name not in self._states:
                self._states[section.name] = self._section_state(section)
        return [self._states[section.name] for section in self.form.sections]

    def items(self, section: str) -> list[Item]:
        """The visible questions of a section, in the order asked; instance by instance."""
        here = self._layout.by_section[section]
        return [
            self._item(place)
            for place in here
            if place.question.type.is_shown and self._evaluation.is_relevant(place.key)
        ]

    def all_items(self, section: str) -> list[Item]:
        """Every question of a section, visible or not, in the order asked."""
        return [self._item(place) for place in self._layout.by_section[section]]

    def item(self, path: Path) -> Item:
        """One question, visible or not.

        Raises:
            KeyError: the form has no such path for this household.
        """
        return self._item(self._layout.places[path])

    def blocks(self, section: str) -> list[Block]:
        """A section as stretches of questions, each with its heading, and the ends of its repeats."""
        return self._layout.blocks(section, self._evaluation.said)

    def next_path(self, path: Path | None) -> Path | None:
        """The next place to answer after `path` (`None`: the first); `None` at the end.

        It may be the end of a repeat (`paths.as_end`), where a row can be added.
        """
        start = 0 if path is None else self._layout.index[path] + 1
        return self._first_open(self._layout.order[start:])

    def has(self, path: Path) -> bool:
        """Whether there is such a question, or such an end of a repeat, now."""
        return path in self._layout.index

    def is_answered(self, path: Path) -> bool:
        """Whether a question has an answer; the end of a repeat has one if there are rows."""
        end = paths.as_end(path)
        if end is not None:
            return bool(self._rows.within(*end))
        return self._evaluation.value(self._layout.places[path].key) is not None

    def is_end_open(self, end: Path) -> bool:
        """Whether a row can be added at the end of a repeat (`paths.end`)."""
        found = paths.as_end(end)
        return found is not None and self.has(end) and self._evaluation.is_end_relevant(*found)

    def previous_path(self, path: Path | None) -> Path | None:
        """The place to answer before `path` (`None`: the last); `None` at the beginning."""
        end = len(self._layout.order) if path is None else self._layout.index[path]
        return self._first_open(reversed(self._layout.order[:end]))

    # --- answering -----------------------------------------------------------------------

    def parse(self, question: Question, typed: str) -> Value:
        """Read what was typed as an answer to a question; nothing typed is `None`.

        Raises:
            AnswerError: it is no answer to a question of this type.
        """
        return values.parse(question, typed, today=self._today)

    def set(self, path: Path, value: Value) -> frozenset[Path]:
        """Answer a question; `None` takes the answer back.

        Returns:
            The paths of which anything changed: value, relevance, requiredness, choices, being
            read only, errors or warnings. A new answer needs its warnings accepted anew.

        Raises:
            KeyError: the form has no such path for this household.
            AnswerError: the value is no answer to this question.
        """
        place = self._layout.places[path]
        value = values.normalised(place.question, value)
        if path in self._draft and self._draft[path] == value:
            return frozenset()
        self._draft[path] = value
        changed = self._evaluation.change(place.key, value)
        self.checks.forget(path)
        return self._changed(changed)

    def can_repeat_previous(self, section: str) -> bool:
        """Whether anything that is not answered in a section was answered last time."""
        return any(self._may_be_repeated(place) for place in self._layout.by_section[section])

    def repeat_previous(self, section: str, but: Container[Path] = ()) -> frozenset[Path]:
        """Answer what is not answered yet in a section as it was answered last time.

        What has to be asked anew each time (appearance `ask-anew`), and files, are left out, as is
        `but`. Each of these answers has to be confirmed (`confirm`): it was not said today.

        Returns:
            The paths of which anything changed; rows may have come or gone with them.
        """
        changed: set[Path] = set()
        tried: set[Path] = set()
        while untried := [
            place.path
            for place in self._layout.by_section[section]
            if place.path not in tried and place.path not in but and self._may_be_repeated(place)
        ]:  # an answer may have brought others, and rows
            tried.update(untried)
            for path in untried:
                place = self._layout.places.get(path)  # or taken them away
                if place is not None and self._may_be_repeated(place):
                    with suppress(AnswerError):  # of a version in which it was another question
                        changed |= self.set(path, self._last_visit.answer(place, self._rows))
                        self.checks.doubt(path)
        return frozenset(changed)

    def confirm(self, paths_: Iterable[Path]) -> frozenset[Path]:
        """Let answers of the last visit stand as answers of today; others are left as they are.

        Returns:
            The paths of those that were not confirmed before.
        """
        confirmed = self.checks.confirm(paths_)
        return self._changed(self._layout.places[path].key for path in confirmed if self.has(path))

    def add_row(self, repeat: str, outer: UUID | None = None) -> tuple[UUID, frozenset[Path]]:
        """Add a row of a repeat, within a row of an outer one if it has one.

        Returns:
            The row, and the paths of which anything changed, those of the new row among them.

        Raises:
            KeyError: the form has no such repeat.
        """
        row = Instance(new_id(), inside=outer)
        self._draft[paths.row(repeat, row.id)] = mark(row)
        changed = self._evaluation.add_row(repeat, row, {})
        self._look_around()
        return row.id, self._changed(changed) | self._apply_defaults(self._paths_of(row))

    def remove_row(self, row: UUID) -> frozenset[Path]:
        """Take a row away, with the rows within it; its answers stay in the draft, out of the record.

        Raises:
            KeyError: there is no such row, or it is known and not of this visit.
        """
        repeat, found = next(one for one in self._rows.all() if one[1].id == row)
        if self.form.repeats[repeat].repeat.is_known:  # type: ignore[union-attr] # it repeats
            raise KeyError(row)
        self._draft[paths.row(repeat, row)] = TAKEN_AWAY
        changed = self._evaluation.remove_row(repeat, found)
        self._look_around()
        return self._changed(changed)

    # --- what is kept --------------------------------------------------------------------

    def draft(self) -> dict[Path, Value]:
        """Everything answered, relevant or not, to go on with later; `None` where taken back.

        What is calculated `once` is calculated once for all sessions, and so it is there, too.
        """
        return {**self._strays, **self._draft, **self._once()}

    def _once(self) -> dict[Path, Value]:
        if not self._calculated_once:
            return {}
        places = self._layout.places.values()
        once = [place for place in places if place.question.name in self._calculated_once]
        return {place.path: self._evaluation.value(place.key) for place in once}

    def answers(self) -> dict[Path, Value]:
        """The record: what is answered and calculated, of relevant questions only."""
        visible = ((p.path, self._evaluation.value(p.key)) for p in self._relevant())
        return {path: value for path, value in visible if value is not None}

    def household_answers(self) -> dict[str, Value]:
        """The part of the record about the household, by question name."""
        return {
            path: value
            for path, value in self.answers().items()
            if self._layout.places[path].instance is None
        }

    def instance_answers(self, repeat: str) -> dict[UUID, dict[str, Value]]:
        """The part of the record about each row of a repeat, by question name, in the rows' order."""
        found: dict[UUID, dict[str, Value]] = {row.id: {} for row in self._rows.of(repeat)}
        for path, value in self.answers().items():
            place = self._layout.places[path]
            if place.instance and place.instance.id in found:
                found[place.instance.id][place.question.name] = value
        return found

    def row_marks(self) -> dict[Path, Value]:
        """The part of the draft that says which rows there are, and which were taken away."""
        return {path: value for path, value in self._draft.items() if paths.as_row(path)}

    @property
    def row_changes(self) -> int:
        """How often a row came or went."""
        return self._rows.changes

    def paths_in(self, row: UUID) -> list[Path]:
        """The questions of a row, in the order asked, those of rows within it left out."""
        return [path for path, place in self._layout.places.items() if place.key[1] == row]

    def rows(self, repeat: str) -> Sequence[Instance]:
        """The rows of a repeat, in order."""
        return self._rows.of(repeat)

    # --- within --------------------------------------------------------------------------

    def _look_around(self) -> None:
        if self._layout.refresh():
            self._states.clear()

    def _changed(self, keys: Iterable[Key]) -> frozenset[Path]:
        """The paths of some questions, and of those in rows that an expression asked for."""
        fresh = self._welcome_rows()
        known = [key for key in keys if key[1] is None or self._rows.has(key[1])]
        for name, _row in known:
            self._states.pop(self.form.questions[name].section, None)
        return frozenset(map(self._path, known)) | fresh

    def _welcome_rows(self) -> frozenset[Path]:
        """Takes over the rows that an expression asked for: what was said in them, and defaults."""
        changed: frozenset[Path] = frozenset()
        while self._evaluation.added:
            added, self._evaluation.added = self._evaluation.added, []
            self._look_around()
            for repeat, row in added:
                self._draft[paths.row(repeat, row.id)] = mark(row)
                for path in self._paths_of(row):
                    if self._draft.get(path) is not None:
                        self._evaluation.change(self._layout.places[path].key, self._draft[path])
                changed |= frozenset(self._paths_of(row))
                self._apply_defaults(self._paths_of(row))
        self._look_around()
        return changed

    def _next_row(self, repeat: str, outer: UUID | None) -> Instance:
        """The next row that an expression asks for: one that was there before comes again."""
        rows = sorted(
            (row for row in kept_rows(self.form, self.draft(), gone=True).get(repeat, ())),
            key=lambda row: row.id,
        )
        again = (row for row in rows if row.inside == outer and not self._rows.has(row.id))
        return next(again, None) or Instance(new_id(), inside=outer)

    def _paths_of(self, row: Instance) -> list[Path]:
        return [path for path, place in self._layout.places.items() if place.instance == row]

    def _may_be_repeated(self, place: Place) -> bool:
        """Whether what was said last time can stand for an answer that is missing."""
        question, previous = place.question, self._last_visit.answer(place, self._rows)
        if previous is None:
            return False
        if question.choice_filter is not None:
            offered = {choice.name for choice in self._evaluation.choices(place.key)}
            if not offered.issuperset(previous if isinstance(previous, list) else [str(previous)]):
                return False
        is_lasting = not question.type.is_attachment and ASK_ANEW not in question.appearance
        is_missing = self._evaluation.value(place.key) is None
        return is_lasting and is_missing and self.is_open(place.path)

    def _path(self, key: Key) -> Path:
        name, instance = key
        return paths.join(name, self.form.repeat_of(name), instance)

    def _relevant(self) -> Iterator[Place]:
        return (p for p in self._layout.places.values() if self._evaluation.is_relevant(p.key))

    def _first_open(self, candidates: Iterable[Path]) -> Path | None:
        return next((path for path in candidates if self.is_open(path)), None)

    def is_open(self, path: Path) -> bool:
        """Whether there is something to do at a place."""
        end = paths.as_end(path)
        if end is not None:
            return self._evaluation.is_end_relevant(*end)
        place = self._layout.places[path]
        return (
            place.question.type.is_asked
            and self._evaluation.is_relevant(place.key)
            and not self._evaluation.is_read_only(place.key)
        )

    def _item(self, place: Place) -> Item:
        key, evaluation = place.key, self._evaluation
        value, previous = evaluation.value(key), self._last_visit.answer(place, self._rows)
        return Item(
            path=place.path,
            question=place.question,
            instance=place.instance,
            relevant=evaluation.is_relevant(key),
            required=evaluation.is_required(key),
            read_only=evaluation.is_read_only(key),
            choices=evaluation.choices(key),
            value=value,
            previous=previous,
            changed=_is_another(place.question, previous, value),
            is_unread=self.checks.is_unread(place.path),
            said=evaluation.said(key),
        )

    def _section_state(self, section: Section) -> SectionState:
        asked = [
            place
            for place in self._layout.by_section[section.name]
            if place.question.type.is_asked and self._evaluation.is_relevant(place.key)
        ]
        answered = sum(self._evaluation.value(place.key) is not None for place in asked)
        needed = [place for place in asked if self._evaluation.is_required(place.key)]
        met = sum(
            self._evaluation.value(place.key) is not None and not self.checks.is_unread(place.path)
            for place in needed
        )
        kinds = {problem.kind for place in asked for problem in self.checks.errors(place.path)}
        if kinds - {ProblemKind.REQUIRED}:
            progress = Progress.HAS_ERRORS
        elif asked and not answered:
            progress = Progress.UNTOUCHED
        elif kinds or self.checks.unread(section.name):
            progress = Progress.PARTIAL
        else:
            progress = Progress.COMPLETE
        group = section.group
        relevant = group is None or self._evaluation.is_anywhere_relevant(group.name)
        return SectionState(
            section.name,
            section.title,
            relevant,
            answered,
            len(asked),
            met,
            len(needed),
            progress,
        )

    def _sorted_out(
        self, answers: Mapping[Path, Value]
    ) -> tuple[dict[Path, Value], dict[Path, Value]]:
        """Split a draft into what this form can hold and what it cannot."""
        held: dict[Path, Value] = {}
        strays: dict[Path, Value] = {}
        for path, value in answers.items():
            place = self._layout.places.get(path)
            try:
                if place is None:
                    strays[path] = value
                else:
                    held[path] = values.normalised(place.question, value)
            except AnswerError:
                strays[path] = value
        return held, strays

    def _taken_from_strays(self) -> dict[Path, Value]:
        """What was calculated once, in the session before: no answer, and still what it was."""
        places = self._layout.places
        once = [
            path
            for path in self._strays
            if path in places and places[path].question.name in self._calculated_once
        ]
        return {path: self._strays.pop(path) for path in once}

    def _apply_defaults(self, paths_: Iterable[Path]) -> frozenset[Path]:
        changed: frozenset[Path] = frozenset()
        for path in list(paths_):
            place = self._layout.places[path]
            result = None if path in self._draft else self._evaluation.default(place.key)
            if result is None:
                continue
            try:
                value = values.from_default(place.question, result)
            except AnswerError:
                continue  # A default taken from elsewhere that no longer fits is no default.
            if value is not None:
                self._draft[path] = value
                changed |= self._changed(self._evaluation.change(place.key, value))
        return changed


def _is_another(question: Question, previous: Value, value: Value) -> bool:
    """Whether an answer is worth a mark: it was another one, and is not another one each time."""
    is_known = previous is not None and value is not None
    is_always_new = ASK_ANEW in question.appearance or question.type.is_attachment
    return is_known and value != previous and not is_always_new
