"""Notices know what caused them, and go in lanes: an answer that is owed before all others."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    op.drop_index("ix_outbox_due", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("cause", sa.BigInteger()))
        outbox.add_column(sa.Column("lane", sa.BigInteger(), nullable=False, server_default="1"))
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["lane", "due_at", "id"],
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_due", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("lane")
        outbox.drop_column("cause")
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at", "id"],
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    )
