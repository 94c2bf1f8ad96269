"""The SQLite dialect whose tables are all STRICT, so that a column holds only its own type.

SQLite keeps text in an integer column without a word. STRICT tables refuse it inside the database
itself, on every connection, but they know six type names only; this dialect says TEXT where the
portable type says VARCHAR, INTEGER where it says BIGINT, and so on. It was weighed against one
CHECK(typeof(...)) for each column: those are forgotten one by one, this cannot be.
"""

import sqlite3
from typing import Any

import aiosqlite
from sqlalchemy import Table
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.base import SQLiteDDLCompiler, SQLiteTypeCompiler
from sqlalchemy.types import TypeEngine

from db.hops import OneHopDbapi

STRICT_DRIVER = "sqlite+strict"


_STRICT_NAMES = {
    **dict.fromkeys(("CHAR", "VARCHAR", "DATE", "TIME", "DATETIME", "JSON"), "TEXT"),
    **dict.fromkeys(("SMALLINT", "BIGINT", "BOOLEAN"), "INTEGER"),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DOUBLE PRECISION"), "REAL"),
}


class StrictTypeCompiler(SQLiteTypeCompiler):
    """Write portable types as the ones a STRICT table knows; SQLite itself refuses any other."""

    def process(self, type_: TypeEngine[Any], **kw: object) -> str:
        """Return the name of the type in CREATE TABLE."""
        name = super().process(type_, **kw).partition("(")[0]
        return _STRICT_NAMES.get(name, name)


class StrictDDLCompiler(SQLiteDDLCompiler):
    """Make every new table STRICT, also the temporary ones of a batch migration."""

    def post_create_table(self, table: Table) -> str:  # noqa: ARG002 - SQLAlchemy passes it
        """Return the words after the closing bracket of CREATE TABLE."""
        return "\n STRICT"


class StrictSqliteDialect(SQLiteDialect_aiosqlite):
    """aiosqlite with STRICT tables, and one hop to its thread for each statement."""

    supports_statement_cache = True
    type_compiler_cls = StrictTypeCompiler
    ddl_compiler = StrictDDLCompiler

    @classmethod
    def import_dbapi(cls) -> OneHopDbapi:
        """Return the driver."""
        return OneHopDbapi(aiosqlite, sqlite3)


def register() -> str:
    """Make the dialect known to SQLAlchemy and return the driver name to put into a URL."""
    registry.register("sqlite.strict", __name__, StrictSqliteDialect.__name__)
    return STRICT_DRIVER
