"""One family as its page shows it: who they are, what was seen at each visit, what is lacking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, select

from desktop.models.queries.assignments import AssignedVisit, open_assignments
from desktop.models.queries.conflicts import OpenConflict, open_conflicts
from desktop.models.queries.kin import Kin, founded_by, founded_from
from desktop.models.queries.members import MemberView, members_of
from desktop.models.queries.questionnaires import Version, as_title, title_instead
from desktop.models.queries.standing import found_at_visit
from desktop.models.queries.transport import Receipt, family_receipts, record_receipts
from desktop.models.queries.visits import RepeatRow, repeat_rows
from desktop.models.questionnaires.form import Text
from desktop.models.records.households import Relation
from desktop.models.reference import Kind, Reference
from desktop.models.rules.carrying import Standing, carry
from desktop.models.rules.deprivations import Factor, Result
from desktop.models.rules.names import same_person_likelihood
from desktop.models.store.plan import purposes_of
from desktop.models.tables import (
    BUSINESS,
    DRAFT,
    FAMILY_CARD,
    HOUSEHOLD,
    MEMBER,
    REGION,
    SEARCH,
    USER,
    VISIT,
    VISIT_MEMBER,
)

ALIKE = 0.88
"""How alike two names are (0 to 1) to ask whether they are one person."""


@dataclass(frozen=True, slots=True)
class AskedMember:
    """A member who was asked about at a visit, and what was said of them."""

    id: UUID
    name: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VisitView:
    """A finished visit: its marks, what it found lacking, and its answers.

    Attributes:
        members: those who were asked about.
        rows: what was filled in in lists, row by row.
        paradata: seconds, corrections and answers taken over by section, where they were noted.
        standing: the eight factors as they were known then.
    """

    id: UUID
    visited_on: date
    outcome: str
    state: str
    receipt: Receipt
    questionnaire: Version
    facilitator_id: UUID
    facilitator: str
    answers: Mapping[str, Any]
    accepted: Mapping[str, str]
    members: Sequence[AskedMember]
    rows: Sequence[RepeatRow]
    paradata: Mapping[str, Mapping[str, int]]
    standing: Standing

    @property
    def lacking(self) -> tuple[Factor, ...]:
        """The factors that are lacking, by this visit or by those before."""
        outcomes = self.standing.outcomes.items()
        return tuple(factor for factor, outcome in outcomes if outcome.result is Result.DEPRIVED)

    @property
    def unknown(self) -> bool:
        """Whether any factor could not be told."""
        outcomes = self.standing.outcomes.values()
        return any(outcome.result is Result.UNKNOWN for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A visit that was begun and not finished."""

    id: UUID
    started_at: datetime
    answered: int
    title: Text | None = None
    """What is asked, where that is not the ordinary visit."""


@dataclass(frozen=True, slots=True)
class BusinessLine:
    """A business of the family."""

    id: UUID
    name: str
    kbli_code: str | None
    status: str
    started_on: date | None


@dataclass(frozen=True, slots=True)
class NextVisit:
    """By when a family is to be visited (None: at once), and what for, a code of `Purpose`."""

    due_on: date | None
    purpose: str


