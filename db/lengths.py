"""Lengths of time worked out by the database, the same on both."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class milliseconds_between(FunctionElement[int]):  # noqa: N801 - SQL functions are written small
    """How long after the first moment the second one is, in whole milliseconds.

    Seconds would be cut off once for each shift, and their sum would lose minutes.
    """

    type = sa.BigInteger()
    inherit_cache = True


@compiles(milliseconds_between, "sqlite")
def _by_days(element: milliseconds_between, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    start, end = (compiler.process(each, **kw) for each in element.clauses)
    # SQLite counts days in whole milliseconds inside, so rounding restores them.
    return f"CAST(ROUND((julianday({end}) - julianday({start})) * 86400000) AS INTEGER)"


@compiles(milliseconds_between, "postgresql")
def _by_interval(element: milliseconds_between, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    start, end = (compiler.process(each, **kw) for each in element.clauses)
    return f"CAST(ROUND(EXTRACT(EPOCH FROM ({end} - {start})) * 1000) AS BIGINT)"
