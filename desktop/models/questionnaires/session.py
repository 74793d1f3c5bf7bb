"""A session of answers: one household being asked one questionnaire.

Setting an answer re-evaluates only what depends on it. Answers that became irrelevant stay in
the draft, so that nothing typed is lost, and are left out of the record; so do those of a row that
was taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from desktop.models.questionnaires import paths, values
from desktop.models.questionnaires.evaluation import Evaluation
from desktop.models.questionnaires.form import (
    Group,
    Path,
    Question,
    Questionnaire,
    Section,
    Text,
    Value,
)
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import (
    Block,
    Instance,
    Item,
    Problem,
    ProblemKind,
    Progress,
    SectionState,
)
from desktop.models.questionnaires.tree import DataTree, Key
from desktop.models.questionnaires.values import AnswerError
from desktop.models.records.base import new_id

TAKEN_AWAY = "-"
"""What a draft says of a row that was taken away; else the row that it stands within, or nothing."""


class _Place(NamedTuple):
    """One question in one row."""

    path: Path
    question: Question
    instance: Instance | None

    @property
    def key(self) -> Key:
        return self.question.name, self.instance.id if self.instance else None


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
    ) -> None:
        self.form = form
        self._today = today
        self._previous = dict(previous or {})
        self._accepted = dict(accepted or {})
        self._kept = dict(answers or {})
        self._rows = Rows(form, {**_kept_rows(form, self._kept), **instances})
        self._previous_rows = _previous_rows(form, self._previous)
        self._seen_changes = -1
        self._states: dict[str, SectionState] = {}
        self._look_around()
        self._draft, self._strays = self._sorted_out(self._kept)
        self._evaluation = Evaluation(
            form,
            facts=facts,
            rows=self._rows,
            next_row=self._next_row,
            answers={self._places[path].key: value for path, value in self._draft.items()},
            previous=_previous_tree(form, self._previous, self._previous_rows),
            today=today,
            now=now or datetime.now(UTC),
        )
        self._welcome_rows()
        self._apply_defaults(self._places)

    # --- asking --------------------------------------------------------------------------

    def sections(self) -> list[SectionState]:
        """All sections in order, with how far each has come."""
        for section in self.form.sections:
            if section.name not in self._states:
                self._states[section.name] = self._section_state(section)
        return [self._states[section.name] for section in self.form.sections]

    def items(self, section: str) -> list[Item]:
        """The visible questions of a section, in the order asked; instance by instance."""
        here = self._by_section[section]
        return [
            self._item(place)
            for place in here
            if place.question.type.is_shown and self._evaluation.is_relevant(place.key)
        ]

    def all_items(self, section: str) -> list[Item]:
        """Every question of a section, visible or not, in the order asked."""
        return [self._item(place) for place in self._by_section[section]]

    def item(self, path: Path) -> Item:
        """One question, visible or not.

        Raises:
            KeyError: the form has no such path for this household.
        """
        return self._item(self._places[path])

    def blocks(self, section: str) -> list[Block]:
        """A section as stretches of questions, each with its heading, and the ends of its repeats."""
        found = self.form.section(section)
        top = found.items if found.group is None else (found.group,)
        return list(self._blocks(top, None, None, 0))

    def next_path(self, path: Path | None) -> Path | None:
        """The next place to answer after `path` (`None`: the first); `None` at the end.

        It may be the end of a repeat (`paths.as_end`), where a row can be added.
        """
        start = 0 if path is None else self._index[path] + 1
        return self._first_open(self._order[start:])

    def has(self, path: Path) -> bool:
        """Whether there is such a question, or such an end of a repeat, now."""
        return path in self._index

    def is_answered(self, path: Path) -> bool:
        """Whether a question has an answer; the end of a repeat has one if there are rows."""
        end = paths.as_end(path)
        if end is not None:
            return bool(self._rows.within(*end))
        return self._evaluation.value(self._places[path].key) is not None

    def is_end_open(self, end: Path) -> bool:
        """Whether a row can be added at the end of a repeat (`paths.end`)."""
        found = paths.as_end(end)
        return found is not None and self._is_end_open(*found)

    def previous_path(self, path: Path | None) -> Path | None:
        """The place to answer before `path` (`None`: the last); `None` at the beginning."""
        end = len(self._order) if path is None else self._index[path]
        return self._first_open(reversed(self._order[:end]))

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
        place = self._places[path]
        value = values.normalised(place.question, value)
        if path in self._draft and self._draft[path] == value:
            return frozenset()
        self._draft[path] = value
        changed = self._evaluation.change(place.key, value)
        for stale in [key for key in self._accepted if key[0] == path]:
            del self._accepted[stale]
        return self._changed(changed)

    def add_row(self, repeat: str, outer: UUID | None = None) -> tuple[UUID, frozenset[Path]]:
        """Add a row of a repeat, within a row of an outer one if it has one.

        Returns:
            The row, and the paths of which anything changed, those of the new row among them.

        Raises:
            KeyError: the form has no such repeat.
        """
        row = Instance(new_id(), inside=outer)
        self._draft[paths.row(repeat, row.id)] = _within(row)
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

    def accept(self, path: Path, warning: str, reason: str) -> None:
        """Let an answer stand against a warning, with the reason.

        Raises:
            KeyError: the question has no such warning.
            ValueError: the reason is empty.
        """
        if warning not in {known.name for known in self._places[path].question.warnings}:
            raise KeyError(warning)
        if not reason.strip():
            raise ValueError("a warning is accepted with a reason")
        self._accepted[path, warning] = reason.strip()

    # --- what is wrong -------------------------------------------------------------------

    def errors(self, path: Path) -> tuple[Problem, ...]:
        """What makes an answer impossible, or its absence."""
        place = self._places[path]
        question, key = place.question, place.key
        if not question.type.is_asked or not self._evaluation.is_relevant(key):
            return ()
        value = self._evaluation.value(key)
        if value is None:
            if not self._evaluation.is_required(key):
                return ()
            return (self._problem(place, ProblemKind.REQUIRED, question.required_message),)
        if question.constraint and not self._evaluation.is_valid(key):
            return (self._problem(place, ProblemKind.CONSTRAINT, question.constraint.message),)
        if question.choice_filter is not None:
            offered = {choice.name for choice in self._evaluation.choices(key)}
            if not offered.issuperset(value if isinstance(value, list) else [str(value)]):
                return (Problem(path, ProblemKind.CHOICE_NOT_OFFERED),)
        return ()

    def warnings(self, path: Path) -> tuple[Problem, ...]:
        """What is doubtful about an answer, each with the reason if it was accepted."""
        place = self._places[path]
        if not self._evaluation.is_relevant(place.key):
            return ()
        broken = self._evaluation.broken_warnings(place.key)
        return tuple(
            Problem(
                path,
                ProblemKind.WARNING,
                warning.message,
                warning.name,
                self._accepted.get((path, warning.name)),
                self._evaluation.said(place.key),
            )
            for warning in place.question.warnings
            if warning.name in broken
        )

    def problems(self) -> list[Problem]:
        """All that stops finishing, in the order of the form."""
        asked = self._places
        found = (p for path in asked for p in (*self.errors(path), *self.warnings(path)))
        return [problem for problem in found if problem.stops]

    def accepted(self) -> dict[tuple[Path, str], str]:
        """The reasons of the accepted warnings that are in effect."""
        return {
            (path, problem.warning): problem.reason
            for path in self._places
            for problem in self.warnings(path)
            if problem.warning is not None and problem.reason is not None
        }

    # --- what is kept --------------------------------------------------------------------

    def draft(self) -> dict[Path, Value]:
        """Everything answered, relevant or not, to go on with later; `None` where taken back."""
        return {**self._strays, **self._draft}

    def answers(self) -> dict[Path, Value]:
        """The record: what is answered and calculated, of relevant questions only."""
        visible = ((p.path, self._evaluation.value(p.key)) for p in self._relevant())
        return {path: value for path, value in visible if value is not None}

    def household_answers(self) -> dict[str, Value]:
        """The part of the record about the household, by question name."""
        return {
            path: value
            for path, value in self.answers().items()
            if self._places[path].instance is None
        }

    def instance_answers(self, repeat: str) -> dict[UUID, dict[str, Value]]:
        """The part of the record about each row of a repeat, by question name, in the rows' order."""
        found: dict[UUID, dict[str, Value]] = {row.id: {} for row in self._rows.of(repeat)}
        for path, value in self.answers().items():
            place = self._places[path]
            if place.instance and place.instance.id in found:
                found[place.instance.id][place.question.name] = value
        return found

    def row_marks(self) -> dict[Path, Value]:
        """The part of the draft that says which rows there are, and which were taken away."""
        return {path: value for path, value in self._draft.items() if paths.as_row(path)}

    def paths_in(self, row: UUID) -> list[Path]:
        """The questions of a row, in the order asked, those of rows within it left out."""
        return [path for path, place in self._places.items() if place.key[1] == row]

    def rows(self, repeat: str) -> Sequence[Instance]:
        """The rows of a repeat, in order."""
        return self._rows.of(repeat)

    # --- within --------------------------------------------------------------------------

    def _look_around(self) -> None:
        """Notes which questions and ends there are, in the order asked, if rows came or went."""
        if self._seen_changes == self._rows.changes:
            return
        self._seen_changes = self._rows.changes
        self._states.clear()
        self._places: dict[Path, _Place] = {}
        self._order: list[Path] = []
        for section in self.form.sections:
            top = section.items if section.group is None else (section.group,)
            self._look_at(top, None)
        self._by_section: dict[str, list[_Place]] = {one.name: [] for one in self.form.sections}
        for place in self._places.values():
            self._by_section[place.question.section].append(place)
        self._index = {path: number for number, path in enumerate(self._order)}

    def _look_at(self, items: Iterable[Question | Group], row: Instance | None) -> None:
        for item in items:
            if isinstance(item, Question):
                repeat = self.form.repeat_of(item.name)
                path = paths.join(item.name, repeat, row.id if row else None)
                self._places[path] = _Place(path, item, row)
                self._order.append(path)
            elif item.repeat is None:
                self._look_at(item.items, row)
            else:
                outer = row.id if row else None
                for one in self._rows.within(item.repeat.name, outer):
                    self._look_at(item.items, one)
                if _is_open(item):
                    self._order.append(paths.end(item.repeat.name, outer))

    def _blocks(
        self,
        items: Iterable[Question | Group],
        group: Group | None,
        row: Instance | None,
        depth: int,
        number: int = 0,
    ) -> Iterator[Block]:
        """Stretches of questions; a group or a row within begins another one, and ends it."""
        stretch: list[Path] = []
        is_first = True
        for item in items:
            if isinstance(item, Question):
                repeat = self.form.repeat_of(item.name)
                stretch.append(paths.join(item.name, repeat, row.id if row else None))
                continue
            if stretch or (is_first and group is not None):
                yield self._block(group, row, number, depth, stretch)
            stretch, is_first = [], False
            yield from self._inner_blocks(item, row, depth + 1)
        if stretch or (is_first and group is not None):
            yield self._block(group, row, number, depth, stretch)

    def _block(
        self, group: Group | None, row: Instance | None, number: int, depth: int, paths_: list[Path]
    ) -> Block:
        key = (group.name, row.id if row else None) if group else None
        said = self._evaluation.said(key) if key else {}
        return Block(group, row, number, depth, tuple(paths_), said=said)

    def _inner_blocks(self, group: Group, row: Instance | None, depth: int) -> Iterator[Block]:
        if group.repeat is None:
            yield from self._blocks(group.items, group, row, depth)
            return
        outer = row.id if row else None
        for number, one in enumerate(self._rows.within(group.repeat.name, outer), start=1):
            yield from self._blocks(group.items, group, one, depth, number)
        if _is_open(group):
            end = paths.end(group.repeat.name, outer)
            yield Block(group, row, 0, depth, (), end)

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
                self._draft[paths.row(repeat, row.id)] = _within(row)
                for path in self._paths_of(row):
                    if self._draft.get(path) is not None:
                        self._evaluation.change(self._places[path].key, self._draft[path])
                changed |= frozenset(self._paths_of(row))
                self._apply_defaults(self._paths_of(row))
        self._look_around()
        return changed

    def _next_row(self, repeat: str, outer: UUID | None) -> Instance:
        """The next row that an expression asks for: one that was there before comes again."""
        rows = sorted(
            (row for row in _kept_rows(self.form, self.draft(), gone=True).get(repeat, ())),
            key=lambda row: row.id,
        )
        again = (row for row in rows if row.inside == outer and not self._rows.has(row.id))
        return next(again, None) or Instance(new_id(), inside=outer)

    def _paths_of(self, row: Instance) -> list[Path]:
        return [path for path, place in self._places.items() if place.instance == row]

    def _problem(self, place: _Place, kind: ProblemKind, message: Text | None) -> Problem:
        return Problem(place.path, kind, message, said=self._evaluation.said(place.key))

    def _path(self, key: Key) -> Path:
        name, instance = key
        return paths.join(name, self.form.repeat_of(name), instance)

    def _relevant(self) -> Iterator[_Place]:
        return (p for p in self._places.values() if self._evaluation.is_relevant(p.key))

    def _first_open(self, candidates: Iterable[Path]) -> Path | None:
        return next((path for path in candidates if self.is_open(path)), None)

    def is_open(self, path: Path) -> bool:
        """Whether there is something to do at a place."""
        end = paths.as_end(path)
        if end is not None:
            return self._is_end_open(*end)
        place = self._places[path]
        return (
            place.question.type.is_asked
            and self._evaluation.is_relevant(place.key)
            and not self._evaluation.is_read_only(place.key)
        )

    def _is_end_open(self, repeat: str, outer: UUID | None) -> bool:
        group = self.form.repeats[repeat]
        if group.within is None:
            return True
        return self._evaluation.is_relevant(
            (group.within, self._rows.place_of_outer(group.within, outer))
        )

    def _item(self, place: _Place) -> Item:
        key, evaluation = place.key, self._evaluation
        value, previous = evaluation.value(key), self._previous_answer(place)
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
            changed=value is not None and previous is not None and value != previous,
            said=evaluation.said(key),
        )

    def _previous_answer(self, place: _Place) -> Value:
        """What was said last time: of a member then, of the row in the same place of a list."""
        if place.instance is None or place.path in self._previous:
            return self._previous.get(place.path)
        repeat = self.form.repeat_of(place.question.name)
        rows = self._rows.within(str(repeat), place.instance.inside)
        number = rows.index(place.instance)
        before = self._previous_rows.get(str(repeat), ())
        if len(before) <= number or place.instance.inside is not None:
            return None
        return self._previous.get(paths.join(place.question.name, repeat, before[number].id))

    def _section_state(self, section: Section) -> SectionState:
        asked = [
            place
            for place in self._by_section[section.name]
            if place.question.type.is_asked and self._evaluation.is_relevant(place.key)
        ]
        answered = sum(self._evaluation.value(place.key) is not None for place in asked)
        needed = [place for place in asked if self._evaluation.is_required(place.key)]
        met = sum(self._evaluation.value(place.key) is not None for place in needed)
        kinds = {problem.kind for place in asked for problem in self.errors(place.path)}
        if kinds - {ProblemKind.REQUIRED}:
            progress = Progress.HAS_ERRORS
        elif asked and not answered:
            progress = Progress.UNTOUCHED
        elif kinds:
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
            place = self._places.get(path)
            try:
                if place is None:
                    strays[path] = value
                else:
                    held[path] = values.normalised(place.question, value)
            except AnswerError:
                strays[path] = value
        return held, strays

    def _apply_defaults(self, paths_: Iterable[Path]) -> frozenset[Path]:
        changed: frozenset[Path] = frozenset()
        for path in list(paths_):
            place = self._places[path]
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


