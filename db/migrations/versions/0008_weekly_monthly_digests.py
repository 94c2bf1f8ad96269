"""Digests of a week and of a month, and who wants them.

A release that knows only daily ones goes on: it never asks for the new kinds, and its rows of
settings get what the database gives by default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KIND = "ck_digests_digest_kind"
_BEFORE = "kind IN ('daily', 'opened')"
_NOW = "kind IN ('daily', 'weekly', 'monthly', 'opened')"


def upgrade() -> None:
    with op.batch_alter_table("digest_settings") as settings:
        for period in ("weekly", "monthly"):
            settings.add_column(
                sa.Column(period, sa.Boolean(), nullable=False, server_default=sa.true())
            )
    _hold_kinds(_NOW)


def downgrade() -> None:
    op.execute("DELETE FROM digests WHERE kind IN ('weekly', 'monthly')")
    _hold_kinds(_BEFORE)
    with op.batch_alter_table("digest_settings") as settings:
        for period in ("monthly", "weekly"):
            settings.drop_column(period)


def _hold_kinds(kinds: str) -> None:
    with op.batch_alter_table("digests") as digests:
        digests.drop_constraint(op.f(_KIND), type_="check")
        digests.create_check_constraint(op.f(_KIND), sa.text(kinds))
