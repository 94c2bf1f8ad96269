"""Certificates as issued, and the keys that signed them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_keys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date()),
        sa.CheckConstraint("id BETWEEN 0 AND 255", name=op.f("ck_certificate_keys_id_fits_a_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_keys")),
        sa.UniqueConstraint("public", name=op.f("uq_certificate_keys_public")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "briefing",
                "training",
                "service",
                "thanks",
                name="certificate_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("service_number", sa.String(length=20), nullable=False),
        sa.Column("basis_kk", sa.String(length=200)),
        sa.Column("basis_ru", sa.String(length=200)),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("code", sa.String(length=112), nullable=False),
        sa.Column("qr", sa.String(length=400), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.BigInteger()),
        sa.Column("replaces_id", sa.BigInteger()),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by", sa.BigInteger()),
        sa.Column("revoked_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= issued_on",
            name=op.f("ck_certificates_days_in_order"),
        ),
        sa.CheckConstraint(
            "revoked_at IS NOT NULL OR revoked_reason = ''",
            name=op.f("ck_certificates_reason_of_revoking"),
        ),
        sa.CheckConstraint(
            "(basis_kk IS NULL) = (basis_ru IS NULL)", name=op.f("ck_certificates_basis_in_both")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_certificates_person_id_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["people.id"],
            name=op.f("fk_certificates_issued_by_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"],
            ["people.id"],
            name=op.f("fk_certificates_revoked_by_people"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["certificates.id"],
            name=op.f("fk_certificates_replaces_id_certificates"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
        sa.UniqueConstraint("once", name=op.f("uq_certificates_once")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificates_replaces_id")),
    )
    op.create_index("ix_certificates_person_id_id", "certificates", ["person_id", "id"])


def downgrade() -> None:
    op.drop_table("certificates")
    op.drop_table("certificate_keys")
