"""One person once: families and members know which record took their place.

And what waits, or lies over the province's word, is found without looking at all that was ever sent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the fields; nothing has taken another's place yet."""
    for table in ("household", "member"):
        op.add_column(table, sa.Column("same_as", sa.Uuid(), nullable=True))
        op.create_index(op.f(f"ix_{table}_same_as"), table, ["same_as"])
    op.drop_index("outbox_by_state", "outbox")
    op.create_index("outbox_by_state", "outbox", ["state", "epoch", "dseq"])
    op.drop_index("outbox_overlay", "outbox")
    op.create_index("outbox_overlay", "outbox", ["row_id"], sqlite_where=sa.text("overlay = 1"))
