"""Which files are nowhere else: they stay when their records leave this laptop."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table. No file was ever sent: whatever is kept of the records that are here is in it."""
    op.create_table(
        "unsent_file",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("attachment_id"),
    )
    op.execute(
        "INSERT INTO unsent_file (attachment_id, sha256)"
        " SELECT id, sha256 FROM attachment WHERE deleted_at IS NULL"
    )
