"""The local tables: synced ones made from the records, and what only this laptop keeps.

Foreign keys exist only within a scope and are checked at commit, because rows arrive in the order
of the server's log.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, Table, text
from sqlmodel import JSON, Field, SQLModel, String

from desktop.models.records.attachments import Attachment
from desktop.models.records.base import UtcText
from desktop.models.records.businesses import Business, Grant, ProgrammeYear, ProgressReport
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.decisions import Conflict, StateMove
from desktop.models.records.households import FamilyCard, Household, Member
from desktop.models.records.people import ScopeGrant, User
from desktop.models.records.places import Region
from desktop.models.records.questionnaires import Cadence, PublishedQuestionnaire
from desktop.models.records.visits import Visit, VisitAssignment, VisitMember, VisitRepeat


def _parents(name: str) -> tuple[ForeignKeyConstraint, ...]:
    return tuple(
        ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")
        for column, table in BY_NAME[name].needs.items()
    )


class Kept(SQLModel):
    """What every local synced row keeps beside its record."""

    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Fields a newer version wrote, which this one does not know: kept, never lost."""


class UserRow(Kept, User, table=True):
    """Users."""

    __tablename__ = "user"


class ProgrammeYearRow(Kept, ProgrammeYear, table=True):
    """Programme-years."""

    __tablename__ = "programme_year"


class HouseholdRow(Kept, Household, table=True):
    """Households."""

    __tablename__ = "household"


class FamilyCardRow(Kept, FamilyCard, table=True):
    """Family cards."""

    __tablename__ = "family_card"
    __table_args__ = _parents("family_card")


class MemberRow(Kept, Member, table=True):
    """Members."""

    __tablename__ = "member"
    __table_args__ = _parents("member")


class VisitRow(Kept, Visit, table=True):
    """Visits. `state` is computed from the state moves."""

    __tablename__ = "visit"
    __table_args__ = (
        *_parents("visit"),
        Index("visit_by_state", "state"),
        Index("visit_by_day", "visited_on", sqlite_where=text("deleted_at IS NULL")),
    )

    state: str = Field(default="draft", sa_column_kwargs={"server_default": "draft"})


class VisitMemberRow(Kept, VisitMember, table=True):
    """Answers of a visit about a member."""

    __tablename__ = "visit_member"
    __table_args__ = _parents("visit_member")


class BusinessRow(Kept, Business, table=True):
    """Businesses."""

    __tablename__ = "business"
    __table_args__ = (
        *_parents("business"),
        Index("business_living", "household_id", sqlite_where=text("deleted_at IS NULL")),
    )


class GrantRow(Kept, Grant, table=True):
    """Grants. `state` is computed from the state moves."""

    __tablename__ = "grant"
    __table_args__ = _parents("grant")

    state: str = Field(default="proposed", sa_column_kwargs={"server_default": "proposed"})


class ProgressReportRow(Kept, ProgressReport, table=True):
    """Monthly reports. `state` is computed from the state moves."""

    __tablename__ = "progress_report"
    __table_args__ = (
        *_parents("progress_report"),
        Index("progress_report_by_state", "state"),
        Index(
            "progress_report_by_follow_up",
            "follow_up_due_on",
            sqlite_where=text("follow_up_due_on IS NOT NULL"),
        ),
    )

    state: str = Field(default="draft", sa_column_kwargs={"server_default": "draft"})


class StateMoveRow(Kept, StateMove, table=True):
    """State moves. `seq` is the move's place in the scope's log; none while it is on the way."""

    __tablename__ = "state_move"

    seq: int | None = None


class ConflictRow(Kept, Conflict, table=True):
    """Conflicts."""

    __tablename__ = "conflict"


class QuestionnaireRow(Kept, PublishedQuestionnaire, table=True):
    """Questionnaires that the office published."""

    __tablename__ = "questionnaire"


class CadenceRow(Kept, Cadence, table=True):
    """How often families are to be visited."""

    __tablename__ = "cadence"


class VisitRepeatRow(Kept, VisitRepeat, table=True):
    """Rows of repeats that were filled in at a visit."""

    __tablename__ = "visit_repeat"
    __table_args__ = _parents("visit_repeat")


