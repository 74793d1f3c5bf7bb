"""Receipts: when the province said what became of an op. What belongs to a row is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the time; of what was answered before, it is not known."""
    op.add_column("outbox", sa.Column("answered_at", sa.String(), nullable=True))
    op.create_index("outbox_receipts", "outbox", ["row_id", "answered_at"])
    op.create_index(op.f("ix_visit_member_member_id"), "visit_member", ["member_id"])
    op.create_index(op.f("ix_grant_business_id"), "grant", ["business_id"])
