"""A row needs only the one that it lives with here; another that it names may be in another village."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NAMED_ONLY = {"visit_member": "member_id", "grant": "business_id", "attachment": "household_id"}

_NAMING = {"fk": "%(table_name)s_%(column_0_name)s"}
"""The constraints were made without names."""


def upgrade() -> None:
    """Lets go of the constraints on rows that are only named."""
    for table, column in _NAMED_ONLY.items():
        with op.batch_alter_table(table, naming_convention=_NAMING) as batch_op:
            batch_op.drop_constraint(f"{table}_{column}", type_="foreignkey")
