"""Answers of a draft that were taken over from the last visit, and not read to the family yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the mark; what is there was said."""
    op.add_column(
        "draft_answer", sa.Column("is_unread", sa.Boolean(), server_default="0", nullable=False)
    )