def _is_open(group: Group) -> bool:
    """Whether whoever answers says how many rows a repeat has."""
    repeat = group.repeat
    return repeat is not None and not repeat.is_known and repeat.count is None


def _within(row: Instance) -> str:
    return "" if row.inside is None else str(row.inside)


def _kept_rows(
    form: Questionnaire, kept: Mapping[Path, Value], *, gone: bool = False
) -> dict[str, list[Instance]]:
    """The rows that a draft or a record has, in the order in which they were added."""
    found: dict[str, list[Instance]] = {}
    for path, within in kept.items():
        repeat, row = paths.as_row(path) or ("", None)
        if row is not None and repeat in form.repeats and (gone or within != TAKEN_AWAY):
            outer = UUID(str(within)) if within and within != TAKEN_AWAY else None
            found.setdefault(repeat, []).append(Instance(row, inside=outer))
    return {repeat: sorted(rows, key=lambda row: row.id) for repeat, rows in found.items()}


def _previous_rows(
    form: Questionnaire, previous: Mapping[Path, Value]
) -> dict[str, list[Instance]]:
    """The rows of the visit before: those that are named, and those that something was said of."""
    rows = _kept_rows(form, previous)
    for path in previous:
        name, repeat, row = paths.split(path)
        if repeat is None or row is None or not _is_of(form, name, repeat):
            continue
        if all(one.id != row for one in rows.get(repeat, ())):
            rows.setdefault(repeat, []).append(Instance(row))
    return rows


def _is_of(form: Questionnaire, name: str, repeat: str | None) -> bool:
    return name in form.questions and form.repeat_of(name) == repeat


def _previous_tree(
    form: Questionnaire, previous: Mapping[Path, Value], rows: Mapping[str, Sequence[Instance]]
) -> DataTree:
    """The previous answers as a tree of the same shape; what the form does not know is left."""
    tree = DataTree(form, {}, Rows(form, rows))
    for path, value in previous.items():
        name, repeat, instance = paths.split(path)
        if _is_of(form, name, repeat) and tree.has((name, instance)):
            tree.write((name, instance), values.as_text(value))
    return tree
