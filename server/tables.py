"""The server's tables: synced ones made from the records, the scope logs, devices and accounts.

They have a registry of their own, apart from the laptop's tables of the same names.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, MetaData, Table
from sqlalchemy.orm import registry
from sqlmodel import JSON, Field, SQLModel

from desktop.models.records.attachments import Attachment
from desktop.models.records.base import UtcText
from desktop.models.records.businesses import Business, Grant, ProgrammeYear, ProgressReport
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.decisions import Conflict, StateMove
from desktop.models.records.households import FamilyCard, Household, Member
from desktop.models.records.people import ScopeGrant, User
from desktop.models.records.questionnaires import Cadence, PublishedQuestionnaire
from desktop.models.records.visits import Visit, VisitAssignment, VisitMember, VisitRepeat


class ServerRow(SQLModel, registry=registry()):
    """Base of the server's tables."""


METADATA: MetaData = ServerRow.metadata


class Merged(ServerRow):
    """What the server keeps beside every synced record."""

    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Fields of a newer version of the program, kept as they came."""

    versions: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Field -> seq of the log entry whose value stands."""


class UserRow(Merged, User, table=True):
    """Users, as everybody may know them."""

    __tablename__ = "user"


class ProgrammeYearRow(Merged, ProgrammeYear, table=True):
    """Programme-years."""

    __tablename__ = "programme_year"


class HouseholdRow(Merged, Household, table=True):
    """Households."""

    __tablename__ = "household"


class FamilyCardRow(Merged, FamilyCard, table=True):
    """Family cards."""

    __tablename__ = "family_card"


class MemberRow(Merged, Member, table=True):
    """Members."""

    __tablename__ = "member"


class VisitRow(Merged, Visit, table=True):
    """Visits."""

    __tablename__ = "visit"


class VisitMemberRow(Merged, VisitMember, table=True):
    """Answers of a visit about a member."""

    __tablename__ = "visit_member"


class BusinessRow(Merged, Business, table=True):
    """Businesses."""

    __tablename__ = "business"


class GrantRow(Merged, Grant, table=True):
    """Grants."""

    __tablename__ = "grant"


class ProgressReportRow(Merged, ProgressReport, table=True):
    """Monthly reports."""

    __tablename__ = "progress_report"


class StateMoveRow(Merged, StateMove, table=True):
    """State moves; `seq` is the move's place in its scope's log, which is their order."""

    __tablename__ = "state_move"

    seq: int | None = Field(default=None, sa_type=BigInteger)


class ConflictRow(Merged, Conflict, table=True):
    """Conflicts."""

    __tablename__ = "conflict"


class QuestionnaireRow(Merged, PublishedQuestionnaire, table=True):
    """Questionnaires that the office published."""

    __tablename__ = "questionnaire"


class CadenceRow(Merged, Cadence, table=True):
    """How often families are to be visited."""

    __tablename__ = "cadence"


class VisitRepeatRow(Merged, VisitRepeat, table=True):
    """Rows of repeats that were filled in at a visit."""

    __tablename__ = "visit_repeat"


class AttachmentRow(Merged, Attachment, table=True):
    """What is said of photos, signatures and files."""

    __tablename__ = "attachment"


class VisitAssignmentRow(Merged, VisitAssignment, table=True):
    """Visits that the office asks for."""

    __tablename__ = "visit_assignment"


class ScopeHeadRow(ServerRow, table=True):
    """The last seq of each scope's log. Locked by every writer until it commits: no gap, ever."""

    __tablename__ = "scope_head"

    scope: str = Field(primary_key=True)
    head: int = Field(default=0, sa_type=BigInteger)


class LogRow(ServerRow, table=True):
    """The scope logs: every op that was applied, with its author, and what it did to the row.

    `kind` is `put`, or `remove` where the row left the scope. `effective` holds the fields that it
    changed; null means all of `fields`. The server's own entries (conflicts it opened, rows that
    moved here) have its device id and no dseq; `origin` says of values that were written elsewhere
    first, where: `scope`, `versions` (field -> seq), and `seq` of the entry there that sent them
    here. Times are milliseconds since 1970: `at` by the client's clock, `corrected_at` by ours,
    `received_at` when it came.
    """

    __tablename__ = "log"
    __table_args__ = (
        Index("log_of_row", "row_id", "seq"),
        Index("log_of_device", "device_id", "epoch", "dseq", unique=True),
        Index("log_by_digest", "digest"),
    )

    scope: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = "put"
    table_name: str
    row_id: UUID
    fields: dict[str, Any] = Field(sa_type=JSON)
    effective: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    origin: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    device_id: UUID
    epoch: int | None = None
    dseq: int | None = Field(default=None, sa_type=BigInteger)
    user_id: UUID
    base: int = Field(sa_type=BigInteger)
    incarnation: str
    at: int = Field(sa_type=BigInteger)
    corrected_at: int = Field(sa_type=BigInteger)
    received_at: int = Field(sa_type=BigInteger)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    app: str
    transport: str


class AsideRow(ServerRow, table=True):
    """Ops that were received and not put into a log: quarantined ones and duplicates, verbatim.

    `note` is what the office answered, if it did not take an op.
    """

    __tablename__ = "aside"
    __table_args__ = (
        Index("aside_of_row", "row_id"),
        Index("aside_by_digest", "digest"),
        Index("aside_by_detail", "detail"),
    )

    device_id: UUID = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    dseq: int = Field(primary_key=True, sa_type=BigInteger)
    outcome: str
    reason: str
    detail: str = ""
    note: str = ""
    table_name: str
    row_id: UUID
    scope: str = Field(index=True)
    fields: dict[str, Any] = Field(sa_type=JSON)
    user_id: UUID
    base: int = Field(sa_type=BigInteger)
    incarnation: str
    at: int = Field(sa_type=BigInteger)
    corrected_at: int = Field(sa_type=BigInteger)
    received_at: int = Field(sa_type=BigInteger)
    salt: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)
    app: str