class AttachmentRow(Kept, Attachment, table=True):
    """What is said of photos, signatures and files."""

    __tablename__ = "attachment"
    __table_args__ = _parents("attachment")


class VisitAssignmentRow(Kept, VisitAssignment, table=True):
    """Visits that the office asks for."""

    __tablename__ = "visit_assignment"
    __table_args__ = _parents("visit_assignment")


SYNCED: dict[str, Table] = {name: SQLModel.metadata.tables[name] for name in BY_NAME}
"""Name -> table of every synced table."""


class RegionRow(Region, table=True):
    """Regions, from the reference data that ships with the program."""

    __tablename__ = "region"


class ScopeGrantRow(ScopeGrant, table=True):
    """What the province granted to the users of this laptop."""

    __tablename__ = "scope_grant"


class MetaRow(SQLModel, table=True):
    """Single facts about this laptop: device id, account, server address, incarnation."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JSON)


class DeviceLogRow(SQLModel, table=True):
    """Where this device's log stands, one row an epoch; the highest epoch is the current."""

    __tablename__ = "device_log"

    epoch: int = Field(primary_key=True)
    dseq: int
    hash: bytes = Field(sa_type=LargeBinary)
    key: bytes = Field(sa_type=LargeBinary)
    seed: bytes = Field(sa_type=LargeBinary)
    parent_epoch: int | None = None
    parent_dseq: int | None = None
    """The epoch and op after which this log left another, if it did."""


class OpState(StrEnum):
    """What the province is known to have made of an op."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    QUARANTINED = "quarantined"
    ANSWERED = "answered"
    """The office looked at it and did not take it; `reason` holds what it says."""


class OutboxRow(SQLModel, table=True):
    """An op of this device, from its capture until the province has it durably.

    `seq` is its place in the scope's log on the server, once known. It stays in the `overlay`
    (its value shown over the server's) until the cursor has passed that place. `answered_at` is when
    the province said what became of it: its receipt.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_overlay", "row_id", sqlite_where=text("overlay = 1")),
        Index("outbox_by_state", "state", "epoch", "dseq"),
        Index("outbox_by_seq", "scope", "seq"),
        Index("outbox_receipts", "row_id", "answered_at"),
    )

    epoch: int = Field(primary_key=True)
    dseq: int = Field(primary_key=True)
    table_name: str
    row_id: UUID
    scope: str
    base: int
    incarnation: str
    at: int
    user_id: UUID
    fields: dict[str, Any] = Field(sa_type=JSON)
    salt: bytes = Field(sa_type=LargeBinary)
    salt_kept: bool = False
    digest: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)
    state: OpState = Field(default=OpState.WAITING, sa_type=String)
    overlay: bool = True
    seq: int | None = None
    reason: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcText)


class ShadowRow(SQLModel, table=True):
    """What the server last said of a row that has ops in the overlay."""

    __tablename__ = "shadow"

    row_id: UUID = Field(primary_key=True)
    table_name: str
    scope: str
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class CursorRow(SQLModel, table=True):
    """How far a scope's log was applied here.

    `withdrawn`: no longer granted, not yet purged. `reset`: what was applied is not what the
    province has (it was restored from a backup), so the scope is fetched again from the start and
    then replaced as a whole.
    """

    __tablename__ = "cursor"

    scope: str = Field(primary_key=True)
    seq: int = 0
    withdrawn: bool = False
    reset: bool = False


class StagedPageRow(SQLModel, table=True):
    """Pulled pages that wait until their scope is whole. `body` is the page as it came."""

    __tablename__ = "staged_page"

    scope: str = Field(primary_key=True)
    from_seq: int = Field(primary_key=True)
    to_seq: int
    head: int
    incarnation: str
    body: bytes = Field(sa_type=LargeBinary)


class SyncRunRow(SQLModel, table=True):
    """History: one row for each attempt to reach the province; those that failed alike share one."""

    __tablename__ = "sync_run"

    id: int | None = Field(default=None, primary_key=True)
    started_at: datetime = Field(sa_type=UtcText)
    ended_at: datetime = Field(sa_type=UtcText)
    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    requests: int = 0
    fault: str | None = None


