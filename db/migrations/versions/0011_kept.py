"""Erasures, hashes and archive of files.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_erasures_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "file_removals",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_file_removals")),
    )
    # A release still running puts in rows without these: a file nobody tried to fetch is due.
    op.add_column("attachments", sa.Column("sha256", sa.String(length=64)))
    op.add_column("attachments", sa.Column("archived_as", sa.String(length=80)))
    op.add_column("attachments", sa.Column("not_archived", sa.String(length=32)))
    op.add_column(
        "attachments", sa.Column("attempts", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column("attachments", sa.Column("try_at", sa.DateTime(timezone=True)))
    to_fetch = sa.text("file_id IS NOT NULL AND sha256 IS NULL AND attempts < 6")
    op.create_index(
        "ix_attachments_to_fetch",
        "attachments",
        ["id"],
        sqlite_where=to_fetch,
        postgresql_where=to_fetch,
    )
    op.create_index("ix_attachments_archived_as", "attachments", ["archived_as"])
    op.create_index("ix_attachments_sent_at", "attachments", ["sent_at"])


def downgrade() -> None:
    for index in (
        "ix_attachments_sent_at",
        "ix_attachments_archived_as",
        "ix_attachments_to_fetch",
    ):
        op.drop_index(index, "attachments")
    with op.batch_alter_table("attachments") as attachments:
        for column in ("try_at", "attempts", "not_archived", "archived_as", "sha256"):
            attachments.drop_column(column)
    op.drop_table("file_removals")
    op.drop_table("erasures")
