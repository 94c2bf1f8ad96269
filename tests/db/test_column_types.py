"""Columns that mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from db.database import Database
from db.models import DialogState
from db.types import canonical_json, text_enum

ZONES = [UTC, ZoneInfo("Asia/Qostanay"), ZoneInfo("Asia/Almaty"), timezone(timedelta(hours=-9.5))]
MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the zone is drawn apart
    max_value=datetime(9998, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from(ZONES),
)
_TYPE = DialogState.__table__.c.updated_at.type


@given(MOMENTS)
def test_a_moment_of_any_zone_is_bound_as_the_same_moment_in_utc(moment: datetime) -> None:
    dialect = sa.create_engine("sqlite://").dialect
    bound = _TYPE.process_bind_param(moment, dialect)  # type: ignore[attr-defined]
    # Their stamps: moments of two zones never compare equal in an hour that comes twice (PEP 495).
    assert bound.timestamp() == moment.timestamp()
    assert bound.tzinfo is UTC


async def test_moments_come_back_equal_aware_and_in_utc(database: Database) -> None:
    moments = [
        datetime(2024, 2, 29, 23, 30, tzinfo=ZoneInfo("Asia/Qostanay")),  # the hour that came twice
        datetime(2024, 2, 29, 23, 30, tzinfo=ZoneInfo("Asia/Qostanay"), fold=1),
        datetime(1900, 1, 2, tzinfo=UTC),
        datetime(2026, 3, 1, 7, 0, 0, 1, tzinfo=UTC),
        datetime(9998, 12, 30, tzinfo=timezone(timedelta(hours=-9.5))),
    ]
    async with database.transaction() as uow:
        for number, moment in enumerate(moments):
            await uow.dialog_states.put(str(number), state=None, data="{}", now=moment)
    async with database.reading() as uow:
        rows = await uow.session.scalars(sa.select(DialogState).order_by(DialogState.key))
        kept = [row.updated_at for row in rows]
    assert kept == [moment.astimezone(UTC) for moment in moments]
    assert {moment.tzinfo for moment in kept} == {UTC}


async def test_moments_are_compared_as_moments_in_queries(database: Database) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Qostanay"))
    async with database.transaction() as uow:
        await uow.dialog_states.put("noon", state=None, data="{}", now=noon)
    later = noon.astimezone(UTC) + timedelta(microseconds=1)
    async with database.reading() as uow:
        for moment, found in ((noon, None), (later, "noon")):
            query = sa.select(DialogState.key).where(DialogState.updated_at < moment)
            assert await uow.session.scalar(query) == found


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    async with database.transaction() as uow:
        with pytest.raises(StatementError, match="without a time zone"):
            await uow.dialog_states.put("x", state=None, data="{}", now=datetime(2026, 3, 1))  # noqa: DTZ001


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), _PLAIN))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert canonical_json(backwards) == canonical_json(value)


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": float("inf")}])
def test_canonical_json_has_no_numbers_that_json_lacks(value: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(value)


class DutyState(StrEnum):
    PLANNED = "planned"
    DONE = "done"


def test_an_enum_is_text_held_to_its_values_by_a_named_check() -> None:
    table = sa.Table(
        "duties",
        sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}),
        sa.Column("state", text_enum(DutyState)),
    )
    (check,) = (c for c in table.constraints if isinstance(c, sa.CheckConstraint))
    assert check.name == "ck_duties_duty_state"
    ddl = str(sa.schema.CreateTable(table))
    assert "VARCHAR(32)" in ddl
    assert "'planned', 'done'" in ddl
