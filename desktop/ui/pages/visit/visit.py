"""One visit under way: the family, the form, the answers, and what the rules make of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.models.operations.visits import DraftHead, FinishedRow, FinishedVisit, KeptAnswer
from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import walk
from desktop.models.questionnaires.paradata import Paradata
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance
from desktop.models.records.households import Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.deprivations import Context, MemberAnswers, deprivations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from desktop.models.queries.visits import VisitBasis, VisitedMember
    from desktop.models.questionnaires.form import Path, Questionnaire, Value
    from desktop.models.reference import Reference
    from desktop.ui.attachments import DraftAttachments

MEMBERS = "members"
"""The repeat that asks about each member."""

_NOT_COMPARED = frozenset({"visited_on"})
"""What differs from visit to visit by its nature."""


@dataclass(frozen=True, slots=True)
class FactorResults:
    """The eight results of a visit, by factor."""

    on: date
    results: Mapping[str, str]


class Visit:
    """A household being visited.

    Args:
        basis: what is known of the household, and its draft if there is one.
        form: the questionnaire.
        reference: the poverty lines.
        now: the moment of opening.
        today: the same as a day in Banten.
    """

    def __init__(
        self,
        basis: VisitBasis,
        form: Questionnaire,
        reference: Reference,
        now: datetime,
        today: date,
    ) -> None:
        self.basis = basis
        self.form = form
        self.today = today
        self._reference = reference
        draft = basis.draft
        self.head = DraftHead(
            id=draft.id if draft else basis.new_draft_id,
            household_id=basis.household_id,
            scope=basis.scope,
            questionnaire=form.id,
            questionnaire_version=form.version,
            started_at=draft.started_at if draft else now,
            purpose=basis.purpose,
        )
        self.offered: list[Questionnaire] = [form]
        """What could be asked instead, this one among it."""
        self.attachments: DraftAttachments | None = None
        """Keep what is photographed or signed, once the visit is shown to be filled in."""
        self.paradata = Paradata(draft.paradata if draft else None)
        self.members = {member.id: member for member in basis.members}
        self.session = AnswerSession(
            form,
            facts={
                **basis.known,
                "member_count": len(basis.members),
                "village": basis.village,
                "village_kind": "urban" if basis.is_urban else "rural",
                "purpose": basis.purpose,
            },
            instances={MEMBERS: [_instance(member) for member in basis.members]},
            today=today,
            now=now,
            answers=draft.answers if draft else None,
            previous=_previous_answers(basis),
            accepted=draft.accepted if draft else None,
        )

    def kept(self, path: Path) -> KeptAnswer:
        """An answer, or the mark of a row, as the draft keeps it."""
        if not self.session.has(path):
            return KeptAnswer(self.session.draft().get(path))
        reasons = {
            problem.warning: problem.reason
            for problem in self.session.warnings(path)
            if problem.warning is not None and problem.reason is not None
        }
        return KeptAnswer(self.session.draft().get(path), reasons)

    def all_kept(self) -> dict[Path, KeptAnswer]:
        """Everything answered so far, defaults included."""
        return {path: self.kept(path) for path in self.session.draft() if self._is_asked(path)}

    def section_of(self, path: Path) -> str:
        """The section in which a question, or the end of a repeat, stands."""
        end = paths.as_end(path)
        if end is None:
            return self.form.questions[paths.split(path)[0]].section
        group = self.form.repeats[end[0]]
        inside = (one for one in self.form.sections if group in (one.group, *walk(one.items)))
        return next(inside).name

    def first_open(self, section: str = "") -> Path | None:
        """The first question without an answer, or repeat without a row, of a section or of all."""
        path = self.session.next_path(None)
        while path is not None:
            if section in ("", self.section_of(path)) and not self.session.is_answered(path):
                return path
            path = self.session.next_path(path)
        return None

    def first(self, section: str) -> Path | None:
        """The first question of a section that takes an answer."""
        asked = (item for item in self.session.items(section) if item.question.type.is_asked)
        return next((item.path for item in asked), None)

    def finished(self) -> FinishedVisit:
        """The record of this visit."""
        answers = self.session.household_answers()
        return FinishedVisit(
            visited_on=self._day(),
            outcome=VisitOutcome(str(answers.get("outcome", VisitOutcome.MET))),
            answers=answers,
            members=self._of_members(),
            repeats=list(self._rows()),
            paradata=self.paradata.as_json(),
            accepted={
                f"{path}:{warning}": reason
                for (path, warning), reason in self.session.accepted().items()
            },
        )

    def _of_members(self) -> Mapping[UUID, Mapping[str, Value]]:
        """What was asked about each member; nothing if the questionnaire does not ask of them."""
        return self.session.instance_answers(MEMBERS) if MEMBERS in self.form.repeats else {}

    def _rows(self) -> Iterator[FinishedRow]:
        """The rows that were filled in, of each repeat in order."""
        for repeat, group in self.form.repeats.items():
            if group.repeat is None or group.repeat.is_known:
                continue
            answers = self.session.instance_answers(repeat)
            for place, row in enumerate(self.session.rows(repeat)):
                yield FinishedRow(row.id, repeat, place, row.inside, answers[row.id])

    def factors(self) -> FactorResults | None:
        """What this visit says of the eight factors; None if the family was not asked."""
        answers = self.session.household_answers()
        if answers.get("outcome") != VisitOutcome.MET or answers.get("consent") == "no":
            return None
        return self._results(self._day(), answers, self._of_members())

    def previous_factors(self) -> FactorResults | None:
        """What the visit before said of them, by the same rule."""
        previous = self.basis.previous
        if previous is None:
            return None
        return self._results(previous.visited_on, previous.answers, previous.members)

    def age(self, member: VisitedMember, on: date | None = None) -> int | None:
        """A member's age in completed years on a day; that of the visit unless told."""
        born, day = member.birth_date, on or self._day()
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _day(self) -> date:
        day = self.session.draft().get("visited_on")
        return date.fromisoformat(str(day)) if day else self.today

    def _is_asked(self, path: Path) -> bool:
        if paths.as_row(path) is not None:
            return True
        return self.session.has(path) and self.session.item(path).question.type.is_asked

    def _results(
        self, on: date, answers: Mapping[str, Any], members: Mapping[UUID, Mapping[str, Any]]
    ) -> FactorResults:
        poverty, extreme = self._reference.poverty_line(on), self._reference.extreme_line(on)
        context = Context(
            poverty_line=poverty.amount if poverty else None,
            extreme_line=extreme.amount if extreme else None,
            is_urban=self.basis.is_urban,
            household_size=len(self.members) or None,
        )
        asked = [
            MemberAnswers(
                self.age(member, on), members[member.id], member.relation == Relation.HEAD
            )
            for member in self.members.values()
            if member.id in members
        ]
        outcomes = deprivations(answers, asked, context)
        return FactorResults(
            on, {factor.value: outcome.result.value for factor, outcome in outcomes.items()}
        )


def _instance(member: VisitedMember) -> Instance:
    return Instance(
        member.id,
        {
            "name": member.name,
            "sex": member.sex,
            "birth_date": member.birth_date.isoformat() if member.birth_date else None,
            "age": None,
            "relation": member.relation,
        },
    )


def _previous_answers(basis: VisitBasis) -> dict[Path, Value]:
    previous = basis.previous
    if previous is None:
        return {}
    about = {
        paths.join(name, MEMBERS, member_id): value
        for member_id, answers in previous.members.items()
        for name, value in answers.items()
    }
    rows: dict[Path, Value] = {}
    for row in previous.rows:
        rows[paths.row(row.repeat, row.id)] = str(row.inside) if row.inside else ""
        rows |= {paths.join(name, row.repeat, row.id): one for name, one in row.answers.items()}
    household = {k: v for k, v in previous.answers.items() if k not in _NOT_COMPARED}
    return household | about | rows
