"""Backups: what comes back is what was there, on both databases and across; nothing is believed."""

import asyncio
import errno
import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services import audit
from bot.services.backup_file import BackupWriter
from bot.services.backups import BackupError, DiskFullError, back_up, restore, transfer
from db.database import Database, UnitOfWork
from db.engine import create_engine
from db.errors import DatabaseNotEmptyError, DatabaseTooNewError
from db.migrate import upgrade
from db.models import Base
from db.models.districts import District
from db.models.people import Consent, Person
from db.revision import current, expected, known
from db.rows import Kind, Sum, kinds_of, line_of, plain_table, read_rows, sum_of
from tests.backends import BACKENDS, POSTGRESQL_URL, PostgresqlServer, sqlite_url

NOW = datetime(2026, 3, 9, 10, 0, 0, 123456, tzinfo=UTC)
PASSPHRASE = "құпия сөз, ешкім білмейді"
NAMES = {"kk": "Қостанай «қаласы»", "ru": "город\nКостанай", "en": 'a "city"'}
PEOPLE = 1234


async def nothing(_uow: UnitOfWork) -> None:
    """Change nothing afterwards."""


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield sqlite_url(folder / "restored.db")
    else:
        with PostgresqlServer(str(POSTGRESQL_URL)).database() as url:
            yield url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database(create_engine(url))
    try:
        yield db
    finally:
        await db.close()


