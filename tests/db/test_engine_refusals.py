"""What a database refuses, and how the operator and the log are told."""

import asyncio
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.database import Database
from db.engine import check, constraint_of, create_engine
from db.errors import DatabaseUnavailableError
from db.models import AuditHead, Base, MetaEntry, PersonKey
from tests.backends import migrate_now, sqlite_url

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)


async def reason_of(url: str, *, busy_timeout_s: float = 0.1) -> str:
    engine = create_engine(url, busy_timeout_s=busy_timeout_s)
    try:
        with pytest.raises(DatabaseUnavailableError) as refused:
            await check(engine)
    finally:
        await engine.dispose()
    reason = str(refused.value)
    assert "\n" not in reason
    return reason


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://someone:pa55word@host/base", "must begin with sqlite"),
        ("nonsense pa55word", "cannot be read"),
        ("sqlite+aiosqlite://", "must name a file"),
        ("sqlite+aiosqlite:///:memory:", "must name a file"),
    ],
)
def test_b13_a_url_of_another_kind_is_refused_without_its_password(url: str, words: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match=words) as refused:
        create_engine(url)
    assert "pa55word" not in str(refused.value)


async def test_b13_a_missing_folder_is_made(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "a" / "b" / "komekshi.db"))
    await check(engine)
    await engine.dispose()
    assert (tmp_path / "a" / "b" / "komekshi.db").exists()


async def test_b13_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where the folder should be")
    assert "Not a directory" in await reason_of(sqlite_url(tmp_path / "a" / "b" / "komekshi.db"))


async def test_b13_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "a folder in place of the file" in await reason_of(sqlite_url(tmp_path))


async def test_b13_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "komekshi.db"
    path.write_text("somebody's letter, much longer than the header of a database " * 20)
    before = path.read_bytes()
    assert "is not a database" in await reason_of(sqlite_url(path))
    assert path.read_bytes() == before


