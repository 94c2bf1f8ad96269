"""Briefing versions, reading, quiz attempts and passes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing_versions",
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_briefing_versions")),
    )
    op.create_table(
        "briefing_progress",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("modules_read", sa.BigInteger(), nullable=False),
        sa.Column("after_attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_attempt_id", sa.BigInteger()),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("modules_read >= 0", name=op.f("ck_briefing_progress_modules_read")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_briefing_progress_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["briefing_versions.version"],
            name=op.f("fk_briefing_progress_version_briefing_versions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", "version", name=op.f("pk_briefing_progress")),
    )
    op.create_table(
        "quiz_attempts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "passed",
                "failed",
                "superseded",
                name="attempt_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(state = 'open') = (finished_at IS NULL)", name=op.f("ck_quiz_attempts_finished")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_quiz_attempts_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["briefing_versions.version"],
            name=op.f("fk_quiz_attempts_version_briefing_versions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempts")),
    )
    op.create_index("ix_quiz_attempts_person_id_version", "quiz_attempts", ["person_id", "version"])
    op.create_index(
        "uq_quiz_attempts_open_person",
        "quiz_attempts",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )

    op.create_table(
        "briefing_passes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("undertaking_sha256", sa.String(length=64), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("questions_count", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True)),
        sa.Column("notified_version", sa.String(length=20)),
        sa.CheckConstraint(
            "valid_until > signed_at", name=op.f("ck_briefing_passes_holds_a_while")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempts.id"],
            name=op.f("fk_briefing_passes_attempt_id_quiz_attempts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_briefing_passes_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["briefing_versions.version"],
            name=op.f("fk_briefing_passes_version_briefing_versions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_passes")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_briefing_passes_attempt_id")),
        sa.UniqueConstraint(
            "id",
            "person_id",
            "valid_until",
            name=op.f("uq_briefing_passes_id_person_id_valid_until"),
        ),
    )
    op.create_index(
        "ix_briefing_passes_person_id_valid_until", "briefing_passes", ["person_id", "valid_until"]
    )


def downgrade() -> None:
    op.drop_table("briefing_passes")
    op.drop_table("quiz_attempts")
    op.drop_table("briefing_progress")
    op.drop_table("briefing_versions")
