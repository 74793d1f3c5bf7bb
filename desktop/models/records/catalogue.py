"""Every synced table, by one declaration each: wire number, record, scope level, parents, care.

Local tables, server tables, the wire, merge, apply and authority all read this list. Numbers are
never reused; a new table takes the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, create_model

from desktop.models.records.attachments import Attachment
from desktop.models.records.base import Record
from desktop.models.records.businesses import Business, Grant, ProgrammeYear, ProgressReport
from desktop.models.records.decisions import Conflict, StateMove
from desktop.models.records.households import FamilyCard, Household, Member
from desktop.models.records.people import User
from desktop.models.records.questionnaires import Cadence, PublishedQuestionnaire
from desktop.models.records.visits import Visit, VisitAssignment, VisitMember, VisitRepeat

ALIAS = "same_as"
"""The field that names the record which took a deleted one's place, in tables that have it."""


class ScopeLevel(StrEnum):
    """At which level of distribution a table's rows live."""

    REF = "ref"
    DISTRICT = "district"
    VILLAGE = "village"
    ANY = "any"


@dataclass(frozen=True)
class SyncedTable:
    """A synced table.

    Attributes:
        number: its name on the wire.
        name: its name in both databases.
        record: its fields.
        level: the level of its scopes.
        parents: column -> table of a row that it belongs to. It lives where the first one lives that it
            names; the others may have gone elsewhere since, as two families do that were merged
            by some and not by others.
        maps: columns whose entries are fields of their own, written `column.key` in an op.
        guarded: fields where the incumbent value stays until a person decides; so it does in those
            that say whose the row is.
        append_only: rows are never changed after they were made.
        clashing: the only fields in which two writes can clash; None means all.
    """

    number: int
    name: str
    record: type[Record]
    level: ScopeLevel = ScopeLevel.VILLAGE
    parents: Mapping[str, str] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    guarded: frozenset[str] = frozenset()
    append_only: bool = False
    clashing: frozenset[str] | None = None

    @property
    def needs(self) -> Mapping[str, str]:
        """The one of its parents that is always where a row is."""
        return dict(list(self.parents.items())[:1])

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Column -> table of the rows that a row goes with: its parents, and the one it stands for."""
        is_named = ALIAS in self.record.model_fields
        return {**self.parents, ALIAS: self.name} if is_named else self.parents

    def is_guarded(self, field: str) -> bool:
        """Whether the value that was there stays until a person decides, and has to say why."""
        return field in self.guarded or field in self.owners

    def may_clash(self, field: str) -> bool:
        """Whether two values of a field are a question for somebody; deletes have their own rule."""
        return field != "deleted_at" and (self.clashing is None or field in self.clashing)


_MONEY = frozenset({"amount", "account_number"})
_LEDGER = frozenset({"revenue", "expenses", "stock", "savings", "debt", "instalment", "status"})

SYNCED_TABLES = (
    SyncedTable(1, "user", User, ScopeLevel.REF),
    SyncedTable(2, "programme_year", ProgrammeYear, ScopeLevel.REF, guarded=_MONEY),
    SyncedTable(3, "household", Household, guarded=frozenset({"status", "welfare_decile"})),
    SyncedTable(
        4,
        "family_card",
        FamilyCard,
        parents={"household_id": "household"},
        guarded=frozenset({"number"}),
    ),
    SyncedTable(
        5,
        "member",
        Member,
        parents={"household_id": "household"},
        guarded=frozenset({"national_id", "status"}),
    ),
    SyncedTable(
        6,
        "visit",
        Visit,
        parents={"household_id": "household"},
        maps=frozenset({"answers", "accepted"}),
    ),
    SyncedTable(
        7,
        "visit_member",
        VisitMember,
        parents={"visit_id": "visit", "member_id": "member"},
        maps=frozenset({"answers"}),
    ),
    SyncedTable(
        8,
        "business",
        Business,
        parents={"household_id": "household"},
        guarded=frozenset({"status", "business_id_number"}),
    ),
    SyncedTable(
        9,
        "grant",
        Grant,
        parents={"household_id": "household", "business_id": "business"},
        guarded=_MONEY,
    ),
    SyncedTable(
        10,
        "progress_report",
        ProgressReport,
        parents={"business_id": "business"},
        guarded=_LEDGER,
    ),
    SyncedTable(11, "state_move", StateMove, append_only=True),
    SyncedTable(12, "conflict", Conflict, ScopeLevel.ANY, clashing=frozenset({"resolved_value"})),
    SyncedTable(13, "questionnaire", PublishedQuestionnaire, ScopeLevel.REF),
    SyncedTable(14, "cadence", Cadence, ScopeLevel.REF),
    SyncedTable(
        15,
        "visit_repeat",
        VisitRepeat,
        parents={"visit_id": "visit"},
        maps=frozenset({"answers"}),
    ),
    SyncedTable(
        16,
        "attachment",
        Attachment,
        parents={"visit_id": "visit", "household_id": "household"},
    ),
    SyncedTable(
        17,
        "visit_assignment",
        VisitAssignment,
        parents={"household_id": "household"},
        clashing=frozenset({"household_id", "due_on", "purpose", "questionnaire", "reason"}),
    ),
)

BY_NAME = {table.name: table for table in SYNCED_TABLES}
BY_NUMBER = {table.number: table for table in SYNCED_TABLES}
TABLE_OF = {table.record: table for table in SYNCED_TABLES}


def number_of(name: str) -> int:
    """A table's number; a table of a newer version goes by its number as text, see `name_of`."""
    return BY_NAME[name].number if name in BY_NAME else int(name)


def name_of(number: Any) -> str:
    """A table's name; a number that this version does not know is kept, as text."""
    return BY_NUMBER[number].name if number in BY_NUMBER else str(int(number))


def table_of(record: Record) -> SyncedTable:
    """The synced table that a record (or a row made from it) belongs to."""
    for kind in type(record).__mro__:
        if kind in TABLE_OF:
            return TABLE_OF[kind]
    raise KeyError(type(record).__name__)


@cache
def fields_model(name: str) -> type[BaseModel]:
    """What validates an op's fields: those of the record that are there, each as it is declared.

    Entries of maps, and what a newer version wrote, are let through.
    """
    table = BY_NAME[name]
    declared: dict[str, Any] = {
        key: (Annotated[info.annotation, info], None)
        for key, info in table.record.model_fields.items()
        if key not in {"id", "scope"} | table.maps
    }
    return create_model(f"{name}_fields", __config__=ConfigDict(strict=True), **declared)
