"""The journal: one chain whoever writes, any change of it found, erasure that leaves it whole."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import DBAPIError

from bot.services import audit, sealing
from bot.services.audit_chain import GENESIS, Checkpoint
from db.database import Database, UnitOfWork
from db.models import AuditHead, AuditRecord, MetaEntry

NOON = datetime(2026, 3, 1, 7, tzinfo=UTC)


async def write(uow: UnitOfWork, number: int = 1, **values: object) -> int:
    defaults: dict[str, Any] = {
        "at": NOON + timedelta(minutes=number),
        "actor_id": 7,
        "action": "application.approved",
        "subject": "application",
        "subject_id": number,
        "before": {"state": "pending"},
        "after": {"state": "approved", "district": "10-3"},
    }
    return await audit.record(uow, **(defaults | values))


async def write_many(database: Database, count: int) -> None:
    async with database.transaction() as uow:
        for number in range(1, count + 1):
            await write(uow, number)


async def tamper(database: Database, *statements: str) -> None:
    """Do what a person with the database's own password can do: switch the guards off first."""
    async with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            for act in ("update", "delete"):
                await connection.execute(sa.text(f"DROP TRIGGER audit_records_no_{act}"))
        for statement in statements:
            await connection.execute(sa.text(statement))


async def rewrite_from(database: Database, seq: int) -> None:
    """Stamp the chain anew from `seq` on, as a forger with access would, head row included."""
    async with database.reading() as uow:
        old = [row async for rows in uow.audit.stream() for row in rows if row.seq >= seq]
    await tamper(
        database,
        f"DELETE FROM audit_records WHERE seq >= {seq}",  # noqa: S608 - a number of the test
        f"UPDATE audit_head SET count = {seq - 1}, hash = '{old[0].prev_hash}'",  # noqa: S608
    )
    async with database.transaction() as uow:
        for row in old:
            await write(uow, row.seq, action="application.rejected")


async def test_records_are_numbered_from_one_and_keep_what_was_said(database: Database) -> None:
    async with database.transaction() as uow:
        assert [await write(uow, 1), await write(uow, 2, actor_id=None, before=None)] == [1, 2]

    async with database.reading() as uow:
        second = await uow.audit.get(2)
        assert (second.actor_id, second.before) == (None, None)
        assert second.after == {"state": "approved", "district": "10-3"}
        assert second.at == NOON + timedelta(minutes=2)
        assert [record.seq for record in await uow.audit.list_of("application", "1")] == [1]


async def test_an_untouched_journal_verifies_and_gives_its_checkpoint(database: Database) -> None:
    empty = await audit.verify(database)
    assert (empty.count, empty.head, empty.problem) == (0, GENESIS, None)

    await write_many(database, 30)
    report = await audit.verify(database, checkpoint=empty.checkpoint)
    assert (report.count, report.first_bad_seq, report.problem) == (30, None, None)
    assert Checkpoint.parse(str(report.checkpoint)) == report.checkpoint
    assert (await audit.verify(database, checkpoint=report.checkpoint)).problem is None


async def test_a_journal_of_many_batches_verifies(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.repositories.audit._ROWS_PER_FETCH", 7)
    await write_many(database, 30)
    assert (await audit.verify(database)).count == 30


@pytest.mark.parametrize("text", ["", "5", "5:", "-1:" + "0" * 64, "x:" + "0" * 64, "5:abc"])
def test_a_checkpoint_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="COUNT:HEAD"):
        Checkpoint.parse(text)


async def test_a_moment_of_another_zone_is_the_same_record(database: Database) -> None:
    kostanay = timezone(timedelta(hours=5))
    async with database.transaction() as uow:
        await write(uow, at=NOON.astimezone(kostanay))
    assert (await audit.verify(database)).problem is None