@dataclass(frozen=True, slots=True)
class FamilyView:
    """All that a family's page shows.

    Attributes:
        going_to: the village that it is to be moved to.
        asked: the visits that the office asks for, the one due first first.
        next_visit: None if it is not accompanied any more.
        founded: the families that members of it have founded.
        founded_from: the family that this one was founded from.
    """

    id: UUID
    scope: str
    village: str
    is_urban: bool | None
    hamlet: str | None
    rt: str | None
    rw: str | None
    address: str | None
    phone: str | None
    note: str | None
    status: str
    family_card: str | None
    receipt: Receipt
    members: Sequence[MemberView] = ()
    visits: Sequence[VisitView] = ()
    drafts: Sequence[DraftView] = ()
    conflicts: Sequence[OpenConflict] = ()
    businesses: Sequence[BusinessLine] = ()
    going_to: str | None = None
    asked: Sequence[AssignedVisit] = ()
    next_visit: NextVisit | None = None
    founded: Sequence[Kin] = ()
    founded_from: Kin | None = None

    @property
    def head(self) -> MemberView | None:
        """The head of the family: who is said to be, else whoever is there."""
        present = [member for member in self.members if member.is_present]
        heads = [member for member in present if member.relation == Relation.HEAD]
        return next(iter(heads or present or self.members), None)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A family that may be the one being registered."""

    household_id: UUID
    name: str
    hamlet: str | None
    is_same_number: bool


def family(connection: Connection, household_id: UUID, reference: Reference) -> FamilyView | None:
    """A family; None if it is not on this laptop, or was deleted."""
    query = select(HOUSEHOLD, REGION.c.name.label("village"), REGION.c.kind).join(
        REGION, REGION.c.code == HOUSEHOLD.c.scope, isouter=True
    )
    row = connection.execute(
        query.where(HOUSEHOLD.c.id == household_id, HOUSEHOLD.c.deleted_at.is_(None))
    ).first()
    if row is None:
        return None
    cards = connection.execute(_living(FAMILY_CARD, household_id)).all()
    members = members_of(connection, household_id)
    is_urban = None if row.kind is None else row.kind == Kind.KELURAHAN.value
    names = ("id", "scope", "hamlet", "rt", "rw", "address", "phone", "note", "status")
    return FamilyView(
        **{name: getattr(row, name) for name in names},
        village=row.village or row.scope,
        is_urban=is_urban,
        family_card=_newest_number(cards),
        receipt=family_receipts(connection, [household_id])[household_id],
        members=members,
        visits=_visits(connection, household_id, members, reference, is_urban=is_urban),
        drafts=_drafts(connection, household_id),
        conflicts=open_conflicts(connection, household_id),
        businesses=[
            BusinessLine(line.id, line.name, line.kbli_code, line.status, line.started_on)
            for line in connection.execute(_living(BUSINESS, household_id))
        ],
        going_to=row.extra.get("scope"),
        asked=open_assignments(connection, [household_id]).get(household_id, []),
        next_visit=_next_visit(connection, household_id),
        founded=founded_by(connection, household_id, [(one.id, one.name) for one in members]),
        founded_from=founded_from(
            connection, household_id, row.scope, [one.name for one in members]
        ),
    )


def likenesses(
    connection: Connection, scope: str, name: str, national_id: str | None
) -> list[Likeness]:
    """Families that may be the one of this head: the same NIK anywhere, a like name in the village.

    Args:
        connection: the store.
        scope: code of the village.
        name: of the head, as typed.
        national_id: sixteen digits, or None.
    """
    found: dict[UUID, Likeness] = {}
    query = select(SEARCH.c.household_id, SEARCH.c.head_name, SEARCH.c.hamlet)
    if national_id:
        holders = select(MEMBER.c.household_id).where(
            MEMBER.c.national_id == national_id, MEMBER.c.deleted_at.is_(None)
        )
        for row in connection.execute(query.where(SEARCH.c.household_id.in_(holders))):
            found[row.household_id] = Likeness(*row, True)
    for row in connection.execute(query.where(SEARCH.c.scope == scope)):
        if row.household_id not in found and same_person_likelihood(name, row.head_name) >= ALIKE:
            found[row.household_id] = Likeness(*row, False)
    return list(found.values())


def _living(table: Any, household_id: UUID) -> Select[Any]:
    query = select(table).where(table.c.household_id == household_id, table.c.deleted_at.is_(None))
    return query.order_by(table.c.id)


def _next_visit(connection: Connection, household_id: UUID) -> NextVisit | None:
    query = select(SEARCH.c.next_due_on).where(SEARCH.c.household_id == household_id)
    due = connection.execute(query).scalar()
    if due is None:
        return None
    purpose = purposes_of(connection, [household_id])[household_id]
    return NextVisit(date.fromisoformat(due) if due else None, purpose)


def _newest_number(cards: Sequence[Row[Any]]) -> str | None:
    newest = max(cards, key=lambda card: (card.valid_from or date.min, card.id), default=None)
    return newest.number if newest else None


def _visits(
    connection: Connection,
    household_id: UUID,
    members: Sequence[MemberView],
    reference: Reference,
    *,
    is_urban: bool | None,
) -> list[VisitView]:
    """Visits, newest first."""
    query = select(VISIT, USER.c.name.label("facilitator")).join(
        USER, USER.c.id == VISIT.c.facilitator_id, isouter=True
    )
    living = (VISIT.c.household_id == household_id, VISIT.c.deleted_at.is_(None))
    newest = query.where(*living).order_by(VISIT.c.visited_on.desc(), VISIT.c.id.desc())
    rows = connection.execute(newest).all()
    asked: dict[UUID, dict[UUID, Mapping[str, Any]]] = defaultdict(dict)
    rows_of = select(VISIT_MEMBER).where(
        VISIT_MEMBER.c.visit_id.in_([row.id for row in rows]), VISIT_MEMBER.c.deleted_at.is_(None)
    )
    for answered in connection.execute(rows_of):
        asked[answered.visit_id][answered.member_id] = answered.answers
    found = [
        found_at_visit(
            row.visited_on, row.answers, asked[row.id], members, reference, is_urban=is_urban
        )
        for row in reversed(rows)
    ]
    standings = reversed(list(carry(found)))
    receipts = record_receipts(connection, [row.id for row in rows])
    repeats = repeat_rows(connection, [row.id for row in rows])
    return [
        VisitView(
            id=row.id,
            visited_on=row.visited_on,
            outcome=row.outcome,
            state=row.state,
            receipt=receipts[row.id],
            questionnaire=(row.questionnaire, row.questionnaire_version),
            facilitator_id=row.facilitator_id,
            facilitator=row.facilitator or "",
            answers=row.answers,
            accepted=row.accepted,
            members=[
                AskedMember(member.id, member.name, asked[row.id][member.id])
                for member in members
                if member.id in asked[row.id]
            ],
            rows=repeats.get(row.id, ()),
            paradata=row.paradata or {},
            standing=standing,
        )
        for row, standing in zip(rows, standings, strict=True)
    ]


def _drafts(connection: Connection, household_id: UUID) -> list[DraftView]:
    title = title_instead(DRAFT).label("title")
    rows = connection.execute(
        select(DRAFT.c.id, DRAFT.c.started_at, DRAFT.c.answered, title)
        .where(DRAFT.c.household_id == household_id)
        .order_by(DRAFT.c.touched_at.desc())
    )
    return [DraftView(row.id, row.started_at, row.answered, as_title(row.title)) for row in rows]
