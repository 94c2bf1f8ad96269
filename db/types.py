"""Column types that mean the same on both databases: moments in UTC, text enums, canonical JSON."""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

# Room for any later value, so that adding one changes the CHECK only and not the column.
_ENUM_LENGTH = 32


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in any zone on the way in, aware UTC on the way out.

    SQLite forgets zones, so there the column holds UTC without one. A naive moment is refused:
    nobody can say which hour it means.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC; SQLite then drops the zone, which is always the same."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the stored moment as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """Return `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, the text of a moment in hashes."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


class stored_moment_text(FunctionElement[str]):  # noqa: N801 - SQL functions are written small
    """`moment_text` of a `UtcDateTime` column, made by the database.

    A million moments are read as text in half the time they take as objects.
    """

    type = sa.String()
    inherit_cache = True


@compiles(stored_moment_text, "sqlite")
def _stored_as_it_is(element: stored_moment_text, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    return compiler.process(element.clauses, **kw)


@compiles(stored_moment_text, "postgresql")
def _formatted(element: stored_moment_text, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    moment = compiler.process(element.clauses, **kw)
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


def canonical_json(value: object) -> str:
    """Return the one text of a JSON value: sorted keys, no spaces, letters unescaped.

    Raises:
        TypeError, ValueError: the value is not plain JSON (NaN and infinities are not).
    """
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A JSON object kept as its canonical text, so that its hash can be taken from the column."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(
        self,
        value: dict[str, Any] | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        """Return the canonical text; None stays NULL."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002
        """Return the object."""
        if value is None:
            return None
        parsed: dict[str, Any] = json.loads(value)
        return parsed


def text_enum(kind: type[StrEnum], *, name: str | None = None) -> sa.Enum:
    """Return the column type of a StrEnum: its values as VARCHAR(32), held to them by a CHECK.

    The CHECK is named `ck_<table>_<snake case of the class>`; a second column of the same kind in
    a table needs another `name`.
    """
    return sa.Enum(
        kind,
        name=name or re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=_ENUM_LENGTH,
        values_callable=lambda members: [member.value for member in members],
    )