@pytest.mark.parametrize(
    "act", ["UPDATE audit_records SET actor_id = 8", "DELETE FROM audit_records"]
)
async def test_the_database_refuses_to_change_a_record(database: Database, act: str) -> None:
    await write_many(database, 2)
    with pytest.raises(DBAPIError, match="never changed"):
        async with database.engine.begin() as connection:
            await connection.execute(sa.text(act))
    assert (await audit.verify(database)).count == 2


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 8",
        "actor_id = NULL",
        "at = (SELECT at FROM audit_records WHERE seq = 9)",
        "action = 'application.rejected'",
        "subject = 'person'",
        "subject_id = '999'",
        "before = NULL",
        'after = \'{"district":"10-4","state":"approved"}\'',
        'after = \'{"district": "10-3","state":"approved"}\'',
        "person_id = 3",
        "sealed = 'AAAA'",
        "prev_hash = hash",
        "hash = prev_hash",
    ],
)
async def test_i7_a_change_of_any_column_is_found_at_its_record(
    database: Database, change: str
) -> None:
    await write_many(database, 10)
    await tamper(database, f"UPDATE audit_records SET {change} WHERE seq = 4")  # noqa: S608
    report = await audit.verify(database)
    assert (report.first_bad_seq, report.count) == (4, 3)


async def test_i7_a_removed_record_is_found(database: Database) -> None:
    await write_many(database, 10)
    await tamper(database, "DELETE FROM audit_records WHERE seq = 4")
    report = await audit.verify(database)
    assert (report.first_bad_seq, report.problem) == (
        4,
        "record 4 is missing, 5 stands in its place",
    )


async def test_i7_swapped_records_are_found(database: Database) -> None:
    await write_many(database, 10)
    await tamper(
        database,
        "UPDATE audit_records SET seq = -1 WHERE seq = 4",
        "UPDATE audit_records SET seq = 4 WHERE seq = 6",
        "UPDATE audit_records SET seq = 6 WHERE seq = -1",
    )
    assert (await audit.verify(database)).first_bad_seq == 4


@pytest.mark.parametrize(("seq", "first_bad"), [(0, 1), (-5, 1), (11, 11), (40, 11)])
async def test_i7_a_record_put_in_is_found(database: Database, seq: int, first_bad: int) -> None:
    await write_many(database, 10)
    columns = "at, actor_id, action, subject, subject_id, prev_hash, hash"
    await tamper(
        database,
        f"INSERT INTO audit_records (seq, {columns})"  # noqa: S608
        f" SELECT {seq}, {columns} FROM audit_records WHERE seq = 10",
    )
    assert (await audit.verify(database)).first_bad_seq == first_bad


async def test_i7_a_well_made_record_past_the_head_is_found(database: Database) -> None:
    await write_many(database, 10)
    head = (await audit.verify(database)).head
    await write_many(database, 1)
    await tamper(database, f"UPDATE audit_head SET count = 10, hash = '{head}'")  # noqa: S608
    assert (await audit.verify(database)).first_bad_seq == 11


async def test_a_cut_tail_is_found_by_the_head_row(database: Database) -> None:
    await write_many(database, 10)
    await tamper(database, "DELETE FROM audit_records WHERE seq > 8")
    report = await audit.verify(database)
    assert (report.first_bad_seq, report.count) == (9, 8)


async def test_a_cut_tail_with_its_head_row_is_found_by_the_checkpoint(database: Database) -> None:
    await write_many(database, 8)
    shorter = await audit.verify(database)
    await write_many(database, 2)
    kept = (await audit.verify(database)).checkpoint
    await tamper(
        database,
        "DELETE FROM audit_records WHERE seq > 8",
        f"UPDATE audit_head SET count = 8, hash = '{shorter.head}'",  # noqa: S608
    )
    assert (await audit.verify(database)).problem is None
    report = await audit.verify(database, checkpoint=kept)
    assert (report.first_bad_seq, report.count) == (9, 8)


@pytest.mark.parametrize("seq", [1, 6])
async def test_a_chain_stamped_anew_is_found_by_the_checkpoint(
    database: Database, seq: int
) -> None:
    await write_many(database, 10)
    kept = (await audit.verify(database)).checkpoint
    await rewrite_from(database, seq)
    await write_many(database, 3)
    assert (await audit.verify(database)).problem is None
    report = await audit.verify(database, checkpoint=kept)
    assert report.problem == "the first 10 records are not those of the checkpoint"


async def test_a_lost_head_row_is_found_and_stops_writing(database: Database) -> None:
    await write_many(database, 2)
    await tamper(database, "DELETE FROM audit_head")
    assert (await audit.verify(database)).first_bad_seq == 3
    with pytest.raises(LookupError, match="head row"):
        await write_many(database, 1)


