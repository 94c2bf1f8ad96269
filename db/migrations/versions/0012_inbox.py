"""Updates of Telegram, stored before they are confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UNFINISHED = sa.text("state IN ('pending', 'effected')")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "effected",
                "done",
                "failed",
                "refused",
                name="inbox_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("payload", sa.Text()),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.String(length=40)),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
        sa.Column("effected_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("reference", sa.String(length=16)),
        sa.Column("error", sa.String(length=500)),
        sa.CheckConstraint(
            "(state IN ('pending', 'effected')) = (settled_at IS NULL)",
            name=op.f("ck_inbox_settled_has_moment"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('pending', 'effected') OR payload IS NOT NULL",
            name=op.f("ck_inbox_open_has_payload"),
        ),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["lane", "update_id"],
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])


def downgrade() -> None:
    op.drop_table("inbox")