async def test_b13_a_file_locked_by_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "komekshi.db"
    migrate_now(sqlite_url(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "locked by another program" in await reason_of(sqlite_url(path))
    other.execute("ROLLBACK")
    other.close()


# Root may write anything, so it becomes nobody, once everything it needs is loaded.
_CHECK_AS_NOBODY = """
import asyncio, os, sys
from db.engine import check, create_engine
from db.errors import DatabaseUnavailableError

async def main(url):
    engine = create_engine(url)
    try:
        await check(engine)
    except DatabaseUnavailableError as error:
        print(error)
    finally:
        await engine.dispose()

asyncio.run(main(sys.argv[1]))
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
asyncio.run(main(sys.argv[2]))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, unlike pytest's own."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "modes", "words"),
    [
        ("komekshi.db", (0o444, 0o777), "file may not be read and written"),
        ("komekshi.db", (0o000, 0o777), "file may not be read and written"),
        ("komekshi.db", (0o666, 0o555), "folder may not be written"),
        ("new.db", (0o444, 0o555), "folder may not be written"),
        ("new/komekshi.db", (0o444, 0o555), "Permission denied"),
    ],
)
def test_b13_wrong_rights_are_told_in_one_line(
    tmp_path: Path, open_folder: Path, name: str, modes: tuple[int, int], words: str
) -> None:
    existing = open_folder / "komekshi.db"
    migrate_now(sqlite_url(existing))
    existing.chmod(modes[0])
    open_folder.chmod(modes[1])
    done = subprocess.run(  # noqa: S603 - our own program and paths
        [
            *(sys.executable, "-W", "error", "-c", _CHECK_AS_NOBODY),
            *(sqlite_url(tmp_path / "other.db"), sqlite_url(open_folder / name)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert words in done.stdout


async def test_b13_a_server_that_is_not_there_is_named_without_the_password() -> None:
    reason = await reason_of("postgresql+psycopg://someone:pa55word@127.0.0.1:1/komekshi")
    assert reason.startswith("database komekshi at 127.0.0.1:1: ")
    assert "pa55word" not in reason


async def test_b13_a_database_that_is_not_there_is_named(postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(database="komekshi_absent")
    reason = await reason_of(url.render_as_string(hide_password=False))
    assert 'database "komekshi_absent" does not exist' in reason


async def test_b13_a_read_only_server_is_refused(postgresql_url: str) -> None:
    url = make_url(postgresql_url).update_query_dict(
        {"options": "-c default_transaction_read_only=on"}
    )
    assert "read-only" in await reason_of(url.render_as_string(hide_password=False))


async def execute(database: Database, statement: str, **values: object) -> None:
    async with database.transaction() as uow:
        await uow.session.execute(sa.text(statement), values)


_KEEP = "INSERT INTO person_keys (person_id, key, created_at) VALUES"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_head SET count = 'minutes'",
        f"{_KEEP} ('seven', x'00', '2026-03-01 07:00:00')",
    ],
)
async def test_b14_a_value_of_another_type_is_refused_by_the_database(
    database: Database, other_database: Database, statement: str
) -> None:
    for opened in (database, other_database):
        with pytest.raises(DBAPIError):
            await execute(opened, statement)


async def test_b14_every_table_of_sqlite_is_strict(tmp_path: Path) -> None:
    path = tmp_path / "komekshi.db"
    migrate_now(sqlite_url(path))
    with closing(sqlite3.connect(path)) as raw:
        listed = raw.execute("PRAGMA table_list").fetchall()
    loose = {row[1] for row in listed if row[2] == "table" and not row[5]}
    assert {name for name in loose if not name.startswith("sqlite_")} == set()


async def test_b14_a_row_without_its_parent_is_refused_on_every_connection(
    database: Database,
) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        await connection.execute(
            sa.text("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))")
        )

    async def orphan() -> None:
        await execute(database, "INSERT INTO child VALUES (7)")

    refused = await asyncio.gather(*(orphan() for _ in range(8)), return_exceptions=True)
    assert [type(error) for error in refused] == [IntegrityError] * 8


async def test_b14_a_state_that_is_none_of_the_enum_is_refused(database: Database) -> None:
    async with database.transaction() as uow:
        uow.outbox.add(person_id=1, kind="digest", now=NOW)
    with pytest.raises(IntegrityError) as refused:
        await execute(database, "UPDATE outbox SET state = 'lost'")
    assert constraint_of(refused.value) == "ck_outbox_outbox_state"


async def test_h2_the_values_of_a_refused_statement_are_not_in_its_error(
    database: Database,
) -> None:
    async with database.transaction() as uow:
        await uow.meta.put("owner", "somebody")

    async def again() -> None:
        async with database.transaction() as uow:
            uow.session.add(MetaEntry(key="owner", value="+77010000000"))

    with pytest.raises(IntegrityError) as refused:
        await again()
    assert "7701" not in str(refused.value)
    assert "7701" not in "".join(traceback.format_exception(refused.value))


async def test_the_refusing_constraint_has_the_same_name_on_both(database: Database) -> None:
    async def name_of(*rows: Base) -> str | None:
        with pytest.raises(IntegrityError) as refused:
            await add(*rows)
        return constraint_of(refused.value)

    async def add(*rows: Base) -> None:
        async with database.transaction() as uow:
            uow.session.add_all(rows)

    key = PersonKey(person_id=1, key=b"1", created_at=NOW)
    await add(key)
    same = PersonKey(person_id=1, key=b"2", created_at=NOW)
    assert await name_of(same) == "pk_person_keys"
    assert await name_of(AuditHead(id=2, count=0, hash="")) == "ck_audit_head_only_row"


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    async def write() -> None:
        async with database.reading() as uow:
            await uow.session.execute(sa.text("UPDATE audit_head SET count = 5"))

    for _ in range(2):  # the connection goes back to the pool and is a reader's again
        with pytest.raises(DBAPIError):
            await write()
        async with database.transaction() as uow:
            await uow.meta.put("written", "yes")


async def test_a_reading_transaction_sees_one_moment(database: Database) -> None:
    async with database.reading() as reader:
        assert await reader.meta.find("bot") is None
        async with database.transaction() as writer:
            await writer.meta.put("bot", "1")
        assert await reader.meta.find("bot") is None
    async with database.reading() as reader:
        assert await reader.meta.find("bot") == "1"


async def test_a_transaction_inside_a_transaction_is_a_mistake_at_once(
    database: Database,
) -> None:
    async with database.transaction():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            await execute(database, "SELECT 1")
