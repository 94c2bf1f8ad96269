"""Copies of a database, one for each test."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import LiteralString, Self

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db.engine import sqlite_file
from db.models import Base
from tests.backends import POSTGRESQL_URL, PostgresqlServer, sqlite_url

# Children before their parents.
_TABLES = [*(table.name for table in reversed(Base.metadata.sorted_tables)), "alembic_version"]
_SHAPE = """
    SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
        SELECT concat(oid, relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT concat(attrelid, attname, atttypid, attnotnull) FROM pg_attribute
            JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT concat(oid, tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT concat(oid, conname) FROM pg_constraint
        UNION ALL SELECT concat(oid, prosrc) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
    ) AS parts (part)
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_FIRST_NUMBERS = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences
"""


@dataclass(frozen=True)
class _Lent:
    """A copy on PostgreSQL, and how it was when it was made: its rows as COPY writes them."""

    url: str
    shape: str
    rows: dict[str, bytes]


class Copies:
    """Copies of a database that nobody is connected to.

    On PostgreSQL a copy is emptied after use and lent again: to make and drop one takes some
    hundred times as long. One whose tables were changed is not lent again.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._spare: list[_Lent] = []
        self._made = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._made.close()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """Give the URL of a copy, in the folder or on the server; it is gone afterwards."""
        path = sqlite_file(self._original)
        if path is not None:
            yield sqlite_url(Path(shutil.copyfile(path, folder / "komekshi.db")))
            return
        lent = self._spare.pop() if self._spare else self._make()
        yield lent.url
        if _as_it_was(lent):
            self._spare.append(lent)

    def _make(self) -> _Lent:
        server = PostgresqlServer(str(POSTGRESQL_URL))
        url = self._made.enter_context(server.database(template=self._original))
        with _connect(url) as connection:
            return _Lent(url, _shape(connection), _rows(connection))


def _as_it_was(lent: _Lent) -> bool:
    """Bring the copy back to its first rows and numbers, unless it has another shape now."""
    with _connect(lent.url) as connection:
        connection.execute(_OTHERS)
        if _shape(connection) != lent.shape:
            return False
        # The journal refuses to be emptied.
        connection.execute("ALTER TABLE audit_records DISABLE TRIGGER USER")
        connection.execute(sql.SQL(";").join(_on("DELETE FROM {}", each) for each in _TABLES))
        connection.execute("ALTER TABLE audit_records ENABLE TRIGGER USER")
        for table, rows in reversed(lent.rows.items()):
            with connection.cursor().copy(_on("COPY {} FROM STDIN", table)) as copy:
                copy.write(rows)
        connection.execute(_FIRST_NUMBERS)
    return True


def _connect(url: str) -> "psycopg.Connection[tuple[str]]":
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(dsn)


def _on(statement: LiteralString, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))


def _shape(connection: "psycopg.Connection[tuple[str]]") -> str:
    row = connection.execute(_SHAPE).fetchone()
    assert row is not None
    return row[0]


def _rows(connection: "psycopg.Connection[tuple[str]]") -> dict[str, bytes]:
    rows = {}
    for table in _TABLES:
        with connection.cursor().copy(_on("COPY {} TO STDOUT", table)) as copy:
            rows[table] = b"".join(map(bytes, copy))
    return {table: data for table, data in rows.items() if data}
