"""Writing a family's business: the business, its grant, its months."""

from uuid import UUID

from desktop.models.operations.decisions import move
from desktop.models.ops import Fields
from desktop.models.records.businesses import (
    Business,
    Grant,
    ProgressReport,
    progress_report_id,
)
from desktop.models.store.rows import read_row
from desktop.models.store.writer import Writer


def begin(writer: Writer, business: Business) -> None:
    """Writes a new business."""
    writer.insert(business)


def edit(writer: Writer, business_id: UUID, fields: Fields) -> bool:
    """Corrects a business; tells whether anything changed."""
    return writer.update("business", business_id, fields)


def propose_grant(writer: Writer, grant: Grant) -> None:
    """Writes a new grant; it begins as proposed."""
    writer.insert(grant)


def edit_grant(writer: Writer, grant_id: UUID, fields: Fields) -> bool:
    """Corrects a grant; tells whether anything changed."""
    return writer.update("grant", grant_id, fields)


def report_month(writer: Writer, business: tuple[UUID, str], month: str, figures: Fields) -> UUID:
    """Writes figures of a business's (id, scope) month, new or corrected.

    Args:
        writer: the transaction.
        business: its id and scope.
        month: "2026-07".
        figures: fields of `ProgressReport`; amounts in rupiah.
    """
    business_id, scope = business
    report_id = progress_report_id(business_id, month)
    if read_row(writer.connection, "progress_report", report_id) is None:
        report = {"business_id": business_id, "month": month, "scope": scope, "id": report_id}
        writer.insert(ProgressReport.model_validate(report | figures))
    else:
        writer.update("progress_report", report_id, figures)
    return report_id


def submit_month(writer: Writer, report_id: UUID, scope: str, state: str) -> None:
    """Hands a month (in `draft` or `returned`) to the district."""
    move(writer, ("progress_report", report_id, scope), (state, "submitted"))
