"""No shift begins before its briefing is signed: a rule that needs the pass itself.

The columns of a shift cannot say it, so a trigger looks the pass up. It suits a release that is
still running, which keeps the rule already, and leaves the shifts on record as they are.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_SIGNED_LATER = (
    "SELECT 1 FROM briefing_passes WHERE id = NEW.briefing_pass_id AND signed_at > NEW.started_at"
)
_NAME = "shifts_signed_before"
_REFUSAL = "the briefing of a shift is signed before its start"
_ACTS = {"insert": "INSERT", "update": "UPDATE OF started_at, briefing_pass_id"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for suffix, act in _ACTS.items():
            op.execute(
                f"CREATE TRIGGER {_NAME}_{suffix} BEFORE {act} ON shifts"
                f" WHEN EXISTS ({_SIGNED_LATER})"
                f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION refuse_unsigned_shift() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF EXISTS ({_SIGNED_LATER}) THEN"
        f" RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'check_violation'; END IF;"
        f" RETURN NEW; END $$"
    )
    for suffix, act in _ACTS.items():
        op.execute(
            f"CREATE TRIGGER {_NAME}_{suffix} BEFORE {act} ON shifts"
            " FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_shift()"
        )


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for suffix in _ACTS:
        op.execute(f"DROP TRIGGER {_NAME}_{suffix}" + (" ON shifts" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION refuse_unsigned_shift()")
