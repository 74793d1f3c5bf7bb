"""Receipts: when the province said what became of an op."""

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
