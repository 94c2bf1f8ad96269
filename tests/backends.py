"""The databases, Redis and the browser of this machine, and throw-away databases on them."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from db import migrate
from db.engine import create_engine, is_sqlite

POSTGRESQL_URL = os.environ.get("TEST_DATABASE_URL")
REDIS_URL = os.environ.get("TEST_REDIS_URL")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")

BACKENDS = ("sqlite", "postgresql") if POSTGRESQL_URL else ("sqlite",)

_numbers = itertools.count(1)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Return the program of a browser, if there is one."""
    given = os.environ.get("BROWSER_PATH")
    if given:
        return shutil.which(given)
    return next((path for path in map(shutil.which, _BROWSERS) if path), None)


def absent_services() -> dict[str, str]:
    """Return what is missing here: the fixture that needs it and the words for it."""
    absent = {}
    if not POSTGRESQL_URL:
        absent["postgresql_url"] = "PostgreSQL (TEST_DATABASE_URL is not set)"
    if not REDIS_URL:
        absent["redis_url"] = "Redis (TEST_REDIS_URL is not set)"
    if find_browser() is None:
        absent["browser_path"] = "browser (none on PATH, BROWSER_PATH is not set)"
    return absent


def prepare_now(url: str, work: Callable[[AsyncEngine], Awaitable[object]]) -> None:
    """Do the work on the database, in a loop of its own thread."""

    async def run() -> None:
        engine = create_engine(url)
        try:
            await work(engine)
        finally:
            await engine.dispose()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, run()).result()


def migrate_now(url: str) -> None:
    """Bring the database up to the newest revision."""
    prepare_now(url, migrate.upgrade)


_engines: dict[str, AsyncEngine] = {}
_places: dict[str, str] = {}


def reused_engine(url: str) -> AsyncEngine:
    """Return an engine on the database, the same for one after another.

    An engine compiles each statement once; with a new one for every test, that is most of the work.
    Close it before it is asked for again.
    """
    kind, place = make_url(url).drivername, str(make_url(url).database)
    _places[kind] = place
    if kind not in _engines:
        _engines[kind] = engine = create_engine(url)

        if is_sqlite(engine):
            event.listen(engine.sync_engine, "connect", _keep_the_plug_in)

        @event.listens_for(engine.sync_engine, "do_connect")
        def connect(_dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
            if args:
                args[0] = _places[kind]
            else:
                named["dbname"] = _places[kind]

    return _engines[kind]


def _keep_the_plug_in(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Do not wait for the disk: what a story writes need not outlive the power of the machine."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def sqlite_url(path: Path) -> str:
    """Return the URL of a file."""
    return f"sqlite+aiosqlite:///{path}"


class PostgresqlServer:
    """A server we may create databases on; each run and worker has names of its own."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._dsn = self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def database(self, *, template: str | None = None) -> Iterator[str]:
        """Create a database, empty or a copy of `template`; give its URL, drop it afterwards."""
        name = f"komekshi_test_{os.getpid()}_{WORKER}_{next(_numbers)}"
        source = make_url(template).database if template else "template0"
        self._admin("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", name, source or "")
        try:
            yield self._url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._admin("DROP DATABASE {} WITH (FORCE)", name)

    def _admin(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
