"""One visit under way: the family, the form, the answers, and what the rules make of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.models.operations.visits import DraftHead, FinishedRow, FinishedVisit, KeptAnswer
from desktop.models.queries.standing import found_at_visit
from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import KNOWN_REPEAT
from desktop.models.questionnaires.paradata import Paradata
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance
from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.carrying import Finding, carry
from desktop.models.rules.deprivations import Factor
from desktop.ui.pages.visit.earlier import earlier_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from desktop.models.queries.visits import VisitBasis, VisitedMember
    from desktop.models.questionnaires.form import Path, Questionnaire, Value
    from desktop.models.reference import Reference
    from desktop.models.rules.carrying import Standing
    from desktop.ui.attachments import DraftAttachments


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
        self.earlier = earlier_answers(form, basis.earlier)
        self.session = AnswerSession(
            form,
            facts={
                **basis.known,
                "member_count": len(basis.members),
                "village": basis.village,
                "village_kind": "urban" if basis.is_urban else "rural",
                "purpose": basis.purpose,
                "factors_asked": len(self._known_before()),
            },
            instances={KNOWN_REPEAT: [_instance(member) for member in basis.members]},
            today=today,
            now=now,
            answers=draft.answers if draft else None,
            previous=self.earlier.answers,
            accepted=draft.accepted if draft else None,
            unread=draft.unread if draft else (),
        )

    def kept(self, path: Path) -> KeptAnswer:
        """An answer, or the mark of a row, as the draft keeps it."""
        if not self.session.has(path):
            return KeptAnswer(self.session.draft().get(path))
        reasons = {
            problem.warning: problem.reason
            for problem in self.session.checks.warnings(path)
            if problem.warning is not None and problem.reason is not None
        }
        is_unread = self.session.item(path).is_unread
        return KeptAnswer(self.session.draft().get(path), reasons, is_unread)

    def all_kept(self) -> dict[Path, KeptAnswer]:
        """Everything answered so far, defaults included."""
        draft = self.session.draft()
        return {path: self.kept(path) for path in draft if self._is_of_form(path)}

    def answered(self) -> int:
        """How many of the questions that are asked have an answer."""
        return sum(state.answered for state in self.session.sections() if state.relevant)

    def first_open(self, section: str = "") -> Path | None:
        """The first question without an answer, or repeat without a row, of a section or of all."""
        path = self.session.next_path(None)
        while path is not None:
            if section in ("", self.form.section_of(path)) and not self.session.is_answered(path):
                return path
            path = self.session.next_path(path)
        return None

    def first(self, section: str) -> Path | None:
        """The first question of a section that takes an answer; None if none does."""
        asked = (item.path for item in self.session.items(section))
        return next((path for path in asked if self.session.is_open(path)), None)

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
                for (path, warning), reason in self.session.checks.accepted().items()
            },
        )

    def _of_members(self) -> Mapping[UUID, Mapping[str, Value]]:
        """What was asked about each member; nothing if the questionnaire does not ask of them."""
        return (
            self.session.instance_answers(KNOWN_REPEAT) if KNOWN_REPEAT in self.form.repeats else {}
        )

    def _rows(self) -> Iterator[FinishedRow]:
        """The rows that were filled in, of each repeat in order."""
        for repeat, group in self.form.repeats.items():
            if group.repeat is None or group.repeat.is_known:
                continue
            answers = self.session.instance_answers(repeat)
            for place, row in enumerate(self.session.rows(repeat)):
                yield FinishedRow(row.id, repeat, place, row.inside, answers[row.id])

    def factors(self) -> Standing | None:
        """What is known of the eight factors with this visit; None if the family was not asked."""
        answers = self.session.household_answers()
        if answers.get("outcome") != VisitOutcome.MET or answers.get("consent") == "no":
            return None
        now = self._finding(self._day(), answers, self._of_members())
        return [*carry([*self._findings_until(self._day()), now])][-1]

    def previous_factors(self) -> Standing | None:
        """What was known of them at the visit before, by the same rule; None before the first."""
        standings = [*carry(self._findings_until(self._day()))]
        return standings[-1] if standings else None

    def _findings_until(self, day: date) -> list[Finding]:
        """What the visits up to a day found, the oldest first; a visit may be typed in late."""
        return [
            self._finding(visit.visited_on, visit.answers, visit.members)
            for visit in reversed(self.basis.earlier)
            if visit.visited_on <= day and visit.answers.get("consent") != "no"
        ]

    def _known_before(self) -> frozenset[Factor]:
        """The factors that some visit before has asked of."""
        found = frozenset[Factor]().union(*(one.asked for one in self._findings_until(self.today)))
        # Both are asked about the members; nobody may be of an age at which schooling is asked of.
        return found | {Factor.EDUCATION} if Factor.HEALTH in found else found

    def age(self, member: VisitedMember, on: date | None = None) -> int | None:
        """A member's age in completed years on a day; that of the visit unless told."""
        born, day = member.birth_date, on or self._day()
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _day(self) -> date:
        day = self.session.draft().get("visited_on")
        return date.fromisoformat(str(day)) if day else self.today

    def _is_of_form(self, path: Path) -> bool:
        return paths.as_row(path) is not None or self.session.has(path)

    def _finding(
        self, on: date, answers: Mapping[str, Any], members: Mapping[UUID, Mapping[str, Any]]
    ) -> Finding:
        basis = self.basis
        return found_at_visit(
            on, answers, members, basis.people, self._reference, is_urban=basis.is_urban
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
