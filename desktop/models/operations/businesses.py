"""Writing a family's business: the business, its grant, its months."""

from uuid import UUID

from sqlalchemy import select

from desktop.models.operations.decisions import move
from desktop.models.records.base import Fields
from desktop.models.records.businesses import (
    Business,
    Grant,
    ProgressReport,
    progress_report_id,
)
from desktop.models.records.people import Role
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store.rows import read_row
from desktop.models.store.writer import Writer
from desktop.models.tables import PROGRESS_REPORT


class MonthClosedError(ValueError):
    """The month was handed in; the ui should not have offered to change it."""


def begin(writer: Writer, business: Business) -> None:
    """Writes a new business."""
    writer.insert(business)


def edit(writer: Writer, business_id: UUID, fields: Fields, shown: Fields | None = None) -> bool:
    """Corrects a business, of which was said what is `shown`; tells whether anything changed."""
    return writer.update("business", business_id, fields, shown=shown)


def propose_grant(writer: Writer, grant: Grant) -> None:
    """Writes a new grant; it begins as proposed."""
    writer.insert(grant)


def edit_grant(writer: Writer, grant_id: UUID, fields: Fields, shown: Fields | None = None) -> bool:
    """Corrects a grant, of which was said what is `shown`; tells whether anything changed."""
    return writer.update("grant", grant_id, fields, shown=shown)


def move_grant(writer: Writer, grant: tuple[UUID, str], states: tuple[str, str]) -> None:
    """Moves a grant (id, scope) from one state to another, as far as a facilitator may."""
    grant_id, scope = grant
    move(writer, ("grant", grant_id, scope), states)


def report_month(
    writer: Writer,
    business: tuple[UUID, str],
    month: str,
    figures: Fields,
    shown: Fields | None = None,
) -> UUID:
    """Writes figures of a business's (id, scope) month, new or corrected.

    How the business is doing in its newest month is how it is doing: that status becomes its own.

    Args:
        writer: the transaction.
        business: its id and scope.
        month: "2026-07".
        figures: fields of `ProgressReport`; amounts in rupiah.
        shown: what they were to whoever writes them.

    Raises:
        MonthClosedError: the month was handed in and not returned.
        pydantic.ValidationError: a figure is not what it has to be.
    """
    business_id, scope = business
    report_id = progress_report_id(business_id, month)
    report = {"business_id": business_id, "month": month, "scope": scope, "id": report_id}
    ProgressReport.model_validate(report | figures)
    if read_row(writer.connection, "progress_report", report_id) is None:
        writer.insert(ProgressReport.model_validate(report | figures))
    else:
        _refuse_closed(writer, report_id)
        writer.update("progress_report", report_id, figures, shown=shown)
    if figures.get("status") and not _has_later(writer, business_id, month):
        writer.update("business", business_id, {"status": figures["status"]})
    return report_id


def submit_month(writer: Writer, report_id: UUID, scope: str, state: str) -> None:
    """Hands a month (in `draft` or `returned`) to the district."""
    move(writer, ("progress_report", report_id, scope), (state, "submitted"))


def _refuse_closed(writer: Writer, report_id: UUID) -> None:
    query = select(PROGRESS_REPORT.c.state).where(PROGRESS_REPORT.c.id == report_id)
    state = writer.connection.execute(query).scalar_one()
    if not LIFECYCLES["progress_report"].allows(Role.FACILITATOR, state, "submitted"):
        raise MonthClosedError(f"{report_id} is {state}")


def _has_later(writer: Writer, business_id: UUID, month: str) -> bool:
    query = select(PROGRESS_REPORT.c.id).where(
        PROGRESS_REPORT.c.business_id == business_id,
        PROGRESS_REPORT.c.month > month,
        PROGRESS_REPORT.c.status.is_not(None),
        PROGRESS_REPORT.c.deleted_at.is_(None),
    )
    return writer.connection.execute(query.limit(1)).first() is not None
