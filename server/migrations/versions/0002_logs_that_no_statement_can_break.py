"""Scope logs that no statement can break; failed sign-ins that every worker knows of.

At each commit a scope's log is 1, 2, 3 ... up to its head, whoever wrote it and how: PostgreSQL looks
at what a transaction added when it commits, SQLite at each statement. Nothing is ever taken out or
changed. A later migration that makes the table `log` or `scope_head` anew has to make the
triggers of SQLite anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POSTGRESQL = (
    # Who added entries has to have moved the head to the last of them, or beyond.
    """
    CREATE FUNCTION {schema}.berdaya_entry_has_head() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.seq < 1 OR NOT EXISTS (
            SELECT 1 FROM {schema}.scope_head WHERE scope = NEW.scope AND head >= NEW.seq
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'log: no head at ' || NEW.scope || ' ' || NEW.seq;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER entry_has_head AFTER INSERT ON log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.berdaya_entry_has_head()
    """,
    # Who moved a head has to have added every entry up to it.
    """
    CREATE FUNCTION {schema}.berdaya_head_has_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before bigint := 0;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            before := OLD.head;
        END IF;
        IF NEW.head - before <> (
            SELECT count(*) FROM {schema}.log
            WHERE scope = NEW.scope AND seq > before AND seq <= NEW.head
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'log: a gap in ' || NEW.scope || ' before ' || NEW.head;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER new_head_has_entries AFTER INSERT ON scope_head
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.head <> 0)
    EXECUTE FUNCTION {schema}.berdaya_head_has_entries()
    """,
    """
    CREATE CONSTRAINT TRIGGER head_has_entries AFTER UPDATE ON scope_head
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.head <> OLD.head)
    EXECUTE FUNCTION {schema}.berdaya_head_has_entries()
    """,
    """
    CREATE FUNCTION {schema}.berdaya_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = TG_TABLE_NAME || ': ' || TG_NAME;
    END $$
    """,
    """
    CREATE TRIGGER entries_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON log
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.berdaya_refuse()
    """,
    """
    CREATE TRIGGER heads_stay BEFORE DELETE OR TRUNCATE ON scope_head
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.berdaya_refuse()
    """,
    """
    CREATE TRIGGER heads_never_fall BEFORE UPDATE ON scope_head
    FOR EACH ROW WHEN (NEW.head < OLD.head OR NEW.scope <> OLD.scope)
    EXECUTE FUNCTION {schema}.berdaya_refuse()
    """,
)

_LAST = "(SELECT coalesce(max(seq), 0) FROM log WHERE scope = NEW.scope)"
_SQLITE = (
    # The second condition: REPLACE would take the other entry out without a word.
    """
    CREATE TRIGGER entry_is_next BEFORE INSERT ON log
    WHEN NEW.seq IS NOT (SELECT head + 1 FROM scope_head WHERE scope = NEW.scope)
        OR EXISTS (
            SELECT 1 FROM log
            WHERE device_id = NEW.device_id AND epoch = NEW.epoch AND dseq = NEW.dseq
        )
    BEGIN SELECT RAISE(ABORT, 'log: an entry that is not the next one'); END
    """,
    """
    CREATE TRIGGER entry_moves_head AFTER INSERT ON log
    BEGIN UPDATE scope_head SET head = NEW.seq WHERE scope = NEW.scope; END
    """,
    f"""
    CREATE TRIGGER new_head_is_last AFTER INSERT ON scope_head WHEN NEW.head IS NOT {_LAST}
    BEGIN SELECT RAISE(ABORT, 'scope_head: not the last entry'); END
    """,
    f"""
    CREATE TRIGGER head_is_last BEFORE UPDATE ON scope_head
    WHEN NEW.scope IS NOT OLD.scope OR NEW.head IS NOT {_LAST}
    BEGIN SELECT RAISE(ABORT, 'scope_head: not the last entry'); END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{what.lower()}_is_refused BEFORE {what} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: nothing is taken out or changed'); END
        """
        for table, what in (("log", "UPDATE"), ("log", "DELETE"), ("scope_head", "DELETE"))
    ),
)


def upgrade() -> None:
    """Guards the logs, makes the table of failed sign-ins, and indexes what belongs to a row."""
    op.create_table(
        "sign_in_failure",
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("who"),
    )
    op.create_index(op.f("ix_sign_in_failure_blocked_until"), "sign_in_failure", ["blocked_until"])
    op.create_index(op.f("ix_visit_member_member_id"), "visit_member", ["member_id"])
    op.create_index(op.f("ix_grant_business_id"), "grant", ["business_id"])
    dialect = op.get_bind().dialect
    if dialect.name == "sqlite":
        statements = _SQLITE
    else:
        schema = dialect.identifier_preparer.quote(dialect.default_schema_name or "public")
        statements = tuple(one.format(schema=schema) for one in _POSTGRESQL)
    for statement in statements:
        op.execute(statement)