async def test_h6_erasing_the_key_erases_the_words_and_the_chain_still_verifies(
    database: Database,
) -> None:
    personal = {"full_name": "Әлия Сәтқызы", "phone": "+77010000000", "reason": "өз еркімен"}
    async with database.transaction() as uow:
        await write(uow, 1, personal=personal, person_id=3)
        await write(uow, 2, personal={"full_name": "Ерлан"}, person_id=4)
    async with database.reading() as uow:
        record = await uow.audit.get(1)
        assert await audit.unseal(uow, record) == personal
        stored = [row async for rows in uow.audit.stream() for row in rows]
    assert not any("Әлия" in str(row) or "7701" in str(row) for row in stored)

    async with database.transaction() as uow:
        assert await uow.audit.delete_key(3)
        assert not await uow.audit.delete_key(3)

    async with database.reading() as uow:
        assert await audit.unseal(uow, await uow.audit.get(1)) is None
        assert await audit.unseal(uow, await uow.audit.get(2)) == {"full_name": "Ерлан"}
    assert (await audit.verify(database)).problem is None


async def test_one_person_has_one_key_and_a_new_one_after_erasure(database: Database) -> None:
    async with database.transaction() as uow:
        await write(uow, 1, personal={"phone": "1"}, person_id=3)
        first = await uow.audit.find_key(3)
        await write(uow, 2, personal={"phone": "2"}, person_id=3)
        assert await uow.audit.find_key(3) == first
        await uow.audit.delete_key(3)
        await write(uow, 3, personal={"phone": "3"}, person_id=3)
        assert await uow.audit.find_key(3) != first


async def test_personal_values_need_a_person(database: Database) -> None:
    async with database.transaction() as uow:
        with pytest.raises(ValueError, match="need the person"):
            await write(uow, personal={"phone": "1"})


def test_a_sealed_text_opens_with_its_key_at_its_place_only() -> None:
    key = sealing.new_key()
    sealed = sealing.seal(key, {"phone": "+77010000000"}, place="5")
    assert sealing.unseal(key, sealed, place="5") == {"phone": "+77010000000"}
    assert sealing.seal(key, {"phone": "+77010000000"}, place="5") != sealed
    for wrong_key, place in ((sealing.new_key(), "5"), (key, "6")):
        with pytest.raises(InvalidTag):
            sealing.unseal(wrong_key, sealed, place=place)


async def test_i10_an_act_whose_record_cannot_be_written_is_undone(database: Database) -> None:
    async def act(after: dict[str, float]) -> None:
        async with database.transaction() as uow:
            await uow.meta.put("bot", "1")
            await write(uow, after=after)

    with pytest.raises(ValueError, match="JSON compliant"):
        await act({"bad": float("nan")})
    async with database.reading() as uow:
        assert await uow.meta.find("bot") is None
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(MetaEntry)) == 0
    await tamper(database, "ALTER TABLE audit_records RENAME TO moved")
    with pytest.raises(DBAPIError):
        await act({})
    async with database.reading() as uow:
        assert await uow.meta.find("bot") is None


async def test_i9_many_tasks_write_one_chain_without_fork_or_gap(database: Database) -> None:
    async def one(number: int) -> None:
        async with database.transaction() as uow:
            await write(uow, number)

    await asyncio.gather(*(one(number) for number in range(50)))
    report = await audit.verify(database)
    assert (report.count, report.problem) == (50, None)


_WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.services import audit
from db.database import Database
from db.engine import create_engine

async def main():
    database = Database(create_engine(sys.argv[1], busy_timeout_s=30))
    for number in range(500):
        async with database.transaction() as uow:
            await audit.record(uow, at=datetime.now(UTC), actor_id=None, action="test.written",
                               subject="test", subject_id=number)
    await database.close()

asyncio.run(main())
"""


async def test_i9_two_processes_write_one_chain_without_fork_or_gap(
    database: Database, database_url: str
) -> None:
    writers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", _WRITER, database_url)
        for _ in range(2)
    ]
    assert [await writer.wait() for writer in writers] == [0, 0]
    report = await audit.verify(database)
    assert (report.count, report.problem) == (1000, None)
    async with database.reading() as uow:
        head = await uow.session.get_one(AuditHead, 1)
        assert (head.count, head.hash) == (1000, (await uow.audit.get(1000)).hash)
        per_writer = await uow.session.scalar(
            sa.select(sa.func.count(sa.distinct(AuditRecord.subject_id)))
        )
    assert per_writer == 500
