"""A session of answers: one household being asked one questionnaire.

Setting an answer re-evaluates only what depends on it. Answers that became irrelevant stay in
the draft, so that nothing typed is lost, and are left out of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from desktop.models.questionnaires import paths, values
from desktop.models.questionnaires.evaluation import Evaluation
from desktop.models.questionnaires.form import (
    Path,
    Question,
    Questionnaire,
    QuestionType,
    Section,
    Value,
)
from desktop.models.questionnaires.states import (
    Instance,
    Item,
    Problem,
    ProblemKind,
    Progress,
    SectionState,
)
from desktop.models.questionnaires.tree import DataTree, Key
from desktop.models.questionnaires.values import AnswerError


class _Place(NamedTuple):
    """One question in one instance."""

    path: Path
    question: Question
    section: Section
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
        instances: the rows of each repeat, in the order in which they are asked.
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
        self._places = {place.path: place for place in _places(form, instances)}
        self._order = list(self._places)
        self._previous = dict(previous or {})
        self._accepted = dict(accepted or {})
        self._draft, self._strays = self._sorted_out(answers or {})
        self._evaluation = Evaluation(
            form,
            facts=facts,
            instances=instances,
            answers={self._places[path].key: value for path, value in self._draft.items()},
            previous=_previous_tree(form, self._previous),
            today=today,
            now=now or datetime.now(UTC),
        )
        self._apply_defaults()

    # --- asking --------------------------------------------------------------------------

    def sections(self) -> list[SectionState]:
        """All sections in order, with how far each has come."""
        return [self._section_state(section) for section in self.form.sections]

    def items(self, section: str) -> list[Item]:
        """The visible questions of a section, in the order asked; instance by instance."""
        visible = (p for p in self._visible() if p.section.name == section)
        return [self._item(place) for place in visible]

    def all_items(self, section: str) -> list[Item]:
        """Every question of a section, visible or not, in the order asked."""
        return [self._item(p) for p in self._places.values() if p.section.name == section]

    def item(self, path: Path) -> Item:
        """One question, visible or not.

        Raises:
            KeyError: the form has no such path for this household.
        """
        return self._item(self._places[path])

    def next_path(self, path: Path | None) -> Path | None:
        """The next question to answer after `path` (`None`: the first); `None` at the end."""
        start = 0 if path is None else self._order.index(path) + 1
        return self._first_open(self._order[start:])

    def previous_path(self, path: Path | None) -> Path | None:
        """The question to answer before `path` (`None`: the last); `None` at the beginning."""
        end = len(self._order) if path is None else self._order.index(path)
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
        return frozenset(self._path(key) for key in changed)

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
            return (Problem(path, ProblemKind.REQUIRED, question.required_message),)
        if question.constraint and not self._evaluation.is_valid(key):
            return (Problem(path, ProblemKind.CONSTRAINT, question.constraint.message),)
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
            )
            for warning in place.question.warnings
            if warning.name in broken
        )

    def problems(self) -> list[Problem]:
        """All that stops finishing, in the order of the form."""
        found = (p for path in self._order for p in (*self.errors(path), *self.warnings(path)))
        return [problem for problem in found if problem.stops]

    def accepted(self) -> dict[tuple[Path, str], str]:
        """The reasons of the accepted warnings that are in effect."""
        return {
            (path, problem.warning): problem.reason
            for path in self._order
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
        """The part of the record about each row of a repeat, by question name."""
        found: dict[UUID, dict[str, Value]] = {
            place.instance.id: {}
            for place in self._places.values()
            if place.instance and place.section.repeat == repeat
        }
        for path, value in self.answers().items():
            place = self._places[path]
            if place.instance and place.section.repeat == repeat:
                found[place.instance.id][place.question.name] = value
        return found

    # --- within --------------------------------------------------------------------------

    def _path(self, key: Key) -> Path:
        name, instance = key
        question = self.form.questions[name]
        return paths.join(name, self.form.section(question.section).repeat, instance)

    def _relevant(self) -> Iterator[_Place]:
        return (p for p in self._places.values() if self._evaluation.is_relevant(p.key))

    def _visible(self) -> Iterator[_Place]:
        return (p for p in self._relevant() if p.question.type is not QuestionType.CALCULATE)

    def _first_open(self, candidates: Sequence[Path] | Iterator[Path]) -> Path | None:
        for path in candidates:
            place = self._places[path]
            if (
                place.question.type.is_asked
                and self._evaluation.is_relevant(place.key)
                and not self._evaluation.is_read_only(place.key)
            ):
                return path
        return None

    def _item(self, place: _Place) -> Item:
        key, evaluation = place.key, self._evaluation
        value, previous = evaluation.value(key), self._previous.get(place.path)
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
        )

    def _section_state(self, section: Section) -> SectionState:
        asked = [
            place
            for place in self._relevant()
            if place.section is section and place.question.type.is_asked
        ]
        answered = sum(self._evaluation.value(place.key) is not None for place in asked)
        kinds = {problem.kind for place in asked for problem in self.errors(place.path)}
        if kinds - {ProblemKind.REQUIRED}:
            progress = Progress.HAS_ERRORS
        elif asked and not answered:
            progress = Progress.UNTOUCHED
        elif kinds:
            progress = Progress.PARTIAL
        else:
            progress = Progress.COMPLETE
        relevant = self._evaluation.is_section_relevant(section.name)
        return SectionState(section.name, section.title, relevant, answered, len(asked), progress)

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

    def _apply_defaults(self) -> None:
        for path, place in self._places.items():
            result = None if path in self._draft else self._evaluation.default(place.key)
            if result is None:
                continue
            try:
                value = values.from_default(place.question, result)
            except AnswerError:
                continue  # A default taken from elsewhere that no longer fits is no default.
            if value is not None:
                self._draft[path] = value
                self._evaluation.change(place.key, value)


def _places(form: Questionnaire, instances: Mapping[str, Sequence[Instance]]) -> Iterator[_Place]:
    for section in form.sections:
        rows = (None,) if section.repeat is None else instances.get(section.repeat, ())
        for instance in rows:
            for question in section.questions:
                where = instance.id if instance else None
                path = paths.join(question.name, section.repeat, where)
                yield _Place(path, question, section, instance)


def _previous_tree(form: Questionnaire, previous: Mapping[Path, Value]) -> DataTree:
    """The previous answers as a tree of the same shape; what the form does not know is left."""
    known = [
        (name, repeat, instance, value)
        for path, value in previous.items()
        for name, repeat, instance in [paths.split(path)]
        if name in form.questions and form.section(form.questions[name].section).repeat == repeat
    ]
    rows: dict[str, dict[UUID, Instance]] = {}
    for _name, repeat, instance, _value in known:
        if repeat is not None and instance is not None:
            rows.setdefault(repeat, {})[instance] = Instance(instance)
    tree = DataTree(form, {}, {repeat: list(found.values()) for repeat, found in rows.items()})
    for name, _repeat, instance, value in known:
        tree.write((name, instance), values.as_text(value))
    return tree