class DraftRow(SQLModel, table=True):
    """A visit begun and not finished. Local: it writes no op until it is finished."""

    __tablename__ = "draft"

    id: UUID = Field(primary_key=True)
    household_id: UUID = Field(index=True)
    user_id: UUID
    scope: str
    questionnaire: str
    questionnaire_version: int
    started_at: datetime = Field(sa_type=UtcText)
    touched_at: datetime = Field(sa_type=UtcText)
    place: str | None = None
    """The path of the question that was asked last."""
    purpose: str | None = None
    paradata: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    """How the answers came about, so far."""
    answered: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many of the questions that are asked have an answer."""


class DraftAnswerRow(SQLModel, table=True):
    """One answer of a draft, written as it is given. `accepted`: reasons for soft warnings.

    It is unread if it was taken over from the last visit and not read to the family yet.
    """

    __tablename__ = "draft_answer"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id", ondelete="CASCADE")
    path: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JSON)
    accepted: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    is_unread: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class DraftAttachmentRow(SQLModel, table=True):
    """A file that answers a question of a draft: what will be said of it once the visit is finished."""

    __tablename__ = "draft_attachment"

    id: UUID = Field(primary_key=True)
    draft_id: UUID = Field(foreign_key="draft.id", ondelete="CASCADE", index=True)
    path: str
    manifest: dict[str, Any] = Field(sa_type=JSON)


class UnsentFileRow(SQLModel, table=True):
    """A file of a record that was written here, and is nowhere else: the province has no copy yet."""

    __tablename__ = "unsent_file"

    attachment_id: UUID = Field(primary_key=True)
    sha256: str


class SearchRow(SQLModel, table=True):
    """What the list of families shows and searches, one row a household, derived.

    Its integer id is the rowid of the full-text index `search_index`.
    """

    __tablename__ = "search"
    __table_args__ = (
        Index("search_by_name", "head_name"),
        Index("search_by_due", "next_due_on", "head_name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    household_id: UUID = Field(unique=True)
    scope: str = Field(index=True)
    head_name: str
    hamlet: str | None = None
    member_count: int = 0
    last_visit_on: str | None = None
    next_due_on: str | None = None
    """When a visit is due: an ISO date, "" before the first visit, null if none ever is."""


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


# The tables as SQL sees them: every statement of the program is written on these.
HOUSEHOLD = SYNCED["household"]
FAMILY_CARD = SYNCED["family_card"]
MEMBER = SYNCED["member"]
VISIT = SYNCED["visit"]
VISIT_MEMBER = SYNCED["visit_member"]
VISIT_REPEAT = SYNCED["visit_repeat"]
VISIT_ASSIGNMENT = SYNCED["visit_assignment"]
ATTACHMENT = SYNCED["attachment"]
QUESTIONNAIRE = SYNCED["questionnaire"]
CADENCE = SYNCED["cadence"]
BUSINESS = SYNCED["business"]
GRANT = SYNCED["grant"]
PROGRESS_REPORT = SYNCED["progress_report"]
STATE_MOVE = SYNCED["state_move"]
CONFLICT = SYNCED["conflict"]
USER = SYNCED["user"]
PROGRAMME_YEAR = SYNCED["programme_year"]
REGION = _table(RegionRow)
SCOPE_GRANT = _table(ScopeGrantRow)
META = _table(MetaRow)
DEVICE_LOG = _table(DeviceLogRow)
OUTBOX = _table(OutboxRow)
SHADOW = _table(ShadowRow)
CURSOR = _table(CursorRow)
STAGED_PAGE = _table(StagedPageRow)
SYNC_RUN = _table(SyncRunRow)
DRAFT = _table(DraftRow)
DRAFT_ANSWER = _table(DraftAnswerRow)
DRAFT_ATTACHMENT = _table(DraftAttachmentRow)
UNSENT_FILE = _table(UnsentFileRow)
SEARCH = _table(SearchRow)
