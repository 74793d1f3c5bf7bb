"""Which answers of a draft were taken over from the last visit, and how many questions have one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the mark, which nothing has so far, and the count; what nobody is asked is counted, too."""
    op.add_column(
        "draft_answer", sa.Column("is_unread", sa.Boolean(), server_default="0", nullable=False)
    )
    op.add_column("draft", sa.Column("answered", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE draft SET answered = (SELECT count(*) FROM draft_answer"
        " WHERE draft_id = draft.id AND json_type(value) <> 'null')"
    )
