"""What a visit needs: published questionnaires, rows of repeats, photos, assigned visits, the cadence."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables, and what is said of a visit's purpose and of how its answers came about."""
    op.create_table(
        "cadence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=13), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("receipts_days", sa.BigInteger(), nullable=False),
        sa.Column("close_months", sa.BigInteger(), nullable=False),
        sa.Column("close_step", sa.BigInteger(), nullable=False),
        sa.Column("later_step", sa.BigInteger(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_cadence_scope"), "cadence", ["scope"], unique=False)
    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=13), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("published_at", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_questionnaire_scope"), "questionnaire", ["scope"], unique=False)
    op.create_table(
        "draft_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_draft_attachment_draft_id"), "draft_attachment", ["draft_id"], unique=False
    )
    op.create_table(
        "visit_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=13), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("questionnaire", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_visit_assignment_household_id"), "visit_assignment", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_visit_assignment_scope"), "visit_assignment", ["scope"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=13), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.String(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_attachment_household_id"), "attachment", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_attachment_scope"), "attachment", ["scope"], unique=False)
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_index(op.f("ix_attachment_visit_id"), "attachment", ["visit_id"], unique=False)
    op.create_table(
        "visit_repeat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=13), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("repeat", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("inside", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_visit_repeat_scope"), "visit_repeat", ["scope"], unique=False)
    op.create_index(op.f("ix_visit_repeat_visit_id"), "visit_repeat", ["visit_id"], unique=False)
    op.add_column("draft", sa.Column("purpose", sa.String(), nullable=True))
    op.add_column("draft", sa.Column("paradata", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("visit", sa.Column("purpose", sa.String(), nullable=True))
    op.add_column("visit", sa.Column("paradata", sa.JSON(), nullable=True))
