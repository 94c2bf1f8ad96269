"""Shifts, their corrections and tracks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("district_code", sa.String(length=40), nullable=False),
        sa.Column("briefing_pass_id", sa.BigInteger(), nullable=False),
        sa.Column("briefing_valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                "unconfirmed",
                name="shift_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column(
            "start_place",
            sa.Enum(
                "inside",
                "outside",
                "unknown",
                "none",
                name="place",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("start_lat", sa.Double()),
        sa.Column("start_lon", sa.Double()),
        sa.Column("start_accuracy_m", sa.Double()),
        sa.Column(
            "end_place",
            sa.Enum(
                "inside",
                "outside",
                "unknown",
                "none",
                name="end_place",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
        ),
        sa.Column("end_lat", sa.Double()),
        sa.Column("end_lon", sa.Double()),
        sa.Column("end_accuracy_m", sa.Double()),
        sa.Column("card_message_id", sa.BigInteger()),
        sa.Column("track_m", sa.Double(), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True)),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("close_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.BigInteger()),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_shifts_ended")),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_shifts_ends_after_start")
        ),
        sa.CheckConstraint("started_at < briefing_valid_until", name=op.f("ck_shifts_briefed")),
        sa.ForeignKeyConstraint(
            ["briefing_pass_id", "person_id", "briefing_valid_until"],
            ["briefing_passes.id", "briefing_passes.person_id", "briefing_passes.valid_until"],
            name="fk_shifts_briefing_pass",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["district_code"],
            ["districts.code"],
            name=op.f("fk_shifts_district_code_districts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["people.id"], name=op.f("fk_shifts_ended_by_people"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_shifts_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(
        "ix_shifts_day",
        "shifts",
        ["local_date", "district_code", "state", "started_at", "ended_at"],
    )
    op.create_index("ix_shifts_person_id_started_at", "shifts", ["person_id", "started_at"])
    op.create_index(
        "ix_shifts_state",
        "shifts",
        ["state", "started_at"],
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index(
        "uq_shifts_open_person",
        "shifts",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "shift_corrections",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "withdrawn",
                name="correction_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("old_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_ended_at", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decision_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "ended_at >= started_at", name=op.f("ck_shift_corrections_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["people.id"],
            name=op.f("fk_shift_corrections_asked_by_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["people.id"],
            name=op.f("fk_shift_corrections_decided_by_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shifts.id"],
            name=op.f("fk_shift_corrections_shift_id_shifts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_corrections")),
    )
    op.create_index("ix_shift_corrections_shift_id", "shift_corrections", ["shift_id"])
    op.create_index(
        "uq_shift_corrections_pending_shift",
        "shift_corrections",
        ["shift_id"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )

    op.create_table(
        "track_points",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double()),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shifts.id"],
            name=op.f("fk_track_points_shift_id_shifts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_points")),
    )
    op.create_index("ix_track_points_shift_id_at", "track_points", ["shift_id", "at"])


def downgrade() -> None:
    op.drop_table("track_points")
    op.drop_table("shift_corrections")
    op.drop_table("shifts")
