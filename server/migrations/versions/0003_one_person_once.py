"""One person once: what took a deleted row's place, and members whose number may be another's too.

Who has a number twice already is looked at with the next sync.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the fields and the table, and notes whoever has the number of somebody else."""
    for table in ("household", "member"):
        op.add_column(table, sa.Column("same_as", sa.Uuid(), nullable=True))
        op.create_index(op.f(f"ix_{table}_same_as"), table, ["same_as"])
    op.create_table(
        "identity_doubt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        """
        INSERT INTO identity_doubt (id, member_id)
        SELECT id, id FROM member WHERE national_id IN (
            SELECT national_id FROM member GROUP BY national_id HAVING count(*) > 1
        )
        """
    )
