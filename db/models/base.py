"""The declarative base: names of constraints and the types behind annotations."""

import json
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase

from db.types import UtcDateTime

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# One encoder for all: json.dumps would build another for every value.
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def plain_json(value: object) -> str:
    """Return JSON for the columns: letters unescaped, so that a dump is readable; no NaN."""
    return _JSON.encode(value)


class Base(DeclarativeBase):
    """Base of every model; numbers are 64 bit, as Telegram's ids need it."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: sa.BigInteger(),
        datetime: UtcDateTime(),
        dict[str, Any]: sa.JSON(none_as_null=True),
        dict[str, str]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
    }


def table_of(model: type[Base]) -> sa.Table:
    """Return the table of a model."""
    table = model.__table__
    assert isinstance(table, sa.Table)  # noqa: S101 - every model of ours has one
    return table