@pytest.fixture(params=BACKENDS)
async def target(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of either kind, whichever the source is of."""
    with empty(str(request.param), tmp_path) as url:
        async with opened(url) as db:
            yield db


@pytest.fixture
async def source(database: Database) -> Database:
    """A database with every kind of value in it."""
    async with database.transaction() as uow:
        uow.session.add(District(code="kostanay", position=1, names=NAMES))
        uow.session.add_all(
            Person(
                telegram_id=2**52 - number,
                full_name=f"Әділбек №{number}" if number % 2 else None,
                created_at=NOW + timedelta(microseconds=number),
            )
            for number in range(PEOPLE)
        )
        await uow.meta.put("bot_id", "42")
        uow.outbox.add(person_id=1, kind="x", args={"b": 1.5, "a": [None, True]}, now=NOW)
        for number in range(3):
            await audit.record(
                uow,
                at=NOW,
                actor_id=None,
                action="person.named",
                subject="person",
                subject_id=number + 1,
                before={"ә": 1},
                personal={"after": "Әділбек"},
                person_id=number + 1,
            )
    return database


async def sums(db: Database) -> dict[str, tuple[int, str]]:
    found = {}
    async with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            total = await sum_of(connection, plain_table(table.name, kinds_of(table)))
            found[table.name] = (total.rows, str(total))
    return found


def rewrite(path: Path, content: bytes, change: Callable[[bytes], bytes]) -> None:
    """Change the lines of an open backup, or the bytes of a sealed one."""
    if content.startswith(b"\x1f\x8b"):
        path.write_bytes(gzip.compress(change(gzip.decompress(content))))
    else:
        path.write_bytes(change(content))


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob("b*"))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
async def test_what_is_restored_is_what_was_backed_up(
    source: Database, target: Database, tmp_path: Path, passphrase: str | None
) -> None:
    path = tmp_path / "backup"

    made = await back_up(source, path, passphrase=passphrase, now=NOW)
    filled = await restore(target, path, passphrase=passphrase, afterwards=nothing)

    assert await sums(target) == await sums(source)
    assert (filled.rows, filled.tables, filled.bot_id) == (made.rows, made.tables, "42")
    assert made.revision == filled.revision == await current(target.engine) == expected()
    assert made.size == path.stat().st_size
    assert (await audit.verify(target)).problem is None
    assert (await audit.verify(target)).count == 3
    assert path.stat().st_mode & 0o077 == 0
    assert ("Әділбек".encode() in gzip.decompress(path.read_bytes())) if not passphrase else True


async def test_what_is_restored_goes_on_where_it_stopped(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)

    async with target.transaction() as uow:
        person = await uow.people.add(Person(telegram_id=1, created_at=NOW))
        assert person.id == PEOPLE + 1
        # Its rules came along.
        with pytest.raises(sa.exc.IntegrityError):
            await uow.people.add(Person(telegram_id=1, created_at=NOW))
        await uow.session.rollback()


async def test_references_are_held_again_after_a_restore(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)

    async with target.transaction() as uow:
        with pytest.raises(sa.exc.IntegrityError):
            await uow.people.add_consent(
                Consent(
                    person_id=999_999, version="1", language="kk", text_sha256="0", given_at=NOW
                )
            )
        await uow.session.rollback()


async def test_a_backup_is_of_one_moment_while_others_write(
    source: Database, target: Database, tmp_path: Path
) -> None:
    """Two counters are always written together: torn apart they would show two moments."""
    written, wrote = 0, asyncio.Event()

    async def write() -> None:
        nonlocal written
        while True:
            async with source.transaction() as uow:
                await uow.meta.put("left", str(written + 1))
                await uow.session.execute(sa.text("UPDATE people SET blocked_at = NULL"))
                await uow.counters.next("service_number")
            written += 1
            wrote.set()

    writing = asyncio.create_task(write())
    await wrote.wait()
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    after = written + 2  # one may be kept and not counted yet
    while written < after:
        wrote.clear()
        await wrote.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)
    async with target.reading() as uow:
        left = int(await uow.meta.find("left") or 0)
        right = await uow.session.scalar(
            sa.text("SELECT value FROM counters WHERE name = 'service_number'")
        )
    assert 0 < left == right < written


async def test_everything_is_transferred_and_the_source_stays(
    source: Database, target: Database
) -> None:
    before = await sums(source)

    filled = await transfer(source, target, now=NOW)

    assert await sums(target) == await sums(source) == before
    assert filled.rows == sum(rows for rows, _ in before.values())


async def test_nothing_is_put_into_a_database_that_is_not_empty(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    await upgrade(target.engine)
    async with target.transaction() as uow:
        await uow.meta.put("a word", "of somebody's")
    before = await sums(target)

    with pytest.raises(DatabaseNotEmptyError):
        await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)
    with pytest.raises(DatabaseNotEmptyError):
        await transfer(source, target, now=NOW)

    assert await sums(target) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE counters SET value = 1",
        "UPDATE audit_head SET count = 1",
        "INSERT INTO counters (name, value) VALUES ('another', 0)",
        "CREATE TABLE somebody (id INTEGER PRIMARY KEY)",
        "DROP TABLE job_runs",
    ],
)
async def test_a_migrated_database_that_was_touched_is_not_empty(
    source: Database, target: Database, statement: str
) -> None:
    await upgrade(target.engine)
    async with target.transaction() as uow:
        await uow.session.execute(sa.text(statement))
    before = await tables(target)

    with pytest.raises(DatabaseNotEmptyError):
        await transfer(source, target, now=NOW)

    assert await tables(target) == before


async def test_a_database_of_an_older_release_is_not_empty(
    source: Database, target: Database
) -> None:
    await upgrade(target.engine, known()[-2])

    with pytest.raises(DatabaseNotEmptyError):
        await transfer(source, target, now=NOW)

    assert await current(target.engine) == known()[-2]


async def test_a_migrated_database_that_nobody_used_is_filled_like_an_empty_one(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    await upgrade(target.engine)
    fresh = await sums(target)
    with pytest.raises(BackupError):
        await restore(
            target, await cut(tmp_path / "b", tmp_path / "c"), passphrase=None, afterwards=nothing
        )
    assert (await sums(target), await current(target.engine)) == (fresh, expected())

    await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)

    assert await sums(target) == await sums(source)
    assert await current(target.engine) == expected()
    assert (await audit.verify(target)).problem is None


async def cut(whole: Path, part: Path) -> Path:
    """Write the backup without its end into another file."""
    content = await asyncio.to_thread(whole.read_bytes)
    rewrite(part, content, lambda text: text[: len(text) // 2])
    return part


async def test_a_wrong_passphrase_is_told_in_a_line(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=PASSPHRASE, now=NOW)

    for wrong, told in ((None, "set BACKUP_KEY"), ("another passphrase", "another passphrase")):
        with pytest.raises(BackupError, match=told) as caught:
            await restore(target, tmp_path / "b", passphrase=wrong, afterwards=nothing)
        assert "\n" not in str(caught.value)
    assert await tables(target) == []


async def tables(db: Database) -> list[str]:
    async with db.engine.connect() as connection:
        return await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())


def lines(text: bytes) -> list[bytes]:
    return text.splitlines(keepends=True)


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a word": lambda text: text.replace('№7"'.encode(), '№8"'.encode(), 1),
    "a number": lambda text: text.replace(b"[1,", b"[100001,", 1),
    "cut in a line": lambda text: text[: len(text) // 2],
    "the last line": lambda text: b"".join(lines(text)[:-1]),
    "the last tables": lambda text: b"".join(lines(text)[:-40]),
    "a line more": lambda text: text + b'["x"]\n',
    "the header": lambda text: text.replace(b"2026-03-09", b"2026-03-10", 1),
    "a table": lambda text: text.replace(b'"people"', b'"persons"', 1),
    "a kind": lambda text: text.replace(b'"moment"', b'"integer"', 1),
    "a column": lambda text: text.replace(b'"phone":', b'"fone":', 1),
    "another header": lambda text: b"{}\n" + text,
    "nothing": lambda _: b"",
    "zeros": lambda _: b"\x00" * 100,
}
SEALED_CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:-20],
    "cut after the first seal": lambda content: content[:57],
    "cut before it": lambda content: content[:30],
    "a bit": lambda content: content[:-50] + bytes([content[-50] ^ 1]) + content[-49:],
    "the salt": lambda content: content[:30] + bytes([content[30] ^ 1]) + content[31:],
    "more": lambda content: content + b"x" * 100,
}


@pytest.mark.parametrize(
    ("passphrase", "changes"),
    [(None, CHANGES), (PASSPHRASE, SEALED_CHANGES)],
    ids=["open", "sealed"],
)
async def test_a_backup_that_was_changed_or_cut_off_is_not_believed(
    source: Database,
    target: Database,
    tmp_path: Path,
    passphrase: str | None,
    changes: dict[str, Callable[[bytes], bytes]],
) -> None:
    path, believed = tmp_path / "b", []
    await back_up(source, path, passphrase=passphrase, now=NOW)
    whole = await asyncio.to_thread(path.read_bytes)

    for name, change in changes.items():
        rewrite(path, whole, change)
        try:
            await restore(target, path, passphrase=passphrase, afterwards=nothing)
        except BackupError as error:
            told = str(error)
        else:
            believed.append(name)
            continue
        assert told.startswith(f"{path}: "), name
        assert "Әділбек" not in told
        assert "\n" not in told
        assert await tables(target) == [], name

    assert believed == []


async def test_b11_a_backup_of_a_newer_release_is_refused(
    source: Database, target: Database, tmp_path: Path
) -> None:
    await back_up(source, tmp_path / "b", passphrase=None, now=NOW)
    newer = f'"revision":"{expected()}"'.encode()
    content = await asyncio.to_thread((tmp_path / "b").read_bytes)
    rewrite(tmp_path / "b", content, lambda text: text.replace(newer, b'"revision":"9999"'))

    with pytest.raises(DatabaseTooNewError, match="9999"):
        await restore(target, tmp_path / "b", passphrase=None, afterwards=nothing)

    assert await tables(target) == []


@pytest.mark.parametrize("migrated", [False, True], ids=["empty", "migrated"])
async def test_a_backup_of_an_older_release_is_restored_and_migrated(
    target: Database, tmp_path: Path, *, migrated: bool
) -> None:
    """As the release at revision 0001 would have written it: its tables, its columns."""
    if migrated:
        await upgrade(target.engine)
    old = create_engine(sqlite_url(tmp_path / "old.db"))
    await upgrade(old, "0001")
    header = {"format": "komekshi-rows", "version": 1, "revision": "0001", "made_at": "x"}
    path = tmp_path / "b"
    text = await as_written_at(old, line_of(header | {"bot_id": "7"}))
    path.write_bytes(gzip.compress(text))

    filled = await restore(target, path, passphrase=None, afterwards=nothing)

    assert (filled.revision, await current(target.engine)) == ("0001", expected())
    async with target.reading() as uow:
        assert await uow.meta.find("bot_id") == "7"
    assert (await audit.verify(target)).problem is None


def columns_of(connection: sa.Connection, table: str) -> set[str]:
    return {column["name"] for column in sa.inspect(connection).get_columns(table)}


async def as_written_at(engine: AsyncEngine, text: bytes) -> bytes:
    """Return the backup of a database whose tables are not those of the models."""
    rows = 0
    async with engine.begin() as connection:
        await connection.execute(sa.text("INSERT INTO meta (key, value) VALUES ('bot_id', '7')"))
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        for name in names:
            if name == "alembic_version":
                continue
            table = Base.metadata.tables[name]
            has = await connection.run_sync(columns_of, name)
            kinds: dict[str, Kind] = {k: v for k, v in kinds_of(table).items() if k in has}
            text += line_of({"table": name, "columns": kinds})
            total = Sum()
            async for found in read_rows(connection, plain_table(name, kinds)):
                total.add(found)
                text += b"".join(found)
            text += line_of({"end": name, "rows": total.rows, "sum": str(total)})
            rows += total.rows
    await engine.dispose()
    whole = sha256(text).hexdigest()
    return text + line_of({"whole": whole, "tables": len(names) - 1, "rows": rows})


async def test_a_file_that_is_there_is_never_written_over(source: Database, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("something dear")

    with pytest.raises(BackupError, match="nothing is overwritten"):
        await back_up(source, tmp_path / "b", passphrase=None, now=NOW)

    assert (tmp_path / "b").read_text() == "something dear"
    assert names_in(tmp_path) == ["b"]


async def test_b13_a_folder_that_cannot_be_made_is_told(source: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BackupError, match="file"):
        await back_up(source, tmp_path / "file" / "b", passphrase=None, now=NOW)


async def test_two_backups_into_one_file_do_not_mix(source: Database, tmp_path: Path) -> None:
    done = await asyncio.gather(
        *(back_up(source, tmp_path / "b", passphrase=None, now=NOW) for _ in range(2)),
        return_exceptions=True,
    )

    assert sum(isinstance(each, BackupError) for each in done) == 1
    assert names_in(tmp_path) == ["b"]


async def test_a_full_disk_leaves_no_file(
    source: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(BackupWriter, "finish", full)

    with pytest.raises(DiskFullError, match="No space left"):
        await back_up(source, tmp_path / "b", passphrase=None, now=NOW)

    assert names_in(tmp_path) == []


async def test_what_a_killed_backup_left_is_written_over(source: Database, tmp_path: Path) -> None:
    (tmp_path / "b.part").write_bytes(b"x" * 10_000_000)

    made = await back_up(source, tmp_path / "b", passphrase=None, now=NOW)

    assert made.size == (tmp_path / "b").stat().st_size < 10_000_000
