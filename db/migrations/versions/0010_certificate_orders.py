"""Certificates ordered in bulk, and the lines of their lists."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "certificate_orders",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            _enum("certificate_kind", "briefing", "training", "service", "thanks"),
            nullable=False,
        ),
        sa.Column("basis_kk", sa.String(length=200)),
        sa.Column("basis_ru", sa.String(length=200)),
        sa.Column(
            "state",
            _enum(
                "order_state",
                "draft",
                "dropped",
                "running",
                "done",
                "stopped",
                "forbidden",
                "keyless",
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("shown", sa.String(length=40), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True)),
        sa.Column("telling", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(basis_kk IS NULL) = (basis_ru IS NULL)",
            name=op.f("ck_certificate_orders_basis_in_both"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'dropped') OR started_at IS NOT NULL",
            name=op.f("ck_certificate_orders_started_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_certificate_orders_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_orders")),
        sa.UniqueConstraint("once", name=op.f("uq_certificate_orders_once")),
    )
    op.create_index("ix_certificate_orders_state", "certificate_orders", ["state"])
    op.create_index("ix_certificate_orders_person_id", "certificate_orders", ["person_id"])
    op.create_table(
        "certificate_order_items",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("state", _enum("item_state", "waiting", "issued", "refused"), nullable=False),
        sa.Column(
            "refusal",
            _enum(
                "refusal",
                "no_number",
                "malformed",
                "check_digit",
                "unknown",
                "doubled",
                "dismissed",
                "no_briefing",
                "failed",
            ),
        ),
        sa.Column("certificate_id", sa.BigInteger()),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(state = 'issued') = (certificate_id IS NOT NULL)",
            name=op.f("ck_certificate_order_items_issued_has_certificate"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal IS NOT NULL)",
            name=op.f("ck_certificate_order_items_refused_has_reason"),
        ),
        sa.CheckConstraint(
            "state = 'refused' OR person_id IS NOT NULL",
            name=op.f("ck_certificate_order_items_names_a_person"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["certificate_orders.id"],
            name=op.f("fk_certificate_order_items_order_id_certificate_orders"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_certificate_order_items_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_order_items_certificate_id_certificates"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_order_items")),
        sa.UniqueConstraint(
            "order_id", "person_id", name=op.f("uq_certificate_order_items_order_id_person_id")
        ),
        sa.UniqueConstraint(
            "certificate_id", name=op.f("uq_certificate_order_items_certificate_id")
        ),
    )
    op.create_index(
        "ix_certificate_order_items_order_id_state_id",
        "certificate_order_items",
        ["order_id", "state", "id"],
    )


def downgrade() -> None:
    op.drop_table("certificate_order_items")
    op.drop_table("certificate_orders")