class IdentityDoubtRow(ServerRow, table=True):
    """A member whose national id may be somebody else's too; looked at once the write is committed."""

    __tablename__ = "identity_doubt"

    id: UUID = Field(primary_key=True)
    member_id: UUID


class DeviceRow(ServerRow, table=True):
    """A laptop. `cursors` is what it will have once it has applied our last answer."""

    __tablename__ = "device"

    id: UUID = Field(primary_key=True)
    name: str
    public_key: bytes = Field(sa_type=LargeBinary)
    registered_at: datetime = Field(sa_type=UtcText)
    epoch: int = 0
    cursors: dict[str, int] = Field(default_factory=dict, sa_type=JSON)


class DeviceUserRow(ServerRow, table=True):
    """Who may write on which laptop."""

    __tablename__ = "device_user"

    device_id: UUID = Field(primary_key=True)
    user_id: UUID = Field(primary_key=True)
    enrolled_at: datetime = Field(sa_type=UtcText)


class DeviceEpochRow(ServerRow, table=True):
    """A device log: where it stands, and where it left its parent if it began with a fork."""

    __tablename__ = "device_epoch"

    device_id: UUID = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    parent_epoch: int | None = None
    parent_dseq: int | None = Field(default=None, sa_type=BigInteger)
    dseq: int = Field(default=0, sa_type=BigInteger)
    durable_dseq: int = Field(default=0, sa_type=BigInteger)
    hash: bytes = Field(sa_type=LargeBinary)
    key: bytes = Field(default=b"", sa_type=LargeBinary)
    """The ratchet key of the next op's salt; empty until the device has sent its seed."""


class IncarnationRow(ServerRow, table=True):
    """One life of this database: a new one begins when it is restored from a backup."""

    __tablename__ = "incarnation"

    number: int = Field(primary_key=True)
    name: str
    began_at: datetime = Field(sa_type=UtcText)


class IncarnationHeadRow(ServerRow, table=True):
    """Each scope's head when an incarnation began: what it has in common with the one before."""

    __tablename__ = "incarnation_head"

    number: int = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    head: int = Field(sa_type=BigInteger)


class SnapshotRow(ServerRow, table=True):
    """How a scope stood at one seq, as a file to fetch (see `sync/snapshot.py`), kept in pieces.

    Without a name it is still being made, or whoever made it died.
    """

    __tablename__ = "snapshot"

    id: str = Field(primary_key=True)
    name: str | None = Field(default=None, index=True)
    incarnation: str
    scope: str = Field(index=True)
    seq: int = Field(sa_type=BigInteger)
    size: int = Field(default=0, sa_type=BigInteger)
    made_at: datetime = Field(sa_type=UtcText)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcText)


class SnapshotPieceRow(ServerRow, table=True):
    """A piece of a snapshot; all but the last one are of the same length."""

    __tablename__ = "snapshot_piece"

    snapshot_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)


class ScopeGrantRow(ServerRow, ScopeGrant, table=True):
    """Scopes granted to users."""

    __tablename__ = "scope_grant"


class AccountRow(ServerRow, table=True):
    """How a user signs in. The password is kept as an argon2 hash."""

    __tablename__ = "account"

    user_id: UUID = Field(primary_key=True)
    login: str = Field(unique=True)
    password_hash: str
    closed_at: datetime | None = Field(default=None, sa_type=UtcText)


class TokenRow(ServerRow, table=True):
    """Opaque tokens, each bound to a user and a device; only their SHA-256 is kept."""

    __tablename__ = "token"

    hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    user_id: UUID = Field(index=True)
    device_id: UUID
    issued_at: datetime = Field(sa_type=UtcText)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcText)


class SignInFailureRow(ServerRow, table=True):
    """Sign-ins of one login from one address that failed; `who` is a digest of both."""

    __tablename__ = "sign_in_failure"

    who: bytes = Field(primary_key=True, sa_type=LargeBinary)
    failures: int = 0
    blocked_until: datetime = Field(sa_type=UtcText, index=True)


def _table(row: type[SQLModel]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


# The tables as SQL sees them: every statement of the server is written on these.
SYNCED: dict[str, Table] = {name: METADATA.tables[name] for name in BY_NAME}
USER = SYNCED["user"]
CADENCE = SYNCED["cadence"]
HOUSEHOLD = SYNCED["household"]
VISIT_ASSIGNMENT = SYNCED["visit_assignment"]
MEMBER = SYNCED["member"]
VISIT_MEMBER = SYNCED["visit_member"]
QUESTIONNAIRE = SYNCED["questionnaire"]
STATE_MOVE = SYNCED["state_move"]
CONFLICT = SYNCED["conflict"]
SCOPE_HEAD = _table(ScopeHeadRow)
LOG = _table(LogRow)
ASIDE = _table(AsideRow)
IDENTITY_DOUBT = _table(IdentityDoubtRow)
DEVICE = _table(DeviceRow)
DEVICE_USER = _table(DeviceUserRow)
DEVICE_EPOCH = _table(DeviceEpochRow)
INCARNATION = _table(IncarnationRow)
INCARNATION_HEAD = _table(IncarnationHeadRow)
SNAPSHOT = _table(SnapshotRow)
SNAPSHOT_PIECE = _table(SnapshotPieceRow)
SCOPE_GRANT = _table(ScopeGrantRow)
ACCOUNT = _table(AccountRow)
TOKEN = _table(TokenRow)
SIGN_IN_FAILURE = _table(SignInFailureRow)
