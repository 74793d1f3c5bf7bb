"""What is wrong or doubtful with the answers of a session, what was accepted, what is to be confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.models.questionnaires.states import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.models.questionnaires.evaluation import Evaluation
    from desktop.models.questionnaires.form import Path, Text
    from desktop.models.questionnaires.layout import Layout, Place


class Checks:
    """Errors, warnings and answers to confirm, of a session that is under way.

    Args:
        layout: where everything stands.
        evaluation: what the expressions yield at present.
        accepted: reasons with which warnings were accepted, by path and name of the warning.
        unread: whose answers were taken over from the last visit, and not confirmed yet.
    """

    def __init__(
        self,
        layout: Layout,
        evaluation: Evaluation,
        accepted: Mapping[tuple[Path, str], str],
        unread: Iterable[Path],
    ) -> None:
        self._layout, self._evaluation = layout, evaluation
        self._accepted = dict(accepted)
        self._unread = set(unread)

    def errors(self, path: Path) -> tuple[Problem, ...]:
        """What makes an answer impossible, or its absence."""
        place = self._layout.places[path]
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
        place = self._layout.places[path]
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
        asked = self._layout.places
        kinds = (self.errors, self.warnings, self._to_confirm)
        found = (problem for path in asked for kind in kinds for problem in kind(path))
        return [problem for problem in found if problem.stops]

    def accepted(self) -> dict[tuple[Path, str], str]:
        """The reasons of the accepted warnings that are in effect."""
        return {
            (path, problem.warning): problem.reason
            for path in self._layout.places
            for problem in self.warnings(path)
            if problem.warning is not None and problem.reason is not None
        }

    def accept(self, path: Path, warning: str, reason: str) -> None:
        """Let an answer stand against a warning, with the reason.

        Raises:
            KeyError: the question has no such warning.
            ValueError: the reason is empty.
        """
        if warning not in {known.name for known in self._layout.places[path].question.warnings}:
            raise KeyError(warning)
        if not reason.strip():
            raise ValueError("a warning is accepted with a reason")
        self._accepted[path, warning] = reason.strip()

    def forget(self, path: Path) -> None:
        """There is another answer: what was accepted or to be confirmed of the one before is no more."""
        self._unread.discard(path)
        for stale in [key for key in self._accepted if key[0] == path]:
            del self._accepted[stale]

    # --- what was taken over from the last visit -----------------------------------------

    def doubt(self, path: Path) -> None:
        """An answer was taken over: it was not said today."""
        self._unread.add(path)

    def is_unread(self, path: Path) -> bool:
        """Whether an answer was taken over and not confirmed yet, asked or not."""
        return path in self._unread

    def unread(self, section: str) -> list[Path]:
        """What is asked in a section, was taken over from the last visit, and is not confirmed."""
        places = self._layout.by_section[section]
        return [place.path for place in places if self._to_confirm(place.path)]

    def confirm(self, answers: Iterable[Path]) -> frozenset[Path]:
        """Let answers that were taken over stand; the paths of those that were not confirmed before."""
        confirmed = frozenset(answers) & self._unread
        self._unread -= confirmed
        return confirmed

    # --- within --------------------------------------------------------------------------

    def _to_confirm(self, path: Path) -> tuple[Problem, ...]:
        if path not in self._unread:
            return ()
        key = self._layout.places[path].key
        is_open = self._evaluation.is_relevant(key) and not self._evaluation.is_read_only(key)
        return (Problem(path, ProblemKind.UNREAD),) if is_open else ()

    def _problem(self, place: Place, kind: ProblemKind, message: Text | None) -> Problem:
        return Problem(place.path, kind, message, said=self._evaluation.said(place.key))
