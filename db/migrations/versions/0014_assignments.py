"""Planned duties, the shifts that keep them, and the morning note of them.

A release that knows none of it goes on: its shifts are unplanned, and it makes no morning notes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KIND = "ck_digests_digest_kind"
_BEFORE = "kind IN ('monthly', 'weekly', 'daily', 'opened')"
_NOW = "kind IN ('morning', 'monthly', 'weekly', 'daily', 'opened')"
_PLANNED = sa.text("state = 'planned'")
_KEPT = sa.text("assignment_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("district_code", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "cancelled",
                name="assignment_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_by", sa.BigInteger()),
        sa.Column("noted_at", sa.DateTime(timezone=True)),
        sa.Column("noted_by", sa.BigInteger()),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_assignments_ends_after_start")),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_assignments_cancelled"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["people.id"],
                name=op.f(f"fk_assignments_{column}_people"),
                ondelete="RESTRICT",
            )
            for column in ("person_id", "planned_by", "cancelled_by", "noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"],
            ["districts.code"],
            name=op.f("fk_assignments_district_code_districts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(
        "uq_assignments_planned_person_id_starts_at",
        "assignments",
        ["person_id", "starts_at"],
        unique=True,
        sqlite_where=_PLANNED,
        postgresql_where=_PLANNED,
    )
    op.create_index(
        "ix_assignments_district_code_starts_at", "assignments", ["district_code", "starts_at"]
    )
    with op.batch_alter_table("shifts") as shifts:
        shifts.add_column(sa.Column("assignment_id", sa.BigInteger()))
        shifts.create_foreign_key(
            op.f("fk_shifts_assignment_id_assignments"),
            "assignments",
            ["assignment_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_index(
        "uq_shifts_assignment_id",
        "shifts",
        ["assignment_id"],
        unique=True,
        sqlite_where=_KEPT,
        postgresql_where=_KEPT,
    )
    _hold_kinds(_NOW)


def downgrade() -> None:
    op.execute("DELETE FROM digests WHERE kind = 'morning'")
    _hold_kinds(_BEFORE)
    op.drop_index("uq_shifts_assignment_id", table_name="shifts")
    with op.batch_alter_table("shifts") as shifts:
        shifts.drop_column("assignment_id")
    op.drop_table("assignments")


def _hold_kinds(kinds: str) -> None:
    with op.batch_alter_table("digests") as digests:
        digests.drop_constraint(op.f(_KIND), type_="check")
        digests.create_check_constraint(op.f(_KIND), sa.text(kinds))
